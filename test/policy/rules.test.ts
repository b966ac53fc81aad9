import * as fs from 'fs';
import * as path from 'path';
import { Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GUARD_REFUSED } from './guard-refused';
import {
  AwsCredentials, CiliumEgress, FallbackChain, FindingSeverity, GatewayAuth, GatewayState, ModelAllowlist, ModelApi, ModelGuard, ModelTier,
  OpenClawDeploymentProps, OpenClawVersion, PluginPackage, Preset,
  Provider, ProviderKeys, ProviderSecret, SecretSource, SecretStore, SecretText, Workspace,
} from '../../src/index';
import { RULES } from '../../src/policy/rules';
import { NOTICE_RULES } from '../../src/presets/notice-rules';
import { configOf, GPT, keysOf, messageOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';

type Case = (chart: ReturnType<typeof newChart>) => Partial<OpenClawDeploymentProps>;

/** What is wrong, and every line after the first of the error. */
const REFUSED: { [title: string]: [Case, string[]] } = {
  'fallback outside the allowlist': [
    chart => ({ allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET] }) }),
    ["[chain-outside-allowlist] fallback 'openai/gpt-5.4' is not permitted by allowlist 'prod/Allowlist'; add it there or remove it from the chain"
      + ' (OpenClaw does not filter fallbacks by the allowlist)'],
  ],
  'primary outside the allowlist': [
    chart => ({ allowlist: new ModelAllowlist(chart, 'Allowlist', { providers: [Provider.OPENAI] }) }),
    ["[chain-outside-allowlist] primary 'anthropic/claude-sonnet-5' is not permitted by allowlist 'prod/Allowlist'; add it there or remove it from the"
      + ' chain (OpenClaw does not filter fallbacks by the allowlist)'],
  ],
  'fallback equal to the primary, and one twice': [
    chart => ({ chain: newChain(chart, [SONNET, SONNET, GPT, GPT]) }),
    ["[chain-duplicate] fallback 'anthropic/claude-sonnet-5' of chain 'prod/Chain' is the primary; remove it from the fallbacks",
      "[chain-duplicate] fallback 'openai/gpt-5.4' of chain 'prod/Chain' is listed more than once; keep the first"],
  ],
  'models above a price, as a fallback, in a slot, under a pattern, and without a price': [
    chart => ({
      chain: newChain(chart, [SONNET, GPT]),
      modelSlots: { utility: Provider.OPENAI.model('gpt-5.6-terra') },
      allowlist: new ModelAllowlist(chart, 'Allowlist', {
        models: [SONNET, Provider.custom('local', { baseUrl: 'http://llm.models.svc:8000/v1', requiresKey: false }).model('qwen', FACTS)],
        providers: [Provider.OPENAI],
        maxPrice: { output: 12 },
      }),
    }),
    ["[model-too-expensive] fallback 'openai/gpt-5.4' costs $2.5 in, $15 out per million tokens (OpenClaw's catalog), above maxPrice of allowlist 'prod/Allowlist' ($12 out);"
      + ' use another model, or raise maxPrice',
    "[model-too-expensive] modelSlots.utility 'openai/gpt-5.6-terra' costs $2.5 in, $15 out per million tokens (OpenClaw's catalog), above maxPrice of allowlist"
      + " 'prod/Allowlist' ($12 out); use another model, or raise maxPrice",
    "[model-too-expensive] allowed model 'local/qwen' has no known price, so maxPrice of allowlist 'prod/Allowlist' ($12 out) cannot be checked; give model() its cost,"
      + ' or use another model',
    "[model-too-expensive] 'openai/*' covers 'openai/gpt-5.4' ($2.5 in, $15 out), 'openai/gpt-5.4-pro' ($30 in, $180 out), 'openai/gpt-5.6-sol' ($5 in, $30 out), 2 more,"
      + " above maxPrice of allowlist 'prod/Allowlist' ($12 out); name models in an allowlist in place of the pattern"],
  ],
  'a pattern of models that cost less, and of unknown ones; a preset with a price': [
    chart => ({
      preset: Preset.PROD.customize({ maxPrice: { input: 2.5 } }),
      allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT], patterns: [Provider.OPENROUTER.pattern('moonshotai/*')] }),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.OPENROUTER),
    }),
    ["[model-too-expensive] 'openrouter/moonshotai/*' covers models that the catalog does not know, whatever they cost, so they may be above maxPrice of preset 'prod' ($2.5 in);"
      + ' name models in an allowlist in place of the pattern'],
  ],
  'slots outside the allowlist': [
    chart => ({
      allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT] }),
      modelSlots: { image: MINI, heartbeat: { every: Duration.minutes(30), model: GPT }, memoryEmbeddings: EMBEDDINGS },
    }),
    ["[slot-outside-allowlist] modelSlots.image 'openai/gpt-5.4-mini' is not permitted by allowlist 'prod/Allowlist'; add it there or leave the slot out"
      + ' (OpenClaw does not filter slots by the allowlist)',
    "[slot-outside-allowlist] modelSlots.memoryEmbeddings 'openai/text-embedding-3-small' is not permitted by allowlist 'prod/Allowlist'; add it to its"
      + ' embeddings or leave the slot out (OpenClaw does not filter slots by the allowlist)'],
  ],
  'slots with models that cannot do it': [
    chart => ({
      modelSlots: {
        image: Provider.DEEPSEEK.model('deepseek-chat', FACTS),
        memoryEmbeddings: Provider.ANTHROPIC.model('claude-embed'),
      },
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.DEEPSEEK),
    }),
    ["[slot-unfit] modelSlots.image 'deepseek/deepseek-chat' takes text only; name a model that takes images, or give model() its input if this one does",
      "[slot-unfit] modelSlots.memoryEmbeddings 'anthropic/claude-embed' is reached with anthropic-messages, for which OpenClaw has no embeddings endpoint; name a model"
      + ' of a provider with openai-responses or openai-completions'],
  ],
  'slots without facts, form or key': [
    () => ({ modelSlots: { utility: Provider.GROQ.model('llama-3.3-70b-versatile'), memoryEmbeddings: Provider.OPENAI.model('text embedding') } }),
    ["[model-id-malformed] model 'openai/text embedding' has white space in its id; write ids as the provider does",
      "[model-unknown] model 'groq/llama-3.3-70b-versatile' is not in the catalog of OpenClaw 2026.9.6; give model() its contextWindow and maxTokens",
      "[provider-key-missing] 'groq' is in modelSlots.utility but has no key; use providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), or"
        + ' add new ProviderSecret(…, { provider: Provider.GROQ, source: … })'],
  ],
  'agents with lists, slots and channels of their own': [
    chart => ({
      plugins: ['telegram'],
      modelSlots: { image: MINI, pdf: GPT },
      agents: {
        main: { bindings: [{ channel: 'discord' }] },
        coder: {
          chain: newChain(chart, [GPT, SONNET, SONNET], 'Coder'),
          allowlist: new ModelAllowlist(chart, 'OfCoder', { models: [GPT] }),
          modelSlots: { utility: SONNET, memoryEmbeddings: Provider.ANTHROPIC.model('claude-embed') },
          bindings: [{ channel: 'telegram', accountId: 'coder' }, { channel: 'telegrm' }],
        },
        writer: { bindings: [{ channel: 'telegram', accountId: 'Coder' }] },
      },
    }),
    [
      "[chain-outside-allowlist] fallback 'anthropic/claude-sonnet-5' of agent 'coder' is not permitted by allowlist 'prod/OfCoder'; add it there or"
        + ' remove it from the chain (OpenClaw does not filter fallbacks by the allowlist)',
      "[chain-duplicate] fallback 'anthropic/claude-sonnet-5' of chain 'prod/Coder' is listed more than once; keep the first",
      "[slot-outside-allowlist] agents.coder.modelSlots.utility 'anthropic/claude-sonnet-5' is not permitted by allowlist 'prod/OfCoder'; add it there"
        + ' or leave the slot out (OpenClaw does not filter slots by the allowlist)',
      "[slot-outside-allowlist] agents.coder.modelSlots.memoryEmbeddings 'anthropic/claude-embed' is not permitted by allowlist 'prod/OfCoder'; add it"
        + ' to its embeddings or leave the slot out (OpenClaw does not filter slots by the allowlist)',
      "[slot-outside-allowlist] modelSlots.image 'openai/gpt-5.4-mini' describes the images of every agent, and agent 'coder' may not call it; add it"
        + ' to an allowlist in agents.coder.allowlist or leave the slot out',
      "[slot-unfit] agents.coder.modelSlots.memoryEmbeddings 'anthropic/claude-embed' is reached with anthropic-messages, for which OpenClaw has no"
        + ' embeddings endpoint; name a model of a provider with openai-responses or openai-completions',
      "[slot-unfit] modelSlots.pdf 'openai/gpt-5.4' has no effect: the PDF tool takes any model of the gateway, so it is closed while agents have"
        + ' different allowlists; leave the slot out, or give every agent the same allowlist',
      "[binding-unusable] agents.main.bindings[0] is for channel 'discord', whose plugin OpenClaw 2026.9.6 does not bundle (npm has it as"
        + " @openclaw/discord); remove it, or add PluginPackage.official('discord') to 'pluginPackages'",
      "[binding-unusable] agents.coder.bindings[1] names channel 'telegrm', which OpenClaw 2026.9.6 does not have; did you mean 'telegram'?",
      "[binding-unusable] agents.writer.bindings[0] binds the same messages as agents.coder.bindings[0], so 'writer' would never get them; remove one"
        + ' of them',
    ],
  ],
  'agents before each had an allowlist': [
    chart => ({
      version: OpenClawVersion.V2026_7_1,
      agents: { coder: { chain: newChain(chart, [GPT, Provider.OPENAI.model('gpt-5.4-mini')], 'Coder') } },
      acknowledge: { 'chain-single-provider': 'only the lists matter' },
    }),
    ["[agent-isolation-unsupported] OpenClaw 2026.7.1 has one allowlist for all agents, but 'coder' may call openai/gpt-5.4-mini and 'main' may not, 'main' may call"
      + ' anthropic/claude-sonnet-5 and \'coder\' may not; render one gateway per agent, use 2026.8.1 or newer, or give agents.coder.allowlist and the gateway the same'
      + ' ModelAllowlist'],
  ],
  'embeddings beside the HTTP API': [
    () => ({ httpApi: true, modelSlots: { memoryEmbeddings: EMBEDDINGS } }),
    ["[embeddings-exposed] httpApi serves /v1/embeddings, where OpenClaw takes any model of 'openai' once memory search has one; leave httpApi or"
      + ' modelSlots.memoryEmbeddings out'],
  ],
  'utility slot before there is one': [
    chart => ({
      version: OpenClawVersion.V2026_6_11,
      chain: newChain(chart, [Provider.ANTHROPIC.model('claude-sonnet-4-6', FACTS), GPT]),
      modelSlots: { utility: GPT },
    }),
    ["[version-unsupported] OpenClaw 2026.6.11 has no slot for modelSlots.utility 'openai/gpt-5.4'; leave it out or use 2026.7.1 or newer"],
  ],
  'files for agents that are not there, or are elsewhere': [
    () => ({
      extraConfig: { agents: { entries: { main: {}, coder: { workspace: '/home/node/.openclaw/code' } } } },
      workspace: Workspace.combine(...['codr', 'writer', 'coder'].map(agent => Workspace.fromFiles({ 'AGENTS.md': 'x' }, { agent }))),
    }),
    ["[workspace-agent-unknown] workspace has files for agent 'codr', which the gateway does not have; did you mean 'coder'?",
      "[workspace-agent-unknown] workspace has files for agent 'writer', which the gateway does not have; it has main, coder",
      "[workspace-elsewhere] workspace has files for agent 'coder', and agents.entries.coder.workspace of extraConfig moves its workspace; leave that setting out, so that it is at"
      + " '/home/node/.openclaw/workspace-coder'"],
  ],
  'files for an agent whose workspace the defaults move': [
    () => ({ extraConfig: { agents: { defaults: { workspace: '/home/node/.openclaw/mine' } } }, workspace: Workspace.fromFiles({ 'AGENTS.md': 'x' }) }),
    ["[workspace-elsewhere] workspace has files for agent 'main', and agents.defaults.workspace of extraConfig moves its workspace; leave that setting out, so that it is at"
      + " '/home/node/.openclaw/workspace'"],
  ],
  'memory plugin by name': [
    () => ({ plugins: ['memory-core'] }),
    ["[plugin-remembers] plugins names 'memory-core', which would call a model that nobody named; remove it and name one in 'modelSlots.memoryEmbeddings'"],
  ],
  'exposure in the clear, through nobody, in a closed network': [
    () => ({ exposure: { origins: ['http://assistant.example.com', 'http://localhost:8080', 'https://assistant.example.com'] } }),
    ["[exposure-insecure] exposure.origins has 'http://assistant.example.com', where the token and every chat cross the network unencrypted; end TLS in"
      + ' front of the Service and write https',
    '[exposure-proxy-unknown] exposure trusts no proxy, and OpenClaw refuses what a proxy forwards; write the addresses from which the proxy connects into'
      + ' exposure.trustedProxies (a load balancer that adds no X-Forwarded-For needs none)',
    "[exposure-closed] exposure has no peers, and preset prod closes the network: nobody would get in; name the proxy's pods in exposure.peers"
      + ' (kplus.Pods.select(…) with their namespace)'],
  ],
  'exposure through another proxy than the one that signs users in': [
    chart => ({
      auth: GatewayAuth.trustedProxy({ userHeader: 'x-user', trustedProxies: ['10.1.0.0/16', '10.2.0.9'] }),
      exposure: { origins: ['https://a.example.com'], trustedProxies: ['10.2.0.9'], peers: [kplus.Pods.all(chart, 'Proxy')] },
    }),
    ['[exposure-proxy-conflict] exposure.trustedProxies is 10.2.0.9, trustedProxies of auth is 10.1.0.0/16, 10.2.0.9; OpenClaw has one list, and each proxy on it'
      + ' may name any user: leave exposure.trustedProxies out'],
  ],
  'one provider in production': [
    chart => ({ chain: newChain(chart, [SONNET]), providerSecrets: keysOf(chart, Provider.ANTHROPIC) }),
    ["[chain-single-provider] every model of chain 'prod/Chain' is served by 'anthropic'; add a fallback of another provider (an outage or a billing stop"
      + ' would end all of them)'],
  ],
  'provider without key': [
    chart => ({ providerSecrets: keysOf(chart, Provider.ANTHROPIC) }),
    ["[provider-key-missing] 'openai' is in the chain but has no key; use providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'), or"
        + ' add new ProviderSecret(…, { provider: Provider.OPENAI, source: … })'],
  ],
  'key without provider': [
    chart => ({ providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.GROQ) }),
    ["[provider-key-unused] ProviderSecret 'prod/groq' has the key of 'groq', which neither the chain, the allowlist nor a model slot names;"
      + ' remove it from providerSecrets'],
  ],
  'one key for providers at two hosts': [
    chart => {
      const behind = (provider: Provider) => provider.customize({ baseUrl: 'https://proxy.example.com/v1' });
      const [deepseek, mistral] = [behind(Provider.DEEPSEEK), behind(Provider.MISTRAL)];
      const key = SecretSource.fromSecretName('proxy', 'key');
      return {
        chain: newChain(chart, [SONNET, GPT, deepseek.model('a', FACTS), mistral.model('b', FACTS)]),
        providerKeys: ProviderKeys.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'llm', property: 'key' }),
        providerSecrets: [deepseek, mistral].map(provider => new ProviderSecret(chart, provider.id, { provider, source: key })),
      };
    },
    ["[provider-key-shared] 'anthropic' and 'openai' have the same key (ClusterSecretStore vault, llm field key, read every 60 minutes), so it is sent to several"
      + " companies; give each its own: write '{provider}' into providerKeys, or use a ProviderSecret for each"],
  ],
  'two keys for one provider': [
    chart => ({
      providerSecrets: [...keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI),
        new ProviderSecret(chart, 'Second', { provider: Provider.OPENAI, source: SecretSource.fromSecretName('more', 'OPENAI') })],
    }),
    ["[provider-key-duplicate] 'openai' has 2 ProviderSecrets ('prod/openai', 'prod/Second'); keep one"],
  ],
  'access keys of AWS without a guard': [
    chart => {
      const [aws, key] = [Provider.bedrock({ region: 'us-east-1' }), (name: string) => SecretSource.fromSecretName('aws', name)];
      const credentials = AwsCredentials.accessKeys({ accessKeyId: key('id'), secretAccessKey: key('secret') });
      return {
        chain: newChain(chart, [SONNET, aws.model('us.anthropic.claude-sonnet-4-5-20250929-v1:0', { contextWindow: 200_000, maxTokens: 8192 })]),
        providerSecrets: [...keysOf(chart, Provider.ANTHROPIC), new ProviderSecret(chart, 'Aws', { provider: aws, credentials })],
      };
    },
    ["[aws-credentials-need-guard] ProviderSecret 'prod/Aws' has credentials of AWS, with which OpenClaw signs no request; use ModelGuard.sidecar() or ModelGuard.pod(), or"
      + ' give a Bedrock API key as source'],
  ],
  'several keys of a provider without a guard': [
    chart => ({
      providerSecrets: [...keysOf(chart, Provider.ANTHROPIC), new ProviderSecret(chart, 'Two', {
        provider: Provider.OPENAI, source: SecretSource.fromSecretName('a', 'b'), additional: [SecretSource.fromSecretName('a', 'c')],
      })],
    }),
    ["[provider-keys-unused] ProviderSecret 'prod/Two' has 2 keys, of which a gateway without a guard uses the first alone; use ModelGuard.sidecar() or ModelGuard.pod(),"
      + ' or remove additional'],
  ],
  'misspelt model': [
    chart => ({ chain: newChain(chart, [Provider.ANTHROPIC.model('claude-sonet-5'), GPT]) }),
    ["[model-unknown] model 'anthropic/claude-sonet-5' is not in the catalog of OpenClaw 2026.9.6; did you mean 'anthropic/claude-sonnet-5', 'anthropic/claude-opus-5'? else"
      + ' give model() its contextWindow and maxTokens'],
  ],
  'wrongly cased model, even with facts': [
    chart => ({ chain: newChain(chart, [Provider.ANTHROPIC.model('Claude-Sonnet-5', { contextWindow: 32000, maxTokens: 100 }), GPT]) }),
    ["[model-unknown] model 'anthropic/Claude-Sonnet-5' is unknown; did you mean 'anthropic/claude-sonnet-5'? Ids are case-sensitive"],
  ],
  'padded model': [
    chart => ({ chain: newChain(chart, [Provider.ANTHROPIC.model(' claude-sonnet-5 '), GPT]) }),
    ["[model-id-malformed] model 'anthropic/ claude-sonnet-5 ' has white space in its id; write 'claude-sonnet-5'"],
  ],
  'model with a line break': [
    chart => ({ chain: newChain(chart, [Provider.OPENAI.model('gpt\n5'), SONNET]) }),
    ["[model-id-malformed] model 'openai/gpt\\n5' has white space in its id; write ids as the provider does"],
  ],
  'model that is no part of a path': [
    chart => ({
      chain: newChain(chart, [Provider.GOOGLE.model('gemini-2.5-pro?alt=x', FACTS), GPT]),
      providerSecrets: keysOf(chart, Provider.GOOGLE, Provider.OPENAI),
    }),
    ["[model-id-malformed] model 'google/gemini-2.5-pro?alt=x' has a '?' in its id, with which it is no part of a path; write ids as the provider does"],
  ],
  'models that OpenClaw calls by another name': [
    chart => {
      const proxy = Provider.custom('corp', { baseUrl: 'https://llm.example.com/v1' });
      const models = [Provider.OPENROUTER.model('google/gemini-3-flash', FACTS), proxy.model('google/gemini-3-pro', FACTS), Provider.XAI.model('Grok-4-fast-reasoning', FACTS),
        proxy.model('openrouter/google/gemini-3-flash', FACTS), proxy.model('a/b/google/gemini-3-flash', FACTS),
        Provider.GOOGLE.model('gemma-4-26b', FACTS), proxy.model('gemini-3-pro', FACTS)];
      return { chain: newChain(chart, models), providerSecrets: keysOf(chart, Provider.OPENROUTER, proxy, Provider.XAI, Provider.GOOGLE) };
    },
    [['openrouter/google/gemini-3-flash', 'openrouter/google/gemini-3-flash-preview'], ['corp/google/gemini-3-pro', 'corp/google/gemini-3.1-pro-preview'],
      ['xai/Grok-4-fast-reasoning', 'xai/grok-4-fast'], ['corp/openrouter/google/gemini-3-flash', 'corp/openrouter/google/gemini-3-flash-preview'], ['google/gemma-4-26b', 'google/gemma-4-26b-a4b-it']]
      .map(([ref, meant]) => `[model-unknown] model '${ref}' is OpenClaw's short name for '${meant}'; write that`),
  ],
  "model with a part of Google's paths": [
    chart => {
      const proxy = Provider.custom('corp', { baseUrl: 'https://llm.example.com/v1beta', api: ModelApi.GOOGLE_GENERATIVE_AI });
      return { chain: newChain(chart, [proxy.model('models/gemini-2.5-pro', FACTS), proxy.model('tunedModels/ours', FACTS), GPT]), providerSecrets: keysOf(chart, proxy, Provider.OPENAI) };
    },
    ["[model-id-malformed] model 'corp/models/gemini-2.5-pro' begins with 'models/', which OpenClaw takes for a part of the path; write model('gemini-2.5-pro')",
      "[model-id-malformed] model 'corp/tunedModels/ours' begins with 'tunedModels/', which OpenClaw takes for a part of the path; name a model of the provider"],
  ],
  'doubly prefixed model': [
    chart => ({ chain: newChain(chart, [Provider.ANTHROPIC.model('anthropic/claude-sonnet-5'), GPT]) }),
    ["[model-id-malformed] model 'anthropic/anthropic/claude-sonnet-5' names its provider twice; write model('claude-sonnet-5')"],
  ],
  'gemini prefix': [
    chart => ({ chain: newChain(chart, [Provider.GOOGLE.model('gemini/gemini-2.5-pro'), GPT]), providerSecrets: keysOf(chart, Provider.GOOGLE, Provider.OPENAI) }),
    ["[model-id-malformed] model 'google/gemini/gemini-2.5-pro' has a prefix that google does not know; write model('gemini-2.5-pro')"],
  ],
  'bare OpenRouter model': [
    chart => ({ chain: newChain(chart, [SONNET, Provider.OPENROUTER.model('claude-sonnet-5')]), providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENROUTER) }),
    ["[model-id-malformed] model 'openrouter/claude-sonnet-5' lacks its company; OpenRouter writes ids as '<company>/<model>', for example"
      + " 'anthropic/claude-sonnet-4.6'"],
  ],
  'star in a model': [
    chart => ({ allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [SONNET, GPT, Provider.OPENAI.model('gpt-*')] }) }),
    ["[model-id-malformed] model 'openai/gpt-*' has a star in its id; use pattern() in an allowlist for several models"],
  ],
  'star elsewhere than at the end of a pattern': [
    chart => ({
      allowlist: new ModelAllowlist(chart, 'Allowlist', {
        models: [SONNET, GPT],
        patterns: [Provider.OPENAI.pattern('*/mini'), Provider.OPENAI.pattern('gpt-*'), Provider.OPENAI.pattern('gpt-5')],
      }),
    }),
    ['*/mini', 'gpt-*', 'gpt-5'].map(pattern =>
      `[model-pattern-malformed] pattern '${pattern}' of 'openai' is not accepted by OpenClaw; use '*' for the whole provider or '<prefix>/*'`),
  ],
  'deprecated model in production': [
    chart => ({ chain: newChain(chart, [Provider.ANTHROPIC.model('claude-opus-4-8'), GPT]) }),
    ["[model-deprecated] model 'anthropic/claude-opus-4-8' is deprecated in OpenClaw 2026.9.6; use 'anthropic/claude-opus-5'"],
  ],
  'custom model without facts': [
    chart => ({ chain: newChain(chart, [SONNET, vllm().model('llama')]), providerSecrets: keysOf(chart, Provider.ANTHROPIC, vllm()) }),
    ["[model-unknown] model 'my-vllm/llama' is not in OpenClaw's catalog, which has no models of custom providers; give model() its contextWindow and maxTokens"],
  ],
  'custom provider with a taken id': [
    chart => {
      const gemini = Provider.custom('gemini', { baseUrl: 'https://llm.example.com/v1' });
      return { chain: newChain(chart, [SONNET, gemini.model('x', FACTS)]), providerSecrets: keysOf(chart, Provider.ANTHROPIC, gemini) };
    },
    ["[provider-id-taken] provider id 'gemini' belongs to OpenClaw 2026.9.6 itself (it means 'google'); use Provider.GOOGLE"],
  ],
  'http outside the cluster': [
    chart => {
      const plain = Provider.custom('corp', { baseUrl: 'http://llm.example.com/v1' });
      return { chain: newChain(chart, [SONNET, plain.model('x', FACTS)]), providerSecrets: keysOf(chart, Provider.ANTHROPIC, plain) };
    },
    ["[provider-url-insecure] provider 'corp' needs a key and is reached without encryption outside the cluster, 'http://llm.example.com/v1'; use https"],
  ],
  'http outside the cluster, without a key': [
    chart => {
      const ollama = Provider.custom('ollama', { baseUrl: 'http://192.168.1.140:11434/v1', requiresKey: false });
      return { chain: newChain(chart, [SONNET, ollama.model('x', FACTS)]), providerSecrets: keysOf(chart, Provider.ANTHROPIC) };
    },
    ["[provider-url-unencrypted] provider 'ollama' is reached without encryption outside the cluster, 'http://192.168.1.140:11434/v1', so others on the way can"
      + ' read every chat; use https, or a Service without a selector in front of the server (docs/providers.md)'],
  ],
  'one provider in two forms': [
    chart => ({
      chain: newChain(chart, [SONNET, GPT]),
      allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [GPT], providers: [Provider.ANTHROPIC.customize({ baseUrl: 'https://proxy.example.com' })] }),
    }),
    ["[provider-conflict] provider 'anthropic' is used in 2 forms ('https://api.anthropic.com' by anthropic-messages, 'https://proxy.example.com' by"
      + ' anthropic-messages); keep one Provider object and use it everywhere'],
  ],
  'no model of the tier': [
    chart => ({
      chain: FallbackChain.fromProviders(chart, 'Chain', { providers: [Provider.ANTHROPIC, vllm()], tier: ModelTier.STANDARD }),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, vllm()),
    }),
    ["[model-tier-missing] chain 'prod/Chain' asks for the standard model of 'my-vllm', which has none for OpenClaw 2026.9.6; name one in overrides"],
  ],
  'company proxy for a model whose provider is named plain elsewhere': [
    chart => ({
      chain: FallbackChain.fromProviders(chart, 'Chain', {
        providers: [Provider.ANTHROPIC, Provider.OPENAI],
        overrides: [Provider.ANTHROPIC.customize({ baseUrl: 'https://proxy.example.com' }).model('claude-sonnet-5')],
      }),
      allowlist: new ModelAllowlist(chart, 'Allowlist', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
    }),
    ["[provider-conflict] provider 'anthropic' is used in 2 forms ('https://proxy.example.com' by anthropic-messages, 'https://api.anthropic.com' by"
      + ' anthropic-messages); keep one Provider object and use it everywhere'],
  ],
  'one model with different facts': [
    chart => ({
      chain: newChain(chart, [Provider.ANTHROPIC.model('claude-sonnet-5', { maxTokens: 1000 }), GPT]),
      allowlist: new ModelAllowlist(chart, 'Allowlist', { models: [Provider.ANTHROPIC.model('claude-sonnet-5', { maxTokens: 2000 }), GPT] }),
    }),
    ["[model-conflict] model 'anthropic/claude-sonnet-5' is given with maxTokens 1000 and 2000; make it once and use it everywhere"],
  ],
  'params that nothing reads': [
    chart => ({
      version: OpenClawVersion.V2026_7_1,
      chain: newChain(chart, [SONNET, Provider.OPENAI.model('gpt-5.4', { reasoning: false, params: { thinking: 'low' } })]),
      modelSlots: {
        image: Provider.OPENAI.model('gpt-5.4-mini', { params: { maxTokens: 2000 } }),
        memoryEmbeddings: Provider.OPENAI.model('text-embedding-3-small', { params: { temperature: 1 } }),
      },
    }),
    [
      "[model-params-unread] model 'openai/text-embedding-3-small' has params, and memory search sends none; remove them",
      "[model-params-unread] model 'openai/gpt-5.4-mini' has params, and OpenClaw 2026.7.1 reads them only for models that the allowlist permits; add the model to an"
        + ' allowlist or remove the params',
      "[model-params-unread] model 'openai/gpt-5.4' has params.thinking, and nothing says that it thinks; give model() reasoning: true or remove the param",
    ],
  ],
  'windows smaller than a prompt, and not much larger': [
    chart => {
      const ollama = Provider.custom('ollama', { baseUrl: 'http://ollama:11434/v1', requiresKey: false });
      const models = [2048, 20000].map(contextWindow => ollama.model(`qwen-${contextWindow}`, { contextWindow, maxTokens: 1024 }));
      return { chain: newChain(chart, [SONNET, ...models]), providerSecrets: keysOf(chart, Provider.ANTHROPIC) };
    },
    [
      "[context-window-too-small] model 'ollama/qwen-2048' has a contextWindow of 2048 tokens, but the first prompt of OpenClaw 2026.9.6 has about 17500, so each"
        + ' call fails; give the model and its server at least 21596, or use another model',
      "[context-window-tight] model 'ollama/qwen-20000' has a contextWindow of 20000 tokens; the first prompt of OpenClaw 2026.9.6 has about 17500, which leaves 2500"
        + ' for the conversation and the answer; give the model and its server at least 21596',
    ],
  ],
  'OpenRouter choosing by itself': [
    chart => ({
      chain: newChain(chart, [SONNET, Provider.OPENROUTER.model('openrouter/auto', FACTS)]),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENROUTER),
    }),
    ["[model-id-malformed] model 'openrouter/openrouter/auto' lets OpenRouter choose the model; name one"],
  ],
  'no model at all, and settings besides': [
    chart => ({
      chain: FallbackChain.fromProviders(chart, 'Chain', { providers: [vllm()] }),
      providerSecrets: keysOf(chart, vllm()),
      extraConfig: { logging: { level: 'debug' } },
      acknowledge: { 'chain-single-provider': 'a test' },
    }),
    ["[model-tier-missing] chain 'prod/Chain' asks for the premium model of 'my-vllm', which has none for OpenClaw 2026.9.6; name one in overrides"],
  ],
  'one alias for two models': [
    chart => ({ chain: newChain(chart, [Provider.ANTHROPIC.model('claude-sonnet-5', { alias: 'best' }), Provider.OPENAI.model('gpt-5.4', { alias: 'Best' })]) }),
    ["[model-alias-taken] alias 'best' stands for 'anthropic/claude-sonnet-5' and 'openai/gpt-5.4'; give each model an alias of its own"],
  ],
  'plain text in production': [
    chart => ({
      providerSecrets: [...keysOf(chart, Provider.ANTHROPIC),
        new ProviderSecret(chart, 'Plain', { provider: Provider.OPENAI, source: SecretSource.unsafePlainText('sk-1') })],
    }),
    ["[secret-plain-text] ProviderSecret 'prod/Plain' is plain text in the manifests; use SecretSource.fromStore(), fromSecret() or fromSecretName()"],
  ],
  'Secret of another namespace': [
    chart => {
      const other = newChart('other', 'elsewhere', chart.node.root as any);
      const source = SecretSource.fromSecret(new kplus.Secret(other, 'Keys'), 'key');
      return { providerSecrets: [...keysOf(chart, Provider.ANTHROPIC), new ProviderSecret(chart, 'Openai', { provider: Provider.OPENAI, source })] };
    },
    ["[secret-other-namespace] the Secret of ProviderSecret 'prod/Openai' is in namespace 'elsewhere', the gateway in 'gateways'; a pod reads only Secrets of"
      + ' its own namespace: define the secret in a chart of that namespace'],
  ],
  'secret named as a key': [
    () => ({ secrets: { OPENAI_API_KEY: SecretSource.fromSecretName('s', 'k') } }),
    ["[secret-name-taken] secrets['OPENAI_API_KEY'] has the file name 'OPENAI_API_KEY' in the pod, which another key has too; give the secret or the provider another name"],
  ],
  'a secret for tools that there is not, and the key of a provider': [
    () => ({ toolSecrets: ['GITHUB', 'OPENAI_API_KEY', 'COPY'], secrets: { COPY: SecretSource.fromSecretName('openclaw-secrets', 'OPENAI_API_KEY') } }),
    [
      "[tool-secret-unknown] toolSecrets names 'GITHUB', which is not among 'secrets' (defined: 'COPY'); add 'GITHUB' to 'secrets'",
      "[tool-secret-unknown] toolSecrets names 'OPENAI_API_KEY', which is the key of provider 'openai'; remove it, since a tool that has it could call any model",
      "[tool-secret-unknown] toolSecrets names 'COPY', which is the key of provider 'openai'; remove it, since a tool that has it could call any model",
    ],
  ],
  'a secret in a text, where OpenClaw shows it': [
    () => ({
      version: OpenClawVersion.V2026_8_2,
      secrets: { HOOKS: SecretSource.fromSecretName('hooks', 'token') },
      extraConfig: { hooks: { enabled: true, token: SecretText.of('HOOKS') } },
    }),
    ["[secret-text-shown] OpenClaw 2026.8.2 shows the value of the SecretText at extraConfig 'hooks.token' to whoever may read the gateway's configuration"
      + ' (config.get); use 2026.9.1 or newer'],
  ],
  'two providers whose keys have one name': [
    chart => {
      const [east, west] = [Provider.azureOpenAi({ endpoint: 'https://east.openai.azure.com' }),
        Provider.azureOpenAi({ endpoint: 'https://west.openai.azure.com', id: 'azure-openai' })];
      const keyOf = (provider: Provider) => new ProviderSecret(chart, provider.id, { provider, source: SecretSource.fromSecretName(provider.id, 'key') });
      return { chain: newChain(chart, [east.model('a', FACTS), west.model('b', FACTS)]), providerSecrets: [east, west].map(keyOf) };
    },
    ["[secret-name-taken] ProviderSecret 'prod/azure-openai' has the file name 'AZURE_OPENAI_API_KEY' in the pod, which another key has too; give the"
      + ' secret or the provider another name'],
  ],
  'secrets in the environment under harmless names': [
    chart => ({
      envVariables: {
        A: kplus.EnvValue.fromValue('sk-ant-api03-0123456789abcdef'),
        B: kplus.EnvValue.fromSecretValue({ secret: kplus.Secret.fromSecretName(chart, 'Other', 'other'), key: 'k' }),
        MAX_TOKENS: kplus.EnvValue.fromValue('100'),
      },
    }),
    ['A', 'B'].map(name => `[key-in-environment] envVariables['${name}'] is a secret in the environment, where no rotation reaches it; use secrets and refer to it in`
      + ' extraConfig'),
  ],
  'key and reserved name in the environment': [
    () => ({ envVariables: { ANTHROPIC_API_KEY: kplus.EnvValue.fromValue('x'), OPENCLAW_STATE_DIR: kplus.EnvValue.fromValue('/x') } }),
    ["[key-in-environment] envVariables['ANTHROPIC_API_KEY'] is a key in the environment, where it beats the rotated one and may make the gateway install a"
      + ' plugin at start; use providerSecrets',
    "[environment-reserved] envVariables['OPENCLAW_STATE_DIR'] is set by the library or changes what it promises; remove it"],
  ],
  'settings that props govern': [
    () => ({ extraConfig: { agents: { defaults: { model: { primary: 'openai/gpt-5.4' } } }, gateway: { bind: 'loopback' } } }),
    ['[governed-path]', '[governed-path]'],
  ],
  'setting that is no JSON': [
    () => ({ extraConfig: { logging: { maxFileBytes: NaN } } }),
    ["[config-malformed] extraConfig 'logging.maxFileBytes' is NaN; it must be plain JSON"],
  ],
  'unknown setting': [
    () => ({ extraConfig: { gatway: {} } }),
    ['[config-unknown-key]'],
  ],
  'text of a form that OpenClaw refuses': [
    () => ({ extraConfig: { agents: { defaults: { heartbeat: { activeHours: { start: '25:00' } } } } } }),
    ["[config-refused] extraConfig 'agents.defaults.heartbeat.activeHours.start' is the string '25:00'; OpenClaw takes a time such as '08:00', '23:59' at the latest"],
  ],
  'channel whose plugin is off': [
    () => ({ extraConfig: { channels: { telegram: { enabled: true } } } }),
    ['[plugin-off]'],
  ],
  'secret in extraConfig': [
    () => ({ plugins: ['telegram'], extraConfig: { channels: { telegram: { botToken: '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw' } } } }),
    ['[secret-in-config]'],
  ],
  'misspelt plugin': [
    () => ({ plugins: ['telegramm'] }),
    ["[plugin-unknown] plugins names 'telegramm', which OpenClaw 2026.9.6 does not bundle; did you mean 'telegram'? bundled are telegram, a2a, active-memory, "],
  ],
  'packages that do not fit': [
    () => ({
      version: OpenClawVersion.V2026_8_2,
      plugins: ['matrix'],
      pluginPackages: [
        PluginPackage.official('mistral'), PluginPackage.official('slck'), PluginPackage.official('telegram'), PluginPackage.official('memory-lancedb'),
        PluginPackage.official('discord', { version: '2026.9.6' }), PluginPackage.npm('@openclaw/brave-plugin', { version: '2026.9.5', integrity: `sha512-${'A'.repeat(86)}==` }),
      ],
    }),
    [
      "[plugin-unknown] plugins names 'matrix', which OpenClaw 2026.8.2 does not bundle; npm has it as @openclaw/matrix: name it in 'pluginPackages', PluginPackage.official('matrix')",
      "[plugin-package-unfit] pluginPackages names 'mistral', but no version of @openclaw/mistral-provider that was read fits OpenClaw 2026.8.2: the oldest needs 2026.9.5;"
      + ' use this version of OpenClaw or a newer one, or give version and integrity of one that fits',
      "[plugin-package-unfit] pluginPackages names 'slck', which is no official plugin of OpenClaw 2026.8.2; did you mean 'slack'? use PluginPackage.npm(…) for others. Official are acpx, ",
      "[plugin-package-unfit] pluginPackages names 'telegram', which OpenClaw 2026.8.2 bundles; name it in 'plugins' instead",
      "[plugin-package-unfit] pluginPackages names 'memory-lancedb', which would call a model that nobody named; remove it and name one in 'modelSlots.memoryEmbeddings'",
      '[plugin-package-unfit] pluginPackages asks for @openclaw/discord@2026.9.6, which needs OpenClaw 2026.9.6 or newer; leave the version out, or use such a version of OpenClaw',
      "[plugin-package-unfit] pluginPackages installs @openclaw/brave-plugin, whose plugin is 'brave', as 'brave-plugin'; use PluginPackage.official('brave')",
    ],
  ],
  'what an old version cannot do': [
    chart => ({
      version: OpenClawVersion.V2026_7_1,
      chain: new FallbackChain(chart, 'Chain', { primary: SONNET, fallbacks: [Provider.OPENAI.model('gpt-5.4')], retries: 2 }),
      allowlist: new ModelAllowlist(chart, 'Allowlist', {
        providers: [Provider.ANTHROPIC, Provider.OPENAI],
        patterns: [Provider.OPENROUTER.pattern('deepseek/*')],
      }),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.OPENROUTER),
    }),
    ["[version-unsupported] OpenClaw 2026.7.1 does not let retries be chosen (chain 'prod/Chain' asks for 2); leave retries out or use 2026.9.1 or newer",
      "[version-unsupported] OpenClaw 2026.7.1 does not accept patterns below a whole provider ('openrouter/deepseek/*'); list the models or use 2026.8.1 or newer"],
  ],
  'too little memory': [
    () => ({ resources: { memory: { request: Size.mebibytes(512), limit: Size.gibibytes(1) } } }),
    ['[memory-too-small] resources.memory.request is 512 MiB; OpenClaw 2026.9.6 needs at least 1024 MiB',
      '[memory-too-small] resources.memory.limit is 1024 MiB; OpenClaw 2026.9.6 needs at least 2048 MiB'],
  ],
  'moving tag': [
    () => ({ image: 'registry.example.com:5000/openclaw:latest' }),
    ["[image-not-pinned] image 'registry.example.com:5000/openclaw:latest' has the tag 'latest', which may move; name a version ('…:2026.9.6-slim') or a digest"],
  ],
  'no tag': [
    () => ({ image: 'registry.example.com:5000/openclaw' }),
    ["[image-not-pinned] image 'registry.example.com:5000/openclaw' has no tag; name a version ('…:2026.9.6-slim') or a digest"],
  ],
  'tag that OpenClaw moves': [
    () => ({ image: 'ghcr.io/openclaw/openclaw:main-slim' }),
    ["[image-not-pinned] image 'ghcr.io/openclaw/openclaw:main-slim' has the tag 'main-slim', which may move; name a version ('…:2026.9.6-slim') or a digest"],
  ],
  'image of another release': [
    () => ({ image: 'registry.example.com/openclaw:2026.7.1-2-slim' }),
    ["[image-other-version] image 'registry.example.com/openclaw:2026.7.1-2-slim' has OpenClaw 2026.7.1-2, but version is 2026.9.6; each version"
      + ' accepts another configuration: name the same version in both'],
  ],
  'claim of another gateway': [
    chart => ({
      state: GatewayState.existing(newGateway(chart, {
        chain: newChain(chart, [SONNET, GPT], 'FirstChain'),
        providerSecrets: keysOf(newChart('keys', null, chart.node.root as any), Provider.ANTHROPIC, Provider.OPENAI),
      }, 'First').stateClaim, { path: 'openclaw' }),
    }),
    ["[claim-shared] the claim of state is already used by 'prod/First'; give each gateway its own claim (two gateways on one state destroy it)"],
  ],
  'claim of another namespace': [
    chart => {
      const other = newChart('other', 'elsewhere', chart.node.root as any);
      return { state: GatewayState.existing(kplus.PersistentVolumeClaim.fromClaimName(other, 'Claim', 'state'), { path: '' }) };
    },
    ["[reference-other-namespace] the claim of state is in namespace 'elsewhere', the gateway in 'gateways'; a pod can only use objects of its own namespace: put both into one namespace"],
  ],
  'short name and auth profile in a model': [
    chart => ({ chain: newChain(chart, [Provider.ANTHROPIC.model('opus', FACTS), Provider.OPENAI.model('gpt-5.4@work', FACTS)]) }),
    ["[model-id-malformed] model 'openai/gpt-5.4@work' has an '@' in its id, after which OpenClaw expects an auth profile; write the id without it",
      "[model-unknown] model 'anthropic/opus' is OpenClaw's short name for 'anthropic/claude-opus-5'; write that"],
  ],
  "a provider's key for a channel": [
    () => ({
      plugins: ['telegram'],
      extraConfig: { channels: { telegram: { botToken: { source: 'file', provider: 'keys', id: '/ANTHROPIC_API_KEY' } } } },
    }),
    ["[secret-in-config] extraConfig 'channels.telegram.botToken' refers to '/ANTHROPIC_API_KEY', the key of a provider, which only calls of models"
      + " may use; add a secret of another name to 'secrets'"],
  ],
  'acknowledging wrongly': [
    () => ({ acknowledge: { 'chain-single-providr': 'x', 'governed-path': 'x', 'image-not-pinned': ' ' } }),
    ["[acknowledge-misused] acknowledge['chain-single-providr'] is not the id of a rule; did you mean 'chain-single-provider'?",
      "[acknowledge-misused] acknowledge['governed-path'] is a rule that cannot be acknowledged; fix its finding instead (rules that can be acknowledged:"
      + ' model-deprecated, context-window-tight, model-too-expensive, chain-single-provider, provider-url-unencrypted, provider-unreachable, provider-key-unused, provider-keys-unused, provider-key-shared, guard-environment-unused, secret-text-shown, exposure-insecure, exposure-proxy-unknown, exposure-closed, network-closes-plugins,'
      + ' url-unreachable, plugin-package-unpinned, memory-too-small, image-not-pinned, image-other-version, safety-refusal-model)',
      "[acknowledge-misused] acknowledge['image-not-pinned'] has no reason; write a sentence that says why the finding is accepted"],
  ],
};

const ALL_REFUSED = { ...REFUSED, ...GUARD_REFUSED };
const FACTS = { contextWindow: 32768, maxTokens: 4096 };
const MINI = Provider.OPENAI.model('gpt-5.4-mini');
const EMBEDDINGS = Provider.OPENAI.model('text-embedding-3-small');

function vllm() {
  return VLLM;
}
const VLLM = Provider.custom('my-vllm', { baseUrl: 'http://vllm.models.svc:8000/v1' });

/** Messages without how to accept their findings, which test/policy/remedies.test.ts follows. */
const withoutAcknowledging = (message: string) => message.replace(/, or accept it: acknowledge: \{ '[a-z-]+': '<reason>' \}/g, '');

describe('refused', () => {
  test.each(Object.entries(ALL_REFUSED))('%s', (_, [props, expected]) => {
    const chart = newChart();
    const [title, ...lines] = withoutAcknowledging(messageOf(() => newGateway(chart, props(chart)))).split('\n');
    expect(title).toBe(`OpenClawDeployment 'prod/Gateway' has ${expected.length} problem${expected.length > 1 ? 's' : ''}:`);
    expect(lines.map((line, i) => /[\], ]$/.test(expected[i] ?? '') ? line.slice(2, 2 + expected[i].length) : line.trim())).toEqual(expected);
  });

  test('everything at once, and nothing is synthesised', () => {
    const chart = newChart();
    const message = messageOf(() => newGateway(chart, {
      chain: newChain(chart, [Provider.ANTHROPIC.model('claude-sonet-5')]),
      providerSecrets: [],
      image: 'openclaw',
      extraConfig: { gatway: {} },
    }));
    expect(Testing.synth(chart)).toEqual([]);
    expect(message.match(/\[[a-z-]+\]/g)).toEqual(
      ['[model-unknown]', '[chain-single-provider]', '[provider-key-missing]', '[config-unknown-key]', '[image-not-pinned]']);
  });
});

describe('findings that are not errors', () => {
  test('in development the rules of its preset are notices', () => {
    const chart = newChart();
    const { findings } = newGateway(chart, {
      preset: Preset.DEV,
      chain: newChain(chart, [Provider.ANTHROPIC.model('claude-opus-4-8')]),
      providerSecrets: [new ProviderSecret(chart, 'Plain', { provider: Provider.ANTHROPIC, source: SecretSource.unsafePlainText('sk-1') })],
      image: 'openclaw:latest',
    });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual(
      ['model-deprecated', 'chain-single-provider', 'secret-plain-text', 'image-not-pinned'].map(rule => [rule, FindingSeverity.NOTICE]));
  });

  test('an acknowledged rule of judgement stays visible with its reason', () => {
    const chart = newChart();
    const { findings } = newGateway(chart, {
      chain: newChain(chart, [SONNET]),
      providerSecrets: keysOf(chart, Provider.ANTHROPIC),
      acknowledge: { 'chain-single-provider': 'one contract so far' },
    });
    expect(findings).toEqual([expect.objectContaining({ rule: 'chain-single-provider', severity: 'error', acknowledged: 'one contract so far' })]);
  });

  test('models whose refusals another model answers, and untested versions, are notices', () => {
    const chart = newChart();
    const { findings } = newGateway(chart, { version: OpenClawVersion.of('2026.12.1'), chain: newChain(chart, [Provider.ANTHROPIC.model('claude-opus-5'), GPT]) });
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['version-untested notice', 'safety-refusal-model notice']);
    expect(findings[1].message).toBe("what 'anthropic/claude-opus-5' refuses for safety, Anthropic answers with another of its models inside the same call, and"
      + " no setting turns this off; use another model, or accept it: acknowledge: { 'safety-refusal-model': '<reason>' }");
  });

  test.each([
    ['2026.12.1', 'OpenClaw 2026.12.1 is newer than 2026.9.6, the newest that this version of cdk8s-openclaw was validated with;'
      + ' it is treated as 2026.9.6; update cdk8s-openclaw'],
    ['2026.8.33', 'OpenClaw 2026.8.33 is none of the versions that this version of cdk8s-openclaw has read; it is treated as 2026.8.2; update cdk8s-openclaw'],
  ])('%s, which was not read: what its nearest version does not have is a notice about that version', (release, message) => {
    const chart = newChart();
    const nearest = /treated as ([\d.]+\d)/.exec(message)![1];
    const { findings } = newGateway(chart, {
      version: OpenClawVersion.of(release),
      plugins: ['brand-new'],
      chain: newChain(chart, [Provider.OPENAI.model('gpt-99', { ...FACTS, contextWindow: 200_000 }), Provider.ANTHROPIC.model('claude-opus-4-8')]),
      extraConfig: { brandNew: true, channels: { newest: {} } },
    });
    const name = `OpenClaw ${nearest} (the nearest to ${release} that was read)`;
    expect(findings.map(finding => [finding.rule, finding.severity])).toEqual([
      'model-deprecated', 'config-unknown-key', 'config-unknown-key', 'plugin-unknown', 'version-untested',
    ].map(rule => [rule, 'notice']));
    expect(findings.map(finding => finding.message.replace(/; allowed here.*/, '; …'))).toEqual([
      `model 'anthropic/claude-opus-4-8' is deprecated in ${name}; use 'anthropic/claude-opus-5', or accept it: acknowledge: { 'model-deprecated': '<reason>' }`,
      `extraConfig 'brandNew' is not a setting of ${name}; …`,
      `extraConfig 'channels.newest' configures a channel that no plugin bundled with ${name} serves; remove it`,
      expect.stringContaining(`plugins names 'brand-new', which ${name} does not bundle; bundled are a2a, `),
      message,
    ]);
  });

  test('a version that was not read: a model without facts is refused, with what to give', () => {
    const chart = newChart();
    const chain = newChain(chart, [Provider.OPENAI.model('gpt-99'), SONNET]);
    expect(messageOf(() => newGateway(chart, { version: OpenClawVersion.of('2026.12.1'), chain }))).toMatch(
      /\[model-unknown\] model 'openai\/gpt-99' is not in the catalog of OpenClaw 2026\.9\.6 \(the nearest to 2026\.12\.1 that was read\); .*give model\(\) its contextWindow and maxTokens/);
  });

  test('models that came later to a maintained line are accepted there', () => {
    const chart = newChart();
    const chain = newChain(chart, [Provider.OPENAI.model('gpt-6-astra'), Provider.ANTHROPIC.model('claude-opus-5')]);
    expect(newGateway(chart, { version: OpenClawVersion.of('2026.7.35'), chain }).findings.map(({ rule }) => rule)).toEqual(['safety-refusal-model']);
  });

  test('a server that no network policy can be derived for is a notice where the network is closed', () => {
    const chart = newChart();
    const corp = Provider.custom('corp', { baseUrl: 'https://llm.corp.local/v1', requiresKey: false });
    const { findings } = newGateway(chart, { chain: newChain(chart, [SONNET, corp.model('x', FACTS)]), providerSecrets: keysOf(chart, Provider.ANTHROPIC) });
    expect(findings.map(({ message }) => withoutAcknowledging(message))).toEqual([
      "provider 'corp' at 'https://llm.corp.local/v1' is neither a Service nor public, so the network policy keeps the gateway from it; add its address with"
        + ' gateway.networkPolicy.addEgressRule()',
    ]);
  });

  test.each(['gpubox.lan', 'nas.home.arpa', 'llm.corp', 'gpu.tail1234.ts.net', 'host.docker.internal', '10.1.2.3', '[fd00::1]'])('%s is no public host', host => {
    const chainOf = (chart: Chart) => newChain(chart, [SONNET, Provider.custom('corp', { baseUrl: `https://${host}/v1`, requiresKey: false }).model('x', FACTS)]);
    const unreachable = (ciliumEgress?: CiliumEgress) => {
      const chart = newChart();
      const { findings } = newGateway(chart, { chain: chainOf(chart), providerSecrets: keysOf(chart, Provider.ANTHROPIC), ciliumEgress });
      return findings.some(({ rule }) => rule === 'provider-unreachable');
    };
    expect([unreachable(), unreachable({})]).toEqual([true, /\d/.test(host[0]) || host.startsWith('[')]);
  });

  test('plugins beside a guard in pods of its own reach no server where the network is closed', () => {
    const { findings } = newGateway(newChart(), { guard: ModelGuard.pod(), plugins: ['telegram'] });
    expect(findings.map(({ rule, severity, message }) => [rule, severity, withoutAcknowledging(message)])).toEqual([['network-closes-plugins', 'notice',
      'the network policies let the gateway reach the guard and DNS only, so plugins (telegram) reach no server; add theirs with'
        + ' gateway.networkPolicy.addEgressRule()']]);
  });

  test('plugins reach no server where Cilium closes the network to hosts that are not named', () => {
    const closedTo = (ciliumEgress: CiliumEgress, guard = ModelGuard.none()) => newGateway(newChart(), { ciliumEgress, guard, plugins: ['telegram'] }).findings
      .map(({ rule, message }) => [rule, withoutAcknowledging(message)]);
    expect(closedTo({})).toEqual([['network-closes-plugins',
      'the network policies let the gateway reach its providers and DNS only, so plugins (telegram) reach no server; add theirs to ciliumEgress.hosts']]);
    expect(closedTo({}, ModelGuard.pod())).toEqual([['network-closes-plugins',
      'the network policies let the gateway reach the guard and DNS only, so plugins (telegram) reach no server; add theirs to ciliumEgress.hosts']]);
    for (const guard of [ModelGuard.none(), ModelGuard.pod()]) expect(closedTo({ hosts: ['api.telegram.org'] }, guard)).toEqual([]);
  });

  test('hosts by name close nothing in an open network', () => {
    const { findings } = newGateway(newChart(), { preset: Preset.DEV, ciliumEgress: {} });
    expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([['cilium-egress-unused', 'notice',
      'ciliumEgress closes nothing, as preset dev leaves the network open; use a preset with isolateNetwork: true']]);
  });

  test('a pattern under which a guard knows no model is a notice', () => {
    const chart = newChart();
    const allowlist = new ModelAllowlist(chart, 'Allowlist', { providers: [Provider.ANTHROPIC, Provider.OPENAI], patterns: [Provider.OPENROUTER.pattern('no-one/*')] });
    const providerSecrets = keysOf(chart, Provider.ANTHROPIC, Provider.OPENAI, Provider.OPENROUTER);
    const { findings } = newGateway(chart, { allowlist, guard: ModelGuard.sidecar(), providerSecrets });
    expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([['guard-pattern-empty', 'notice',
      "the pattern 'no-one/*' of provider 'openrouter' covers no model that the catalog of 2026.9.6 knows, so the guard lets none of them pass; name the models"]]);
  });

  test('a gateway without anything to say has no findings', () => {
    const gateway = newGateway(newChart());
    expect(gateway.findings).toEqual([]);
    expect(configOf(gateway).agents.defaults.model.primary).toBe('anthropic/claude-sonnet-5');
  });
});

test('docs/rules.md explains every rule, and no other', () => {
  const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(match => match[1]);
  expect([...explained].sort()).toEqual([...RULES.map(rule => rule.id), 'acknowledge-misused', 'config-map-large'].sort());
});

test('a preset may turn the findings of exactly the judgements and the rules of an environment into notices', () => {
  const kinds = ['environment', 'judgement'];
  expect(NOTICE_RULES).toEqual(RULES.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id));
});

test('every rule is refused above or is a notice', () => {
  const seen = Object.values(ALL_REFUSED).flatMap(([, lines]) => lines).map(line => /\[([a-z-]+)\]/.exec(line)![1]);
  expect(RULES.map(rule => rule.id).filter(id => !seen.includes(id))).toEqual(['provider-unreachable', 'guard-option-spare', 'guard-pattern-empty', 'network-closes-plugins', 'url-unreachable', 'cilium-egress-unused', 'plugin-package-unpinned', 'version-untested', 'text-interpreted', 'safety-refusal-model']);
});
