import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { OpenClawDeploymentProps } from './gateway-props';
import { AdditionalKey, ProviderCredential, ProviderHeader, ProviderKey } from './settings';
import { chartOf } from '../input/chart-of';
import { ProviderSecret } from '../keys/provider-secret';
import { Provider } from '../models/provider';
import { headerFileOf } from '../models/secret-headers';
import { SecretSource } from '../secrets/secret-source';
import { identityOf } from '../secrets/secret-strategies';
import { sourceFor } from '../secrets/tenant-names';

/** The providers that need a key, each once. */
export function keyedProviders(providers: readonly Provider[]): Provider[] {
  return [...new Map(providers.filter(provider => provider.requiresKey).map(provider => [provider.id, provider])).values()];
}

/** The keys of the providers. */
export function providerKeysOf(gateway: Construct, props: OpenClawDeploymentProps, providers: readonly Provider[]): ProviderKey[] {
  return providerSecretsOf(gateway, props, providers).map(each => {
    const { provider, _source: source, secret, secretKey, node: { path } } = each;
    return {
      name: provider.keyName,
      source,
      prop: `ProviderSecret '${path}'`,
      namespace: source._namespace ?? chartOf(each)?.namespace,
      provider,
      what: each.accessKeyId ? `the secret access key of provider '${provider.id}'` : `the key of provider '${provider.id}'`,
      secret,
      secretKey,
      identities: identitiesOf(source, secret, secretKey),
      construct: each,
      path,
    };
  });
}

/** The keys after the first of each provider. */
export function additionalKeysOf(keys: readonly ProviderKey[]): AdditionalKey[] {
  return keys.flatMap(({ construct, name, provider, path }) => construct.additional.map(({ secret, key }, i) => {
    const [source, position] = [construct._additionalSources[i], i + 2];
    return {
      name: `${name}_${position}`,
      source,
      prop: `additional[${i}] of ProviderSecret '${path}'`,
      namespace: source._namespace ?? chartOf(construct)?.namespace,
      provider,
      what: `key ${position} of provider '${provider.id}'`,
      secret,
      secretKey: key,
      identities: identitiesOf(source, secret, key),
      position,
    };
  }));
}

/** The access key ids of the providers that have credentials of AWS. */
export function accessKeyIdsOf(keys: readonly ProviderKey[]): ProviderCredential[] {
  return keys.flatMap(({ construct, name, provider, path }) => {
    const { accessKeyId, _accessKeyIdSource: source } = construct;
    if (!accessKeyId || !source) return [];
    return {
      name: `${name}_ID`,
      source,
      prop: `credentials of ProviderSecret '${path}'`,
      namespace: source._namespace ?? chartOf(construct)?.namespace,
      provider,
      what: `the access key id of provider '${provider.id}'`,
      secret: accessKeyId.secret,
      secretKey: accessKeyId.key,
      identities: identitiesOf(source, accessKeyId.secret, accessKeyId.key),
    };
  });
}

/** The secret headers of the providers. */
export function providerHeadersOf(gateway: Construct, providers: readonly Provider[]): ProviderHeader[] {
  const byId = new Map(providers.map(provider => [provider.id, provider]));
  return [...byId.values()].flatMap(provider => (provider._facts.secretHeaders ?? []).map(header => {
    const name = headerFileOf(provider, header);
    const prop = `the header '${header.name}' of provider '${provider.id}'`;
    const source = sourceFor(gateway, header.source, prop);
    const { secret, key } = source._bind(new Construct(gateway, `Header-${name}`), name);
    return {
      name,
      source,
      prop,
      namespace: source._namespace,
      provider,
      what: `the secret header '${header.name}' of provider '${provider.id}'`,
      secret,
      secretKey: key,
      identities: identitiesOf(source, secret, key),
      bearer: header.bearer,
    };
  }));
}

/** The identities of a value: where it comes from, and where it is kept. */
function identitiesOf(source: SecretSource, secret: kplus.ISecret, key: string): string[] {
  return [...source._identity ? [source._identity] : [], identityOf(secret.name, key)];
}

/** The ProviderSecrets that were given, and by `providerKeys` one for each other provider that needs a key. */
function providerSecretsOf(gateway: Construct, props: OpenClawDeploymentProps, providers: readonly Provider[]): ProviderSecret[] {
  const { providerKeys, providerSecrets: given = [] } = props;
  const others = keyedProviders(providers).filter(({ id }) => !given.some(({ provider }) => provider.id === id));
  const made = providerKeys && others.map(provider =>
    new ProviderSecret(gateway, `Key-${provider.id}`, { provider, source: providerKeys._sourceOf(provider) }));
  return [...given, ...made ?? []];
}
