import { Model, ModelApi, Provider } from '../../../src';
import { CLUSTER_PORT } from '../world';

const FACTS = { contextWindow: 200_000, maxTokens: 32_000, reasoning: true };

/** The same models at the base URLs of a company's proxy. */
export function atProxy(models: Model[]): Model[] {
  const urlOf = ({ id, baseUrl }: Provider) => `http://llm-proxy.models.svc:${CLUSTER_PORT}/${id}${new URL(baseUrl).pathname.replace(/\/$/, '')}`;
  const providers = new Map(models.map(({ provider }) => [provider.id, provider.customize({ baseUrl: urlOf(provider) })]));
  return models.map(({ provider, id, api, params }) => providers.get(provider.id)!.model(id, { ...FACTS, api, params }));
}
