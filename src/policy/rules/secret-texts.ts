import { settingsAt } from '../../extra-config/find-settings';
import { formatPath } from '../../input/config-path';
import { plainJson } from '../../input/plain-json';
import { firstReleaseWith } from '../../release/features';
import { factsName } from '../../release/nearest-release';
import { isSecretText } from '../../secrets/secret-text';
import { Rule } from '../rule';

export const secretTextShown: Rule = {
  id: 'secret-text-shown',
  kind: 'judgement',
  check: ({ release, features, extraConfig }) => {
    const texts = features.masksConfig ? [] : settingsAt(plainJson(extraConfig).json, '**').filter(({ value }) => isSecretText(value));
    return texts.map(({ path }) =>
      `OpenClaw ${factsName(release)} shows the value of the SecretText at extraConfig '${formatPath(path)}' to whoever may read the gateway's configuration`
        + ` (config.get); use ${firstReleaseWith('masksConfig')} or newer`);
  },
};
