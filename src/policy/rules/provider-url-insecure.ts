import { isEncrypted, isInsideCluster, isPodItself } from '../../models/endpoint';
import { Provider } from '../../models/provider';
import { sendsSecret } from '../../models/provider-facts';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

export const providerUrlInsecure: Rule = {
  id: 'provider-url-insecure',
  kind: 'safety',
  check: settings => readable(settings).filter(({ _facts }) => sendsSecret(_facts)).map(({ id, baseUrl }) =>
    `provider '${id}' needs a key and is reached without encryption outside the cluster, '${baseUrl}'; use https`),
};

export const providerUrlUnencrypted: Rule = {
  id: 'provider-url-unencrypted',
  kind: 'judgement',
  check: settings => readable(settings).filter(({ _facts }) => !sendsSecret(_facts)).map(({ id, baseUrl }) =>
    `provider '${id}' is reached without encryption outside the cluster, '${baseUrl}', so others on the way can read every chat;`
      + ' use https, or a Service without a selector in front of the server (docs/providers.md)'),
};

/** Providers whose calls cross a network that is not the cluster's in plain text. */
function readable({ providers }: Settings): Provider[] {
  return providers.filter(({ baseUrl }) => !isEncrypted(baseUrl) && !isInsideCluster(baseUrl) && !isPodItself(baseUrl));
}
