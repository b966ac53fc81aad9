import { folded, namesModelField, whyNoField } from '../guard/server-tools';
import { ConfigPath } from '../input/config-path';

/**
 * Why a setting must not be made that OpenClaw puts into the body of each call: below `agents.….params`, and there below `extra_body`, which it reads as
 * `extraBody` too. Other spellings, bodies in bodies and lists are checked as well, since versions and servers differ in what they read.
 */
export function whyNoRequestField(path: ConfigPath, guarded: boolean): string | undefined {
  const key = path[path.length - 1];
  const field = fieldAt(path);
  if (field === undefined || typeof key !== 'string' || path[path.length - 2] === 'properties') return undefined;
  return whyNoField(field.join(':'), guarded)
    ?? (namesModelField(key) ? "names a model, and models are chosen by 'chain', 'allowlist' and 'modelSlots'; remove it" : undefined);
}

/** The part of a path below the object that becomes the body of a call; undefined elsewhere, and for that object itself. */
function fieldAt(path: ConfigPath): ConfigPath | undefined {
  const words = path.map(segment => folded(String(segment)));
  const params = words[0] === 'agents' ? words.indexOf('params') : -1;
  const body = words.slice(0, -1).lastIndexOf('extrabody');
  if (Math.max(params, body) < 0 || (body < 0 && words[words.length - 1] === 'extrabody')) return undefined;
  const below = path.slice(Math.max(params, body) + 1);
  const first = below.findIndex(segment => typeof segment === 'string');
  return first < 0 ? undefined : below.slice(first);
}
