import { hostOf } from '../../models/endpoint';
import { officialName, Provider } from '../../models/provider';
import { keyedProviders } from '../../settings/provider-secrets';
import { ProviderKey, Settings } from '../../settings/settings';
import { Rule } from '../rule';

export const providerKeyMissing: Rule = {
  id: 'provider-key-missing',
  kind: 'safety',
  check: settings => keyedProviders(settings.providers).filter(provider => !settings.providerKeys.some(key => isKeyOf(provider, key))).map(({ id }) =>
    `'${id}' is in ${userOf(id, settings)} but has no key; use providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), or`
    + ` add new ProviderSecret(…, { provider: ${expressionOf(id)}, source: … })`),
};

export const providerKeyUnused: Rule = {
  id: 'provider-key-unused',
  kind: 'judgement',
  check: ({ providers, providerKeys }) => {
    const unused = providerKeys.filter(key => !keyedProviders(providers).some(({ id }) => id === key.provider.id));
    return unused.map(({ provider, path }) =>
      `ProviderSecret '${path}' has the key of '${provider.id}', which neither the chain, the allowlist nor a model slot names; remove it from providerSecrets`);
  },
};

export const providerKeyDuplicate: Rule = {
  id: 'provider-key-duplicate',
  kind: 'safety',
  check: ({ providerKeys }) => {
    const ids = providerKeys.map(key => key.provider.id);
    const twice = new Set(ids.filter((id, i) => ids.indexOf(id) < i));
    return [...twice].map(id => {
      const paths = providerKeys.filter(key => key.provider.id === id).map(key => `'${key.path}'`);
      return `'${id}' has ${paths.length} ProviderSecrets (${paths.join(', ')}); keep one`;
    });
  },
};

export const providerKeysUnused: Rule = {
  id: 'provider-keys-unused',
  kind: 'judgement',
  check: ({ guard, providerKeys, additionalKeys }) => guard ? [] : providerKeys.flatMap(({ provider, path }) => {
    const count = additionalKeys.filter(key => key.provider.id === provider.id).length + 1;
    return count === 1 ? [] : `ProviderSecret '${path}' has ${count} keys, of which a gateway without a guard uses the first alone; use ModelGuard.sidecar() or`
      + ' ModelGuard.pod(), or remove additional';
  }),
};

export const awsCredentialsNeedGuard: Rule = {
  id: 'aws-credentials-need-guard',
  kind: 'safety',
  check: ({ guard, providerKeys }) => guard ? [] : providerKeys.filter(({ construct }) => construct.accessKeyId).map(({ path }) =>
    `ProviderSecret '${path}' has credentials of AWS, with which OpenClaw signs no request; use ModelGuard.sidecar() or ModelGuard.pod(), or give a Bedrock API key as source`),
};

export const providerKeyShared: Rule = {
  id: 'provider-key-shared',
  kind: 'judgement',
  check: ({ providers, providerKeys, additionalKeys, accessKeyIds, providerHeaders }) => {
    const keyed = keyedProviders(providers).flatMap(provider =>
      providerKeys.filter(key => isKeyOf(provider, key)).map(({ source, what }) => ({ provider, source, what })));
    const sent = [...keyed, ...additionalKeys, ...accessKeyIds, ...providerHeaders];
    const places = new Set(sent.flatMap(({ source }) => source._identity ?? []));
    return [...places].flatMap(place => {
      const sharing = sent.filter(({ source }) => source._identity === place);
      if (new Set(sharing.map(({ provider }) => hostOf(provider.baseUrl))).size < 2) return [];
      const origin = sharing[0].source._origin;
      return sharing.every(each => keyed.includes(each))
        ? `${sharing.map(({ provider }) => `'${provider.id}'`).join(' and ')} have the same key (${origin}), so it is sent to several companies;`
          + " give each its own: write '{provider}' into providerKeys, or use a ProviderSecret for each"
        : `${sharing.map(({ what }) => what).join(' and ')} are the same secret (${origin}), so it is sent to several companies; give each its own SecretSource`;
    });
  },
};

function isKeyOf({ id, keyName }: Provider, key: ProviderKey): boolean {
  return key.provider.id === id && key.name === keyName;
}

function userOf(id: string, { agents }: Settings): string {
  const inChain = agents.find(({ chain }) => chain.some(model => model.provider.id === id));
  if (inChain) return `the chain${inChain.ofAgent}`;
  const slots = agents.flatMap(({ slotModels, slotsProp }) => Object.entries(slotModels).map(([slot, model]) => ({ prop: `${slotsProp}.${slot}`, model })));
  return slots.find(({ model }) => model.provider.id === id)?.prop ?? 'the allowlist';
}

function expressionOf(id: string): string {
  return officialName(id) ?? `<the '${id}' provider>`;
}
