import { Model, ModelApi, Provider } from '../../../src';
import { CLUSTER_PORT } from '../world';

const FACTS = { contextWindow: 200_000, maxTokens: 32_000, reasoning: true };

const BEDROCK = Provider.bedrock({ region: 'eu-central-1' });

const server = (id: string, api: ModelApi, path: string) => Provider.custom(id, { baseUrl: `http://${id}.models.svc:${CLUSTER_PORT}${path}`, api });

/** Models of each provider between which OpenClaw makes a difference; those that no release's catalog knows have facts of their own. */
export const PARITY_MODELS: { readonly [provider: string]: Model[] } = {
  'Anthropic': ['claude-sonnet-5', 'claude-haiku-4-5'].map(id => Provider.ANTHROPIC.model(id, FACTS)),
  'OpenAI': ['gpt-5.4', 'gpt-6-sol'].map(id => Provider.OPENAI.model(id, FACTS)),
  'Google': ['gemini-3.1-pro-preview', 'gemini-2.5-flash-lite'].map(id => Provider.GOOGLE.model(id, FACTS)),
  'OpenRouter': ['anthropic/claude-sonnet-5', 'openai/gpt-5.4', 'moonshotai/kimi-k2.5'].map(id => Provider.OPENROUTER.model(id, FACTS)),
  'Mistral': [Provider.MISTRAL.model('mistral-medium-latest', FACTS)],
  'Groq': [Provider.GROQ.model('openai/gpt-oss-20b', FACTS)],
  'DeepSeek': [Provider.DEEPSEEK.model('deepseek-v4-flash', FACTS)],
  'xAI': [Provider.XAI.model('grok-4.3', FACTS)],
  'Azure OpenAI': [Provider.azureOpenAi({ endpoint: 'https://contoso.openai.azure.com' }).model('our-deployment', FACTS)],
  'Amazon Bedrock': [
    ...['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic.claude-sonnet-5', 'openai.gpt-oss-120b-1:0'].map(id => BEDROCK.model(id, FACTS)),
    BEDROCK.model('arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3d4e5f6', { ...FACTS, api: ModelApi.ANTHROPIC_MESSAGES }),
  ],
  'servers in the cluster': [
    server('vllm', ModelApi.OPENAI_COMPLETIONS, '/v1').model('llama-3.3-70b', FACTS),
    server('claude-server', ModelApi.ANTHROPIC_MESSAGES, '/anthropic').model('claude-haiku-4-5', FACTS),
    server('responder', ModelApi.OPENAI_RESPONSES, '/v1').model('gpt-oss-120b', FACTS),
    server('gemini-server', ModelApi.GOOGLE_GENERATIVE_AI, '/v1beta').model('gemini-3.1-pro-preview', FACTS),
  ],
};

/** The same models at the base URLs of a company's proxy. */
export function atProxy(models: Model[]): Model[] {
  const urlOf = ({ id, baseUrl }: Provider) => `http://llm-proxy.models.svc:${CLUSTER_PORT}/${id}${new URL(baseUrl).pathname.replace(/\/$/, '')}`;
  const providers = new Map(models.map(({ provider }) => [provider.id, provider.customize({ baseUrl: urlOf(provider) })]));
  return models.map(({ provider, id, api, params }) => providers.get(provider.id)!.model(id, { ...FACTS, api, params }));
}
