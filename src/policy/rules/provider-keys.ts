import { ProviderKey, Settings } from '../../config/settings';
import { OFFICIAL, Provider } from '../../models/provider';
import { Rule } from '../rule';

export const providerKeyMissing: Rule = {
  id: 'provider-key-missing',
  kind: 'safety',
  check: settings => needed(settings).filter(provider => !settings.providerKeys.some(key => isKeyOf(provider, key))).map(({ id }) => {
    const user = settings.chain.some(model => model.provider.id === id) ? 'chain' : 'allowlist';
    return `'${id}' is in the ${user} but has no ProviderSecret; add new ProviderSecret(…, { provider: ${expressionOf(id)}, source: … })`;
  }),
};

export const providerKeyUnused: Rule = {
  id: 'provider-key-unused',
  kind: 'judgement',
  check: settings => settings.providerKeys.filter(key => !needed(settings).some(({ id }) => id === key.provider.id)).map(({ provider, path }) =>
    `ProviderSecret '${path}' has the key of '${provider.id}', which neither the chain nor the allowlist names; remove it from providerSecrets`),
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

function isKeyOf({ id, keyName }: Provider, key: ProviderKey): boolean {
  return key.provider.id === id && key.name === keyName;
}

function needed({ providers }: Settings) {
  return [...new Map(providers.filter(provider => provider.requiresKey).map(provider => [provider.id, provider])).values()];
}

function expressionOf(id: string): string {
  return OFFICIAL.includes(id) ? `Provider.${id.toUpperCase()}` : `<the '${id}' provider>`;
}
