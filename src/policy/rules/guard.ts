import { isIP } from 'net';
import { proxyVariables } from '../../input/proxy-variables';
import { isPodItself } from '../../models/endpoint';
import { nearest } from '../../models/nearest';
import { Provider } from '../../models/provider';
import { Rule } from '../rule';

export const guardProviderUnsupported: Rule = {
  id: 'guard-provider-unsupported',
  kind: 'safety',
  check: ({ guard, providers }) => !guard ? [] : providers.flatMap(provider => unsupported(provider, guard.ownPod) ?? []),
};

export const guardOptionUnused: Rule = {
  id: 'guard-option-unused',
  kind: 'safety',
  check: ({ guard, providers }) => {
    const known = providers.map(({ id }) => id);
    return Object.entries({ requestsPerMinute: guard?.requestsPerMinute ?? {}, certificateAuthorities: guard?.certificateAuthorities ?? {} })
      .flatMap(([option, values]) => Object.keys(values).filter(id => !known.includes(id)).map(id => {
        const [near] = nearest(id, known);
        return `${option}['${id}'] of guard names no provider of this gateway; ${near ? `did you mean '${near}'?` : `it has ${[...new Set(known)].join(', ')}`}`;
      }));
  },
};

export const guardKeyExposed: Rule = {
  id: 'guard-key-exposed',
  kind: 'safety',
  check: ({ guard, providerKeys, tokenFile, callerFile, secretFiles }) => !guard ? [] : [tokenFile, callerFile, ...secretFiles].flatMap(file => {
    const key = providerKeys.find(({ identities }) => identities.some(identity => holds(file?.source._identity, identity)));
    return key ? [`${file!.prop} holds the key of provider '${key.provider.id}' (${key.source._origin}), which the guard keeps from the gateway; give it a secret of its own`] : [];
  }),
};

export const guardWithoutProxy: Rule = {
  id: 'guard-without-proxy',
  kind: 'judgement',
  check: ({ guard, envVariables }) => !guard ? [] : proxyVariables(envVariables).map(name =>
    `envVariables['${name}'] is not for calls of models: the guard makes them, and uses no proxy; where providers are reached by the proxy alone use ModelGuard.none()`),
};

export const guardClosesNetwork: Rule = {
  id: 'guard-closes-network',
  kind: 'notice',
  check: ({ guard, isolateNetwork, plugins }) => !guard?.ownPod || !isolateNetwork || plugins.length === 0 ? [] : [
    `the network policy lets the gateway reach the guard and DNS only, so plugins (${plugins.join(', ')}) reach no server;`
      + ' add theirs with gateway.networkPolicy.addEgressRule()',
  ],
};

/** Whether who reads the one reads the other too. */
function holds(read: string | undefined, identity: string): boolean {
  return read !== undefined && (identity === read || identity.startsWith(`${read} field `));
}

function unsupported({ id, baseUrl }: Provider, ownPod: boolean): string | undefined {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' && isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) {
    return `provider '${id}' is reached by an address, '${baseUrl}'; the guard checks certificates by name: use the server's name, or ModelGuard.none()`;
  }
  return ownPod && isPodItself(baseUrl)
    ? `provider '${id}' at '${baseUrl}' is in the gateway's pod, the guard in another; use ModelGuard.sidecar() or a Service`
    : undefined;
}
