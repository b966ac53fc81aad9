import { LIVE_SYNC_PASSWORD } from '../../config/paths';
import { filesOf } from '../../config/settings';
import { Rule } from '../rule';

export const secretOtherNamespace: Rule = {
  id: 'secret-other-namespace',
  kind: 'safety',
  check: settings => filesOf(settings)
    .filter(({ namespace }) => namespace !== undefined && settings.namespace !== undefined && namespace !== settings.namespace)
    .map(({ prop, namespace }) => `the Secret of ${prop} is in namespace '${namespace}', the gateway in '${settings.namespace}';`
      + ' a pod reads only Secrets of its own namespace: define the secret in a chart of that namespace'),
};

export const secretNameTaken: Rule = {
  id: 'secret-name-taken',
  kind: 'safety',
  check: settings => {
    const files = filesOf(settings);
    return settings.secretFiles.filter(file => file.name === LIVE_SYNC_PASSWORD || files.find(other => other.name === file.name) !== file)
      .map(({ name, prop }) => `${prop} has the name of a key that the gateway has anyway, '${name}'; choose another name`);
  },
};
