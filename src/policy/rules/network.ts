import { Rule } from '../rule';

export const networkClosesPlugins: Rule = {
  id: 'network-closes-plugins',
  kind: 'notice',
  acknowledgeable: true,
  check: ({ guard, isolateNetwork, ciliumHosts, plugins }) => {
    const closed = isolateNetwork && (ciliumHosts ? ciliumHosts.length === 0 : guard?.ownPod);
    return !closed || plugins.length === 0 ? [] : [
      `the network policies let the gateway reach ${guard?.ownPod ? 'the guard' : 'its providers'} and DNS only, so plugins (${plugins.join(', ')}) reach no`
      + ` server; add theirs ${ciliumHosts ? 'to ciliumEgress.hosts' : 'with gateway.networkPolicy.addEgressRule()'}`,
    ];
  },
};

export const ciliumEgressUnused: Rule = {
  id: 'cilium-egress-unused',
  kind: 'notice',
  check: ({ ciliumHosts, isolateNetwork, presetName }) => !ciliumHosts || isolateNetwork ? [] : [
    `ciliumEgress closes nothing, as preset ${presetName} leaves the network open; use a preset with isolateNetwork: true`,
  ],
};
