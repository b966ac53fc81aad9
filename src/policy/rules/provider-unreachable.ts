import { isPrivate } from '../../models/endpoint';
import { Rule } from '../rule';

export const providerUnreachable: Rule = {
  id: 'provider-unreachable',
  kind: 'notice',
  check: ({ providers, isolateNetwork, guard }) => {
    const [who, policy] = guard?.ownPod ? ['guard', 'guard.networkPolicy'] : ['gateway', 'networkPolicy'];
    return !isolateNetwork ? [] : providers.filter(({ baseUrl }) => isPrivate(baseUrl)).map(({ id, baseUrl }) =>
      `provider '${id}' at '${baseUrl}' is neither a Service nor public, so the network policy keeps the ${who} from it;`
        + ` add its address with gateway.${policy}.addEgressRule()`);
  },
};
