import { Chart, Duration } from 'cdk8s';
import { allowing, besides, calling, FACTS, keysFor, LOCAL, Make, matching, OLD, Props, RuleRemedies, tiers, VLLM } from './remedy';
import { MaxPrice, Model, ModelAllowlist, ModelApi, ModelInput, Preset, Provider } from '../../../src/index';
import { GPT, SONNET } from '../../support/gateway';

const { ANTHROPIC, GOOGLE, OPENAI, OPENROUTER } = Provider;
const MINI = OPENAI.model('gpt-5.4-mini');
const EMBEDDINGS = OPENAI.model('text-embedding-3-small');
const TUNED = Provider.custom('corp', { baseUrl: 'https://llm.example.com/v1beta', api: ModelApi.GOOGLE_GENERATIVE_AI });

/** One model in place of another. */
const renamed = (provider: Provider, from: string, to: string, words: string, facts = {}) => ({
  wrong: besides(provider.model(from, facts)),
  remedies: { [words]: besides(provider.model(to, facts)) },
});

const twoFacts = (chart: Chart, called: Model, allowed: Model): Props =>
  ({ ...besides(called)(chart), allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, allowed] }) });

/** One model besides Sonnet, both permitted, under a preset that limits prices. */
const limited = (maxPrice: MaxPrice, model: Model) => (chart: Chart): Props => ({
  ...besides(model)(chart),
  preset: Preset.PROD.customize({ maxPrice }),
  allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, model] }),
});

const ids: RuleRemedies = {
  'model-id-malformed': [
    renamed(OPENAI, ' gpt-5.4 ', 'gpt-5.4', "write 'gpt-5.4'"),
    renamed(OPENAI, 'gpt 5.4', 'gpt-5.4', 'write ids as the provider does'),
    { wrong: allowing(OPENROUTER.model('deepseek/*')), remedies: { 'use pattern() in an allowlist for several models': matching(OPENROUTER, 'deepseek/*') } },
    renamed(OPENAI, 'gpt-5.4é', 'gpt-5.4', 'write ids as the provider does'),
    renamed(OPENAI, 'gpt-5.4@work', 'gpt-5.4', 'write the id without it'),
    renamed(GOOGLE, 'gemini-2.5-pro?alt=x', 'gemini-2.5-pro', 'write ids as the provider does'),
    renamed(GOOGLE, 'models/gemini-2.5-pro', 'gemini-2.5-pro', "write model('gemini-2.5-pro')"),
    renamed(TUNED, 'tunedModels/ours', 'gemini-2.5-pro', 'name a model of the provider', FACTS),
    renamed(VLLM, 'qwen//qwen3', 'qwen/qwen3', 'write ids as the provider does', FACTS),
    renamed(OPENAI, 'openai/gpt-5.4', 'gpt-5.4', "write model('gpt-5.4')"),
    renamed(GOOGLE, 'gemini/gemini-2.5-pro', 'gemini-2.5-pro', "write model('gemini-2.5-pro')"),
    renamed(OPENROUTER, 'openrouter/auto', 'moonshotai/kimi-k2.5', 'name one', FACTS),
    renamed(OPENROUTER, 'kimi-k2.5', 'anthropic/claude-sonnet-4.6', "for example 'anthropic/claude-sonnet-4.6'", FACTS),
    renamed(OPENROUTER, 'moonshotai/Kimi-K2.5', 'moonshotai/kimi-k2.5', "write model('moonshotai/kimi-k2.5')", FACTS),
  ],
  'model-unknown': [
    renamed(OPENAI, 'GPT-5.4', 'gpt-5.4', "did you mean 'openai/gpt-5.4'?", FACTS),
    { wrong: besides(GPT, ANTHROPIC.model('opus')), remedies: { 'write that': besides(GPT, ANTHROPIC.model('claude-opus-5')) } },
    {
      wrong: besides(OPENAI.model('gpt-5.4-minni')),
      remedies: { "did you mean 'openai/gpt-5.4-mini'": besides(MINI), 'give model() its contextWindow and maxTokens': besides(OPENAI.model('gpt-5.4-minni', FACTS)) },
    },
    { wrong: besides(LOCAL.model('qwen')), remedies: { 'give model() its contextWindow and maxTokens': besides(LOCAL.model('qwen', FACTS)) } },
  ],
  'model-deprecated': [
    { wrong: chart => calling(chart, GPT, ANTHROPIC.model('claude-opus-4-8')), remedies: { "use 'anthropic/claude-opus-5'": chart => calling(chart, GPT, ANTHROPIC.model('claude-opus-5')) } },
  ],
  'model-tier-missing': [
    { wrong: chart => tiers(chart, [ANTHROPIC, VLLM]), remedies: { 'name one in overrides': chart => tiers(chart, [ANTHROPIC, VLLM], [VLLM.model('llama', FACTS)]) } },
  ],
  'context-window-too-small': [{
    wrong: besides(LOCAL.model('qwen', { ...FACTS, contextWindow: 8192 })),
    remedies: {
      'give the model and its server at least 21596': besides(LOCAL.model('qwen', { ...FACTS, contextWindow: 21596 })),
      'use another model': besides(GPT),
    },
  }],
  'context-window-tight': [{
    wrong: besides(LOCAL.model('qwen', { ...FACTS, contextWindow: 20000 })),
    remedies: { 'give the model and its server at least 21596': besides(LOCAL.model('qwen', { ...FACTS, contextWindow: 21596 })) },
  }],
  'model-conflict': [{
    wrong: chart => twoFacts(chart, OPENAI.model('gpt-5.4', { maxTokens: 1000 }), OPENAI.model('gpt-5.4', { maxTokens: 2000 })),
    remedies: { 'make it once and use it everywhere': chart => twoFacts(chart, GPT, GPT) },
  }],
  'model-alias-taken': [{
    wrong: chart => calling(chart, ANTHROPIC.model('claude-sonnet-5', { alias: 'best' }), OPENAI.model('gpt-5.4', { alias: 'Best' })),
    remedies: { 'give each model an alias of its own': chart => calling(chart, ANTHROPIC.model('claude-sonnet-5', { alias: 'best' }), OPENAI.model('gpt-5.4', { alias: 'gpt' })) },
  }],
  'model-params-unread': [{
    wrong: chart => ({ ...besides(GPT)(chart), modelSlots: { memoryEmbeddings: OPENAI.model('text-embedding-3-small', { params: { temperature: 1 } }) } }),
    remedies: { 'remove them': chart => ({ ...besides(GPT)(chart), modelSlots: { memoryEmbeddings: EMBEDDINGS } }) },
  }, {
    wrong: chart => ({ ...besides(GPT)(chart), version: OLD, modelSlots: { image: OPENAI.model('gpt-5.4-mini', { params: { temperature: 1 } }) } }),
    remedies: {
      'add the model to an allowlist': chart => {
        const image = OPENAI.model('gpt-5.4-mini', { params: { temperature: 1 } });
        return { ...besides(GPT)(chart), version: OLD, modelSlots: { image }, allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT, image] }) };
      },
      'remove the params': chart => ({ ...besides(GPT)(chart), version: OLD, modelSlots: { image: MINI } }),
    },
  }, {
    wrong: besides(OPENROUTER.model('acme/writer', { ...FACTS, params: { thinking: 'low' } })),
    remedies: {
      'give model() reasoning: true': besides(OPENROUTER.model('acme/writer', { ...FACTS, reasoning: true, params: { thinking: 'low' } })),
      'remove the param': besides(OPENROUTER.model('acme/writer', FACTS)),
    },
  }],
  'model-pattern-malformed': [
    { wrong: matching(OPENROUTER, 'gpt-*'), remedies: { "use '*' for the whole provider": matching(OPENROUTER, '*'), "'<prefix>/*'": matching(OPENROUTER, 'deepseek/*') } },
    {
      wrong: matching(OPENROUTER, 'openrouter/*'),
      remedies: {
        'name models': allowing(OPENROUTER.model('moonshotai/kimi-k2.5', FACTS)),
        'use the prefix of a company that makes them': matching(OPENROUTER, 'moonshotai/*'),
      },
    },
  ],
  'model-too-expensive': [
    { wrong: limited({ output: 10 }, GPT), remedies: { 'use another model': limited({ output: 10 }, MINI), 'raise maxPrice': limited({ output: 15 }, GPT) } },
    {
      wrong: limited({ output: 10 }, LOCAL.model('qwen', FACTS)),
      remedies: {
        'give model() its cost': limited({ output: 10 }, LOCAL.model('qwen', { ...FACTS, cost: { input: 0, output: 0 } })),
        'use another model': limited({ output: 10 }, MINI),
      },
    },
    {
      wrong: chart => ({ ...limited({ output: 10 }, MINI)(chart), allowlist: new ModelAllowlist(chart, 'All', { providers: [ANTHROPIC, OPENAI] }) }),
      remedies: { 'name models in an allowlist in place of the pattern': limited({ output: 10 }, MINI) },
    },
  ],
  'safety-refusal-model': [
    { wrong: chart => calling(chart, ANTHROPIC.model('claude-opus-5'), GPT), remedies: { 'use another model': chart => calling(chart, SONNET, GPT) } },
  ],
};

const heartbeat: Make = chart => ({ ...allowing()(chart), modelSlots: { heartbeat: { every: Duration.hours(1), model: MINI } } });

const routes: RuleRemedies = {
  'chain-outside-allowlist': [{
    wrong: chart => ({ ...besides(GPT, MINI)(chart), allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT] }) }),
    remedies: {
      'add it there': chart => ({ ...besides(GPT, MINI)(chart), allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT, MINI] }) }),
      'remove it from the chain': chart => ({ ...besides(GPT)(chart), allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT] }) }),
    },
  }],
  'chain-duplicate': [
    { wrong: besides(SONNET, GPT), remedies: { 'remove it from the fallbacks': besides(GPT) } },
    { wrong: besides(GPT, GPT), remedies: { 'keep the first': besides(GPT) } },
  ],
  'chain-single-provider': [{ wrong: chart => calling(chart, SONNET), remedies: { 'add a fallback of another provider': besides(GPT) } }],
  'slot-outside-allowlist': [
    {
      wrong: heartbeat,
      remedies: {
        'add it there': chart => ({ ...heartbeat(chart), allowlist: new ModelAllowlist(chart, 'Wider', { models: [SONNET, GPT, MINI] }) }),
        'leave the slot out': allowing(),
      },
    },
    {
      wrong: chart => ({ ...allowing()(chart), modelSlots: { memoryEmbeddings: EMBEDDINGS } }),
      remedies: {
        'add it to its embeddings': chart => ({
          allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT], embeddings: [EMBEDDINGS] }), modelSlots: { memoryEmbeddings: EMBEDDINGS },
        }),
        'leave the slot out': allowing(),
      },
    },
  ],
  'slot-unfit': [
    {
      wrong: () => ({ modelSlots: { image: OPENAI.model('gpt-5.4-mini', { input: [ModelInput.TEXT] }) } }),
      remedies: {
        'name a model that takes images': () => ({ modelSlots: { image: GPT } }),
        'give model() its input if this one does': () => ({ modelSlots: { image: OPENAI.model('gpt-5.4-mini', { input: [ModelInput.TEXT, ModelInput.IMAGE] }) } }),
      },
    },
    {
      wrong: () => ({ modelSlots: { memoryEmbeddings: ANTHROPIC.model('claude-embed') } }),
      remedies: {
        'name a model of a provider with openai-responses': () => ({ modelSlots: { memoryEmbeddings: EMBEDDINGS } }),
        'openai-completions': chart => ({
          modelSlots: { memoryEmbeddings: Provider.MISTRAL.model('mistral-embed') }, providerSecrets: keysFor(chart, [ANTHROPIC, OPENAI, Provider.MISTRAL]),
        }),
      },
    },
  ],
  'embeddings-exposed': [{
    wrong: () => ({ httpApi: true, modelSlots: { memoryEmbeddings: EMBEDDINGS } }),
    remedies: { 'leave httpApi': () => ({ modelSlots: { memoryEmbeddings: EMBEDDINGS } }), 'modelSlots.memoryEmbeddings out': () => ({ httpApi: true }) },
  }],
  'version-unsupported': [
    {
      wrong: chart => ({ ...calling(chart, SONNET, GPT), version: OLD, httpApi: true, plugins: ['telegram'] }),
      remedies: { 'leave one out': chart => ({ ...calling(chart, SONNET, GPT), version: OLD, httpApi: true }), 'use 2026.8.1 or newer': () => ({ httpApi: true, plugins: ['telegram'] }) },
    },
    {
      wrong: chart => ({ ...matching(OPENROUTER, 'deepseek/*')(chart), version: OLD }),
      remedies: {
        'list the models': chart => ({ ...allowing(OPENROUTER.model('deepseek/deepseek-r1', FACTS))(chart), version: OLD }),
        'use 2026.8.1 or newer': matching(OPENROUTER, 'deepseek/*'),
      },
    },
  ],
};

export const MODELS: RuleRemedies = { ...ids, ...routes };
