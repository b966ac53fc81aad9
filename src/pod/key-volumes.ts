import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { KEYS_DIR } from '../settings/pod-layout';

/** One key of a Secret, and the name of its file in the pod. */
export interface MountedKey {
  readonly file: string;
  readonly secret: kplus.ISecret;
  readonly key: string;
  /** Whether it may be missing. */
  readonly optional?: boolean;
}

/** A volume for each Secret, holding only the keys that are used; mounted read-only below the folder of keys. */
export function keyMounts(scope: Construct, keys: MountedKey[]): kplus.VolumeMount[] {
  return groups(keys).map(({ secret, paths, optional }, i) => {
    const name = `${optional ? 'optional' : 'keys'}-${i}`; // by which live-sync knows it
    const volume = kplus.Volume.fromSecret(scope, name, secret, { name, items: paths, defaultMode: 0o440, ...optional && { optional } });
    return { volume, path: `${KEYS_DIR}/${name}`, readOnly: true };
  });
}

interface Group {
  readonly optional: boolean;
  readonly secret: kplus.ISecret;
  readonly paths: { [key: string]: kplus.PathMapping };
}

/** The keys by Secret; a key that is wanted as two files needs two volumes. */
function groups(keys: MountedKey[]): Group[] {
  const found: Group[] = [];
  for (const { file, secret, key, optional = false } of keys) {
    let group = found.find(each => each.secret.name === secret.name && each.optional === optional && !(key in each.paths));
    if (!group) found.push(group = { secret, paths: {}, optional });
    group.paths[key] = { path: file };
  }
  return found;
}
