import { isEncrypted, isInsideCluster, isPodItself } from '../../models/endpoint';
import { Rule } from '../rule';

export const providerUrlInsecure: Rule = {
  id: 'provider-url-insecure',
  kind: 'safety',
  check: ({ providers }) => providers
    .filter(({ baseUrl }) => !isEncrypted(baseUrl) && !isInsideCluster(baseUrl) && !isPodItself(baseUrl))
    .map(({ id, baseUrl }) => `provider '${id}' is outside the cluster and reached without encryption, '${baseUrl}'; use https`),
};
