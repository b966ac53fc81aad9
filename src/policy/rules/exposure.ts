import { Rule } from '../rule';

export const exposureInsecure: Rule = {
  id: 'exposure-insecure',
  kind: 'judgement',
  check: ({ exposure }) => (exposure?.origins ?? []).filter(origin => !isHttps(origin) && !isLoopback(origin)).map(origin =>
    `exposure.origins has '${origin}', where the token and every chat cross the network unencrypted; end TLS in front of the Service and write https`),
};

export const exposureProxyUnknown: Rule = {
  id: 'exposure-proxy-unknown',
  kind: 'judgement',
  check: ({ exposure, auth, features }) => !exposure || exposure.trustedProxies || auth._proxy ? [] : [
    `exposure trusts no proxy, and ${features.attributesProxies ? 'OpenClaw refuses what a proxy forwards' : 'every client would have the address of the proxy'};`
    + ' write the addresses from which the proxy connects into exposure.trustedProxies (a load balancer that adds no X-Forwarded-For needs none)',
  ],
};

export const exposureProxyConflict: Rule = {
  id: 'exposure-proxy-conflict',
  kind: 'safety',
  check: ({ exposure, auth }) => {
    const own = exposure?.trustedProxies;
    const signing = auth._proxy?.trustedProxies;
    if (!own || !signing || listOf(own) === listOf(signing)) return [];
    return [`exposure.trustedProxies is ${listOf(own)}, trustedProxies of auth is ${listOf(signing)}; OpenClaw has one list, and each proxy on it may`
      + ' name any user: leave exposure.trustedProxies out'];
  },
};

export const exposureClosed: Rule = {
  id: 'exposure-closed',
  kind: 'judgement',
  check: ({ exposure, isolateNetwork, presetName }) => !exposure || !isolateNetwork || exposure.peers?.length ? [] : [
    `exposure has no peers, and preset ${presetName} closes the network: nobody would get in; name the proxy's pods in exposure.peers`
    + ' (kplus.Pods.select(…) with their namespace)',
  ],
};

function isHttps(origin: string): boolean {
  return new URL(origin).protocol === 'https:';
}

function isLoopback(origin: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(origin).hostname);
}

function listOf(addresses: string[]): string {
  return [...new Set(addresses)].sort().join(', ');
}
