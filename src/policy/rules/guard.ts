import { GUARD_METRICS_PORT, GUARD_PORT } from '../../guard/guard-layout';
import { OPTIONS_BY_PROVIDER } from '../../guard/guard-options';
import { proxyVariables } from '../../input/env-variables';
import { nearest } from '../../input/nearest';
import { isMap, own } from '../../input/values';
import { hasAddress, isEncrypted, isPodItself, portOf } from '../../models/endpoint';
import { Provider } from '../../models/provider';
import { sendsSecret } from '../../models/provider-facts';
import { factsName } from '../../release/nearest-release';
import { credentialsOf, Settings } from '../../settings/settings';
import { eachAgent } from '../each-agent';
import { keyIn } from '../held-key';
import { Rule } from '../rule';

export const guardProviderUnsupported: Rule = {
  id: 'guard-provider-unsupported',
  kind: 'safety',
  check: ({ guard, providers }) => !guard ? [] : providers.flatMap(provider => unsupported(provider, guard.ownPod) ?? []),
};

export const guardOptionUnused: Rule = {
  id: 'guard-option-unused',
  kind: 'safety',
  check: settings => [
    ...unknownProviders(settings).filter(({ near }) => near).map(({ option, near }) => `${option} of guard names no provider of this gateway; did you mean '${near}'?`),
    ...settings.providers.filter(({ id, baseUrl }) => own(settings.guard?.certificateAuthorities, id) && !isEncrypted(baseUrl))
      .map(({ id, baseUrl }) => `certificateAuthorities['${id}'] of guard has no effect, since the provider is reached at '${baseUrl}'; leave it out, or reach the provider by https`),
  ],
};

export const guardOptionSpare: Rule = {
  id: 'guard-option-spare',
  kind: 'notice',
  check: settings => unknownProviders(settings).filter(({ near }) => !near).map(({ option }) =>
    `${option} of guard is for a provider that this gateway does not have; it has ${[...new Set(settings.providers.map(({ id }) => id))].join(', ')}`),
};

export const guardKeyExposed: Rule = {
  id: 'guard-key-exposed',
  kind: 'safety',
  check: settings => !settings.guard ? [] : [settings.tokenFile, settings.callerFile, ...settings.secretFiles].flatMap(file => {
    const key = file && keyIn(file, credentialsOf(settings));
    return key ? [`${file.prop} holds ${key.what} (${key.source._origin}), which the guard keeps from the gateway; give it a secret of its own`] : [];
  }),
};

export const guardUserShared: Rule = {
  id: 'guard-user-shared',
  kind: 'safety',
  check: ({ guard, clusterAssignsUser, presetName }) => !guard || guard.ownPod || !clusterAssignsUser ? [] : [
    `the preset '${presetName}' has the cluster assign one user to all containers of a pod (clusterAssignsUser), so a guard beside the gateway would have the gateway's user;`
    + ' use ModelGuard.pod()',
  ],
};

export const guardEnvironmentUnused: Rule = {
  id: 'guard-environment-unused',
  kind: 'judgement',
  check: ({ guard, envVariables, extraConfig }) => !guard ? [] : [
    ...proxyVariables(envVariables).map(name =>
      `envVariables['${name}'] has no effect on calls of models, which the guard makes without a proxy; remove it, or use ModelGuard.none() if the providers can only be reached through the proxy`),
    ...Object.keys(envVariables).filter(name => name === 'NODE_EXTRA_CA_CERTS').map(name =>
      `envVariables['${name}'] has no effect on calls of models, which the guard makes; remove it, and put the authority of a provider into certificateAuthorities of the guard`),
    ...isMap(extraConfig) && 'proxy' in extraConfig
      ? ['extraConfig.proxy has no effect on calls of models, which the guard makes, and may keep the gateway from its guard; remove it,'
        + ' or use ModelGuard.none() if the providers can only be reached through the proxy'] : [],
  ],
};

export const guardPatternEmpty: Rule = {
  id: 'guard-pattern-empty',
  kind: 'notice',
  check: settings => !settings.guard ? [] : eachAgent(settings, ({ allowedPatterns }) => allowedPatterns
    .filter(pattern => !settings.models.some(({ ref }) => pattern.matches(ref)))
    .map(({ provider, pattern }) => `the pattern '${pattern}' of provider '${provider.id}' covers no model that the catalog of ${factsName(settings.release)} knows, so the guard`
      + ' lets none of them pass; name the models')),
};

/** Options for providers that the gateway does not have, each with the id that may have been meant. */
function unknownProviders({ guard, providers }: Settings): { readonly option: string; readonly near?: string }[] {
  const known = providers.map(({ id }) => id);
  return OPTIONS_BY_PROVIDER
    .flatMap(option => Object.keys(guard?.[option] ?? {}).filter(id => !known.includes(id)).map(id => ({ option: `${option}['${id}']`, near: nearest(id, known)[0] })));
}

function unsupported({ id, baseUrl, _facts: facts }: Provider, ownPod: boolean): string | undefined {
  if (!ownPod && isPodItself(baseUrl) && [GUARD_PORT, GUARD_METRICS_PORT].includes(portOf(baseUrl))) {
    return `provider '${id}' is reached at '${baseUrl}', a port of the guard; use another`;
  }
  if (!ownPod && isPodItself(baseUrl) && sendsSecret(facts) && !isEncrypted(baseUrl)) {
    return `provider '${id}' is reached at '${baseUrl}', in the pod that the agents run in: whoever takes that port is sent the key;`
      + ' use a server that needs none (requiresKey: false), a Service, or ModelGuard.none()';
  }
  if (isEncrypted(baseUrl) && hasAddress(baseUrl)) {
    return `provider '${id}' is reached by an address, '${baseUrl}'; the guard checks certificates by name: use the server's name, or ModelGuard.none()`;
  }
  return ownPod && isPodItself(baseUrl)
    ? `provider '${id}' at '${baseUrl}' is in the gateway's pod, the guard in another; use ModelGuard.sidecar() or a Service`
    : undefined;
}
