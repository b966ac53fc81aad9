import { ConfigPath, formatPath } from '../../input/config-path';
import { plainJson } from '../../input/plain-json';
import { isMap } from '../../input/values';
import { firstReleaseWith } from '../../release/features';
import { factsName } from '../../release/nearest-release';
import { isSecretText } from '../../secrets/secret-text';
import { Rule } from '../rule';

export const secretTextShown: Rule = {
  id: 'secret-text-shown',
  kind: 'judgement',
  check: ({ release, features, extraConfig }) => features.masksConfig ? [] : textsIn(plainJson(extraConfig).json, []).map(path =>
    `OpenClaw ${factsName(release)} shows the value of the SecretText at extraConfig '${formatPath(path)}' to whoever may read the gateway's configuration`
      + ` (config.get); use ${firstReleaseWith('masksConfig')} or newer`),
};

function textsIn(value: unknown, path: ConfigPath): ConfigPath[] {
  if (isSecretText(value)) return [path];
  if (Array.isArray(value)) return value.flatMap((item, i) => textsIn(item, [...path, i]));
  return isMap(value) ? Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key])) : [];
}
