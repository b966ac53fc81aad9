import { Chart } from 'cdk8s';
import { FallbackChain, Model, ModelAllowlist, OpenClawDeployment, OpenClawDeploymentProps, OpenClawVersion, Provider, ProviderSecret, SecretSource } from '../../../src/index';
import { GPT, keysOf, newChain, newGateway, SONNET } from '../../support/gateway';

/** What a gateway is made with; what is left out is as in `newGateway`. */
export type Props = Partial<OpenClawDeploymentProps>;
export type Make = (chart: Chart) => Props;

/** What somebody does who reads a message: other props, or something after the gateway is made. */
export type Follow = Make | { readonly then: (gateway: OpenClawDeployment) => void };

/** A gateway with a finding. */
export interface Fault {
  readonly wrong: Make;
  /**
   * By the words of the message that order or offer something, how to follow them. These words are all that the message orders.
   * `undefined` where nothing in a program can follow them.
   */
  readonly remedies: { readonly [words: string]: Follow | undefined };
}

/** Some gateways with findings of a rule: one for each text that the rule has. */
export interface RuleRemedies {
  readonly [rule: string]: readonly Fault[];
}

export const FACTS = { contextWindow: 131072, maxTokens: 4096 };
export const VLLM = Provider.custom('my-vllm', { baseUrl: 'http://vllm.models.svc:8000/v1' });
export const LOCAL = Provider.custom('local', { baseUrl: 'http://llm.models.svc:8000/v1', requiresKey: false });
export const OLD = OpenClawVersion.V2026_7_1;

/** A chain of models, with their keys. */
export function calling(chart: Chart, ...models: Model[]): Props {
  return { chain: newChain(chart, models), providerSecrets: keysFor(chart, models.map(({ provider }) => provider)) };
}

/** Models that are called besides one of Anthropic's. */
export const besides = (...models: Model[]) => (chart: Chart) => calling(chart, SONNET, ...models);

/** The default chain, and an allowlist with more models. */
export const allowing = (...models: Model[]) => (chart: Chart): Props => ({
  allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT, ...models] }),
  providerSecrets: keysFor(chart, [SONNET, GPT, ...models].map(({ provider }) => provider)),
});

/** The default chain, and an allowlist with patterns. */
export const matching = (provider: Provider, pattern: string) => (chart: Chart): Props => ({
  allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT], patterns: [provider.pattern(pattern)] }),
  providerSecrets: keysFor(chart, [Provider.ANTHROPIC, Provider.OPENAI, provider]),
});

export function tiers(chart: Chart, providers: Provider[], overrides: Model[] = []): Props {
  return { chain: FallbackChain.fromProviders(chart, 'Chain', { providers, overrides }), providerSecrets: keysFor(chart, providers) };
}

export function keysFor(chart: Chart, providers: Provider[]): ProviderSecret[] {
  return keysOf(chart, ...new Map(providers.filter(({ requiresKey }) => requiresKey).map(provider => [provider.id, provider])).values());
}

export const secret = (name = 'more', key = 'key') => SecretSource.fromSecretName(name, key);

/** A gateway made in a chart. */
export const made = (chart: Chart, props: Make) => newGateway(chart, props(chart));
