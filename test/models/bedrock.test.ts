import { BedrockEndpoint, ModelApi, ModelGuard, Provider } from '../../src/index';
import { configOf, keysOf, messageOf, newChain, newChart, newGateway, SONNET } from '../support/gateway';

const FACTS = { contextWindow: 200_000, maxTokens: 32_000 };
const EU = Provider.bedrock({ region: 'eu-central-1' });
const MANTLE = Provider.bedrock({ region: 'us-east-1', endpoint: BedrockEndpoint.MANTLE });
const ARN = 'arn:aws:bedrock:eu-central-1:123456789012';
const { ANTHROPIC_MESSAGES, OPENAI_COMPLETIONS } = ModelApi;

test.each<[string, ModelApi]>([
  ['anthropic.claude-opus-5', ANTHROPIC_MESSAGES], ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', ANTHROPIC_MESSAGES], ['global.anthropic.claude-haiku-4-5-20251001-v1:0', ANTHROPIC_MESSAGES],
  ['us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', ANTHROPIC_MESSAGES], [`${ARN}:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0`, ANTHROPIC_MESSAGES],
  ['arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0', ANTHROPIC_MESSAGES],
  ['openai.gpt-oss-120b-1:0', OPENAI_COMPLETIONS], ['us.deepseek.r1-v1:0', OPENAI_COMPLETIONS], ['qwen.qwen3-coder-480b-a35b-v1:0', OPENAI_COMPLETIONS],
  ['ai21.jamba-1-5-large-v1:0', OPENAI_COMPLETIONS], ['zai.glm-4.6', OPENAI_COMPLETIONS], [`${ARN}:inference-profile/eu.amazon.nova-pro-v1:0`, OPENAI_COMPLETIONS],
])('the wire format of %s follows from its id: %s', (id, api) => {
  expect(EU.model(id, FACTS).api).toBe(api);
});

test.each([`${ARN}:application-inference-profile/a1b2c3`, `${ARN}:provisioned-model/a1b2c3d4e5f6`, `${ARN}:imported-model/abc`, 'claude-sonnet-5', 'my-model'])('that of %s does not: it is given', id => {
  expect(messageOf(() => EU.model(id, FACTS))).toContain("the id must name the model's company, as 'us.anthropic.");
  expect(EU.model(id, { ...FACTS, api: ANTHROPIC_MESSAGES }).api).toBe(ANTHROPIC_MESSAGES);
  expect(EU.model(id, { ...FACTS, api: OPENAI_COMPLETIONS }).api).toBe(OPENAI_COMPLETIONS);
});

test.each<[string, string]>([
  ['arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude', "the id is in region 'us-east-1', its provider in 'eu-central-1'; use Provider.bedrock({ region: 'us-east-1' })"],
  [`${ARN}:default-prompt-router/anthropic.claude:1`, 'the id is the ARN of a default-prompt-router, which chooses the model of each call; name one model'],
  [`${ARN}:prompt/ABC`, 'the id is the ARN of a prompt, which chooses the model of each call; name one model'],
  ['arn:aws:sagemaker:eu-central-1:1:endpoint/x', 'the id is no ARN of a model; write arn:aws:bedrock:<region>:<account>:inference-profile/<id>'],
  ['amazon-bedrock/anthropic.claude-opus-5', "the id names its provider twice; write model('anthropic.claude-opus-5')"],
  ['anthropic/claude-opus-5', 'the id must have no slash, which only an ARN has; write the id as AWS does'],
])('the id %s is refused', (id, problem) => {
  expect(messageOf(() => EU.model(id, { ...FACTS, api: ANTHROPIC_MESSAGES }))).toContain(`model 'bedrock/${id}': ${problem}`);
});

test('a model is called in a format that its provider speaks', () => {
  expect(messageOf(() => EU.model('openai.gpt-oss-120b-1:0', { api: ModelApi.OPENAI_RESPONSES })))
    .toContain("api must be 'anthropic-messages' or 'openai-completions', got the string 'openai-responses'");
  expect(messageOf(() => Provider.OPENAI.model('gpt-5.4', { api: OPENAI_COMPLETIONS })))
    .toContain("api must be 'openai-responses', got the string 'openai-completions'; leave it out, which is that of provider 'openai'");
  expect(Provider.OPENAI.model('gpt-5.4').api).toBe(ModelApi.OPENAI_RESPONSES);
});

test.each<[unknown, string | undefined]>([
  ['us-east-1a', 'us-east-1'], ['US-EAST-1', 'us-east-1'], ['us_east_1', 'us-east-1'], ['useast1', undefined], ['us-east1', 'us-east-1'], ['cn-north-1', undefined], ['global', undefined],
  ['https://bedrock-runtime.us-east-1.amazonaws.com', 'us-east-1'], ['', undefined], [undefined, undefined], [1, undefined], ['us-east-1.evil.com', 'us-east-1'],
])('the region %p is refused', (region, meant) => {
  const message = messageOf(() => Provider.bedrock({ region: region as string }));
  expect(message).toContain('Provider.bedrock(): region must be an AWS region such as us-east-1, got ');
  expect(/; write '(.*)'$/.exec(message)?.[1]).toBe(meant);
});

test.each([
  'us-east-1', 'eu-central-2', 'ap-southeast-3', 'us-gov-west-1', 'sa-east-1', 'ca-west-1', 'me-central-1', 'il-central-1', 'mx-central-1', 'af-south-1',
])('%s is a region', region => {
  expect(Provider.bedrock({ region }).baseUrl).toBe(`https://bedrock-runtime.${region}.amazonaws.com`);
});

test('the id of the plugin is refused, and an endpoint that is none is told what to write', () => {
  const bedrock = (options: object) => messageOf(() => Provider.bedrock({ region: 'us-east-1', ...options }));
  for (const id of ['amazon-bedrock', 'amazon-bedrock-mantle']) {
    expect(bedrock({ id })).toContain(`id is '${id}', which belongs to a plugin that OpenClaw does not bundle; leave id out, or write for example 'bedrock-eu'`);
  }
  expect(bedrock({ endpoint: 'https://bedrock-runtime.us-east-1.amazonaws.com/anthropic' })).toContain("endpoint must be a BedrockEndpoint, got 'https://bedrock-runtime.us-east-1.amazonaws.com'; write BedrockEndpoint.RUNTIME");
  expect(bedrock({ endpoint: 'https://bedrock-mantle.us-east-1.api.aws' })).toContain('; write BedrockEndpoint.MANTLE');
  expect(bedrock({ endpoint: 'https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com/' }))
    .toContain("Provider.bedrock({ region: 'us-east-1' }).customize({ baseUrl: 'https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com' })");
  expect(bedrock({ endpoint: 'Mantle' })).toContain("endpoint must be BedrockEndpoint.RUNTIME or BedrockEndpoint.MANTLE, got the string 'Mantle'");
});

test.each<[Provider, string, string]>([
  [EU, 'https://bedrock-runtime.eu-central-1.amazonaws.com/anthropic', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
  [EU, 'https://bedrock-runtime.eu-central-1.amazonaws.com/openai/v1/', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
  [EU, 'https://bedrock-runtime.eu-central-1.amazonaws.com/model/x/invoke', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
  [EU, 'https://proxy.example.com/aws/anthropic/v1/messages', 'https://proxy.example.com/aws'],
  [EU, 'https://proxy.example.com/aws/openai/v1/chat/completions', 'https://proxy.example.com/aws'],
  [EU, 'https://bedrock.eu-central-1.amazonaws.com', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
  [EU, 'https://bedrock-agent-runtime.eu-central-1.amazonaws.com', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
  [EU, 'https://bedrock-runtime.us-east-1.amazonaws.com', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
  [EU, 'https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com', 'https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com'],
  [MANTLE, 'https://bedrock-mantle.us-east-1.api.aws/v1', 'https://bedrock-mantle.us-east-1.api.aws'],
  [MANTLE, 'https://bedrock-mantle.us-east-1.api.aws/openai/v1', 'https://bedrock-mantle.us-east-1.api.aws/openai'],
])('%# %p', (provider, baseUrl, right) => {
  expect(messageOf(() => provider.customize({ baseUrl }))).toContain(`write '${right}'`);
  expect(provider.customize({ baseUrl: right }).baseUrl).toBe(right);
});

test('a password in a URL is not shown', () => {
  const url = 'https://user:hunter2@bedrock-runtime.us-east-1.amazonaws.com/anthropic';
  for (const call of [() => EU.customize({ baseUrl: url }), () => Provider.bedrock({ region: 'us-east-1', endpoint: url as BedrockEndpoint })]) {
    expect(messageOf(call)).not.toContain('hunter2');
  }
});

test('an endpoint of the VPC, of FIPS, and a proxy', () => {
  for (const baseUrl of ['https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com', 'https://bedrock-runtime-fips.eu-central-1.amazonaws.com', 'https://proxy.example.com/aws']) {
    expect(EU.customize({ baseUrl }).baseUrl).toBe(baseUrl);
  }
});

/** What a gateway renders for models of Bedrock. */
function rendered(provider: Provider, guard: ModelGuard) {
  const chart = newChart();
  const models = [provider.model('anthropic.claude-opus-5', FACTS), provider.model('openai.gpt-oss-120b', { ...FACTS, alias: 'oss' })];
  const providerSecrets = keysOf(chart, Provider.ANTHROPIC, provider);
  const gateway = newGateway(chart, { guard, chain: newChain(chart, [SONNET, ...models]), providerSecrets });
  return { config: configOf(gateway), gateway };
}

test.each<[Provider, string, string]>([
  [EU, 'https://bedrock-runtime.eu-central-1.amazonaws.com/anthropic', 'https://bedrock-runtime.eu-central-1.amazonaws.com/openai/v1'],
  [MANTLE, 'https://bedrock-mantle.us-east-1.api.aws/anthropic', 'https://bedrock-mantle.us-east-1.api.aws/v1'],
  [EU.customize({ baseUrl: 'https://proxy.example.com/aws/' }), 'https://proxy.example.com/aws/anthropic', 'https://proxy.example.com/aws/openai/v1'],
])('%# without a guard each format has its URL, and the key is a bearer token', (provider, messages, completions) => {
  const { bedrock } = rendered(provider, ModelGuard.none()).config.models.providers;
  expect(bedrock).toMatchObject({ baseUrl: messages, api: 'anthropic-messages', authHeader: true, apiKey: { source: 'file', provider: 'keys', id: '/AWS_BEARER_TOKEN_BEDROCK' } });
  const [claude, oss] = bedrock.models;
  expect(claude).toMatchObject({ id: 'anthropic.claude-opus-5', headers: { 'x-api-key': '' } });
  expect(Object.keys(claude)).not.toContain('api');
  expect(oss).toMatchObject({ id: 'openai.gpt-oss-120b', api: 'openai-completions', baseUrl: completions });
  expect(Object.keys(oss)).not.toContain('headers');
});

test('behind a guard each format has its route, with its models alone', () => {
  const { config, gateway } = rendered(EU, ModelGuard.sidecar());
  const { bedrock } = config.models.providers;
  expect(bedrock).toMatchObject({ baseUrl: 'http://127.0.0.1:9400/bedrock/anthropic', apiKey: 'guarded' });
  expect(Object.keys(bedrock)).not.toContain('authHeader');
  expect(bedrock.models.map(({ api, baseUrl, headers }: any) => [api, baseUrl, headers]))
    .toEqual([[undefined, undefined, undefined], ['openai-completions', 'http://127.0.0.1:9400/bedrock/openai/v1', undefined]]);
  const [{ virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guard!.policy.data['routes.json']).resources;
  expect(routes.filter(({ match }: any) => match.path?.startsWith('/bedrock')).map(({ match, route, typed_per_filter_config: config_ }: any) =>
    [match.path, route.prefix_rewrite, route.host_rewrite_literal, Object.keys(config_['allowed-models'].rbac.rules.policies)])).toEqual([
    ['/bedrock/anthropic/v1/messages', '/anthropic/v1/messages', 'bedrock-runtime.eu-central-1.amazonaws.com', ['bedrock/anthropic_claude-opus-5']],
    ['/bedrock/openai/v1/chat/completions', '/openai/v1/chat/completions', 'bedrock-runtime.eu-central-1.amazonaws.com', ['bedrock/openai_gpt-oss-120b']],
  ]);
});

test('two regions are two providers, each with its key', () => {
  const chart = newChart();
  const us = Provider.bedrock({ region: 'us-east-1', id: 'bedrock-us' });
  const gateway = newGateway(chart, {
    chain: newChain(chart, [EU, us].map(provider => provider.model('anthropic.claude-opus-5', FACTS))),
    providerSecrets: keysOf(chart, EU, us),
  });
  expect([EU, us].map(({ keyName }) => keyName)).toEqual(['AWS_BEARER_TOKEN_BEDROCK', 'BEDROCK_US_API_KEY']);
  expect(Object.keys(configOf(gateway).models.providers)).toEqual(['bedrock', 'bedrock-us']);
});

test('a model without facts is told what to give', () => {
  const chart = newChart();
  expect(messageOf(() => newGateway(chart, { chain: newChain(chart, [SONNET, EU.model('anthropic.claude-opus-5')]), providerSecrets: keysOf(chart, Provider.ANTHROPIC, EU) })))
    .toContain("model 'bedrock/anthropic.claude-opus-5' is not in OpenClaw's catalog, which has no models of bedrock providers; give model() its contextWindow and maxTokens");
});
