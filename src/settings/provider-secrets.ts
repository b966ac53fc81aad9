import { Construct } from 'constructs';
import { OpenClawDeploymentProps } from './gateway-props';
import { Provider } from '../models/provider';
import { ProviderSecret } from '../secrets/provider-secret';

/** The providers that need a key, each once. */
export function keyedProviders(providers: readonly Provider[]): Provider[] {
  return [...new Map(providers.filter(provider => provider.requiresKey).map(provider => [provider.id, provider])).values()];
}

/** The ProviderSecrets that were given, and by `providerKeys` one for each other provider that needs a key. */
export function providerSecretsOf(gateway: Construct, props: OpenClawDeploymentProps, providers: readonly Provider[]): ProviderSecret[] {
  const { providerKeys, providerSecrets: given = [] } = props;
  const others = keyedProviders(providers).filter(({ id }) => !given.some(({ provider }) => provider.id === id));
  const made = providerKeys && others.map(provider =>
    new ProviderSecret(gateway, `Key-${provider.id}`, { provider, source: providerKeys._sourceOf(provider) }));
  return [...given, ...made ?? []];
}
