import { LIVE_SYNC_PASSWORD } from '../../settings/pod-layout';
import { filesOf, ProviderCredential } from '../../settings/settings';
import { Rule } from '../rule';

export const secretOtherNamespace: Rule = {
  id: 'secret-other-namespace',
  kind: 'safety',
  check: settings => filesOf(settings)
    .filter(({ namespace }) => namespace !== undefined && settings.namespace !== undefined && namespace !== settings.namespace)
    .map(({ prop, namespace }) => `the Secret of ${prop} is in namespace '${namespace}', the gateway in '${settings.namespace}';`
      + ' a pod reads only Secrets of its own namespace: define the secret in a chart of that namespace'),
};

export const referenceOtherNamespace: Rule = {
  id: 'reference-other-namespace',
  kind: 'safety',
  check: ({ references, namespace: own }) => references
    .filter(({ namespace }) => namespace !== undefined && own !== undefined && namespace !== own)
    .map(({ prop, namespace }) => `${prop} is in namespace '${namespace}', the gateway in '${own}'; a pod can only use objects of its own namespace: put both into one namespace`),
};

export const secretNameTaken: Rule = {
  id: 'secret-name-taken',
  kind: 'safety',
  check: settings => {
    const files = filesOf(settings);
    const owner = new Map([...files].reverse().map(file => [file.name, file]));
    const isSameProvider = (a: object, b: object) => 'provider' in a && 'provider' in b && (a as ProviderCredential).provider.id === (b as ProviderCredential).provider.id;
    return files
      .filter(file => file.name === LIVE_SYNC_PASSWORD || (owner.get(file.name) !== file && !isSameProvider(owner.get(file.name)!, file)))
      .map(({ name, prop }) => `${prop} has the file name '${name}' in the pod, which another key has too; give the secret or the provider another name`);
  },
};
