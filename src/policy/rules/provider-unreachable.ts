import { hasPrivateName, isPrivate } from '../../models/endpoint';
import { Rule } from '../rule';

export const providerUnreachable: Rule = {
  id: 'provider-unreachable',
  kind: 'notice',
  acknowledgeable: true,
  check: ({ providers, isolateNetwork, ciliumHosts, guard }) => {
    const [who, policy] = guard?.ownPod ? ['guard', 'guard.networkPolicy'] : ['gateway', 'networkPolicy'];
    const isClosed = (url: string) => isPrivate(url) || (!ciliumHosts && hasPrivateName(url));
    return !isolateNetwork ? [] : providers.filter(({ baseUrl }) => isClosed(baseUrl)).map(({ id, baseUrl }) =>
      `provider '${id}' at '${baseUrl}' is neither a Service nor public, so the network policy keeps the ${who} from it;`
        + ` add its address with gateway.${policy}.addEgressRule()`);
  },
};
