import * as fc from 'fast-check';
import { inputOf, problems, RENDERED } from './fixture';
import { checkExtraConfig } from '../../src/extra-config/check-extra-config';
import { GOVERNED_KEYS, GOVERNED_PATHS } from '../../src/extra-config/governed-paths';
import { RETIRED } from '../../src/extra-config/retired';
import { configSchema, JsonSchema } from '../../src/extra-config/schema';
import { alternatives, schemasAt } from '../../src/extra-config/schema-path';
import { ConfigPath, formatPath, parsePath } from '../../src/input/config-path';
import { STORED_SCHEMAS as STORED } from '../support/stored-facts';

/** `agents.list[0].model` with a value becomes the nested object. */
const at = (path: ConfigPath, value: unknown) => path.reduceRight<unknown>((inner, segment) => (typeof segment === 'number' ? [inner] : { [segment]: inner }), value);
const governed = (path: string, why: string) => `governed-path: extraConfig '${path}' ${why}`;

const CHAIN = "is rendered from 'chain'; remove it and change 'chain'";
const NAMES = "names a model, and models are chosen by 'chain', 'allowlist' and 'modelSlots'; remove it";
const SPEECH = 'is not supported here: speech services call models outside the allowlist; remove it';
const MEMORY = "decides which model memory search calls, as 'modelSlots.memoryEmbeddings' does; remove it";
const slot = (name: string) => `is rendered from 'modelSlots.${name}'; remove it and change 'modelSlots.${name}'`;
const RUNTIME = 'is not supported here: another runtime calls models of its own; remove it';
const FIXED = 'is fixed: the Service and the probes need it; remove it';

test.each<[string, unknown, string]>([
  ['defaultModel', 'a', CHAIN],
  ['llmConfig', {}, CHAIN],
  ['models.allowlist', [], "is rendered from 'allowlist'; remove it and change 'allowlist'"],
  ['models.providers', { openai: {} }, "is rendered from 'chain', 'allowlist', 'providerKeys' and 'providerSecrets'; remove it and use Provider.custom() or Provider.customize()"],
  ['models.mode', 'merge', "is rendered from 'chain' and 'allowlist'; remove it"],
  ['models', 'all', 'is rendered as an object; remove it or make it an object with the settings to add'],
  ['gateway', null, 'is rendered as an object; remove it or make it an object with the settings to add'],
  ['gateway.auth', true, "is rendered from 'auth'; remove it and change 'auth'"],
  ['gateway.auth.token', 'abc', "is rendered from 'auth'; remove it and change 'auth'"],
  ['gateway.trustedProxies', [], "is rendered from 'exposure'; remove it and change 'exposure'"],
  ['gateway.publicOrigin', 'https://a.example.com', "is rendered from 'exposure'; remove it and change 'exposure'"],
  ['gateway.controlUi.allowedOrigins', ['*'], "is rendered from 'exposure'; remove it and change 'exposure'"],
  ['gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback', true,
    'is not supported here: any site could use a browser that is signed in; name its origin in exposure'],
  ['gateway.controlUi.dangerouslyDisableDeviceAuth', true, 'is not supported here: any browser with the token would be in; approve each once'],
  ['gateway.http.endpoints', {}, "is rendered from 'httpApi'; remove it and change 'httpApi'"],
  ['gateway.bind', '0.0.0.0', FIXED],
  ['gateway.port', 80, FIXED],
  ['gateway.mode', 'remote', "is always rendered as 'local'; remove it"],
  ['gateway.controlUi.sessionObserver', true, 'is always rendered as false; remove it'],
  ['plugins.entries.telegram.enabled', false, "is rendered from 'plugins'; remove it and change 'plugins'"],
  ['secrets.providers.keys', { path: '/other.json' }, "is rendered from 'providerKeys', 'providerSecrets' and 'secrets'; remove it"],
  ['auth.profiles', {}, "is rendered from 'providerSecrets'; remove it and change 'providerSecrets'"],
  ['env', { vars: {} }, "is not supported here; use 'envVariables' for plain values and 'secrets' for keys"],
  ['$include', './other.json', 'is not supported here: the pod has no file to include; put the settings themselves into extraConfig'],
  ['channels.telegram.$include', './x.json', 'is not supported here: the pod has no file to include; put the settings themselves into extraConfig'],
  ['agents.defaults.model', 'a', CHAIN],
  ['agents.defaults.modelPolicy', { allow: ['*'] }, "is rendered from 'allowlist'; remove it and change 'allowlist'"],
  ['agents.defaults.utilityModel', 'a', slot('utility')],
  ['agents.defaults.imageModel', { primary: 'a' }, slot('image')],
  ['agents.defaults.pdfModel', 'a', slot('pdf')],
  ['agents.entries.coder.utilityModel', 'a', NAMES],
  ['agents.defaults.voiceModel', 'a', NAMES],
  ['agents.defaults.mediaModels', {}, NAMES],
  ['agents.defaults.heartbeat.every', '5m', slot('heartbeat')],
  ['agents.defaults.heartbeat.model', 'a', slot('heartbeat')],
  ['agents.defaults.subagents.model', 'a', NAMES],
  ['agents.defaults.compaction.model', 'a', NAMES],
  ['agents.defaults.compaction.memoryFlush.model', 'a', NAMES],
  ['agents.defaults.compaction.provider', 'a', 'is not supported here: it may call a model outside the allowlist; remove it'],
  ['agents.defaults.embeddedAgent.cyberFailover', {}, 'is not supported here: it calls a model outside the allowlist; remove it'],
  ['agents.entries.coder.model', 'a', NAMES],
  ['agents.entries.coder.runtime', {}, RUNTIME],
  ['agents.entries.coder.memory.search.provider', 'openai', MEMORY],
  ['tools.exec.reviewer.model', 'a', NAMES],
  ['tools.media.models', [], NAMES],
  ['tools.media.image.enabled', true, slot('image')],
  ['memory.search.model', 'a', MEMORY],
  ['channels.modelByChannel', {}, NAMES],
  ['tts', {}, SPEECH],
  ['plugins.entries.mine.config.model', 'a', NAMES],
  ['plugins.entries.mine.llm.allowModelOverride', true, NAMES],
  ['plugins.entries.mine.subagent.allowedModels', [], NAMES],
  ['talk', {}, 'is not supported here: talk mode calls speech models outside the allowlist; remove it'],
  ['acp', {}, 'is not supported here: an ACP backend calls models of its own; remove it'],
])('%s', (path, value, why) => {
  expect(problems(at(parsePath(path), value)).filter(problem => problem.startsWith('governed'))).toEqual([governed(path, why)]);
});

test('a key with dots is read as the path that it looks like', () => {
  expect(problems({ 'agents.defaults.model': 'a' })).toEqual([
    governed('["agents.defaults.model"]', `stands for 'agents.defaults.model', which ${CHAIN}`),
  ]);
  expect(problems({ 'agents.entries': { coder: { model: 'a' } } })).toEqual([
    'config-unknown-key: extraConfig \'["agents.entries"]\' is one key with dots, not a path; write it nested: { agents: { entries: … } }',
    governed('["agents.entries"].coder.model', `stands for 'agents.entries.coder.model', which ${NAMES}`),
  ]);
});

test('what a governed setting contains is not reported again', () => {
  expect(problems({ models: { providers: { anthropic: { unheardOf: 1, apiKey: 'abc' } } } })).toEqual([
    governed('models.providers', "is rendered from 'chain', 'allowlist', 'providerKeys' and 'providerSecrets'; remove it and use Provider.custom() or Provider.customize()"),
  ]);
});

/** Every property of a schema with its path, `*` for a free key and 0 for an item. */
function properties(schema: JsonSchema, path: ConfigPath = []): ConfigPath[] {
  return alternatives(schema).flatMap(s => [
    ...Object.entries(s.properties ?? {}).flatMap(([key, value]) => [[...path, key], ...properties(value, [...path, key])]),
    ...typeof s.additionalProperties === 'object' ? properties(s.additionalProperties, [...path, '*']) : [],
    ...typeof s.items === 'object' ? [s.items].flat().flatMap(item => properties(item as JsonSchema, [...path, 0])) : [],
  ]);
}

/** Settings whose name has "model" in it although they choose none. */
const HARMLESS = /localModelLean|showModelSignature|^meta\./;

test.each(STORED)('every setting of %s that names a model is governed', release => {
  const named = properties(configSchema(release)).filter(path => /model/i.test(String(path[path.length - 1])) && !HARMLESS.test(formatPath(path)));
  expect(named.length).toBeGreaterThan(200);
  const open = named.filter(path => !checkExtraConfig(inputOf(at(path, 'a'), { release, rendered: { models: {} } })).some(({ rule }) => rule === 'governed-path'));
  expect([...new Set(open.map(formatPath))]).toEqual([]);
});

test('a governed key is found at any depth, in arrays, and taken apart at dots', () => {
  const step = fc.constantFrom<ConfigPath>(['agents', 'defaults'], ['heartbeat'], ['list', 0], ['channels', 'telegram'], ['accounts', 'a'], ['x', 0], ['config']);
  const key = fc.constantFrom('model', 'utilityModel', 'modelPolicy', '$include', 'memorySearch', 'tts', 'allowedModels', 'cliBackends');
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), key, fc.boolean(), (steps, last, dots) => {
    const path = [...steps.flat(), last];
    const extra = dots ? { [formatPath(path)]: 'a' } : at(path, 'a');
    expect(problems(extra).filter(problem => problem.startsWith('governed'))).toHaveLength(1);
  }));
});

test('each row of the tables is of use', () => {
  const used = new Set(STORED.flatMap(release => properties(configSchema(release))).map(path => String(path[path.length - 1])));
  for (const [key] of GOVERNED_KEYS) expect([...used].filter(name => key.test(name)).slice(0, 1)).toHaveLength(1);
  expect(new Set(GOVERNED_PATHS.map(([pattern]) => pattern)).size).toBe(GOVERNED_PATHS.length);
});

test.each(RETIRED.map(row => [...row]))('what replaces %s exists where the key does not', (pattern, ...replacements) => {
  const key = parsePath(pattern);
  const without = STORED.map(configSchema).filter(schema => schemasAt(schema, key).length === 0);
  const helped = without.filter(schema => replacements.some(replacement => schemasAt(schema, parsePath(replacement)).length > 0));
  expect(helped.length).toBeGreaterThan(0);
});

test('nothing that is accepted changes what is rendered', () => {
  expect(checkExtraConfig(inputOf(RENDERED)).every(({ rule }) => rule === 'governed-path')).toBe(true);
});

describe('what copied configurations repeat passes', () => {
  /** Every value of the rendered configuration with its path. */
  const valuesOf = (value: unknown, path: ConfigPath = []): (readonly [ConfigPath, unknown])[] => [
    ...path.length > 0 ? [[path, value] as const] : [],
    ...typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).flatMap(([key, inner]) => valuesOf(inner, [...path, key])) : [],
  ];

  test.each(valuesOf(RENDERED).map(([path, value]) => [formatPath(path), value]))('%s as it is rendered', (path, value) => {
    expect(problems(at(parsePath(path), value))).toEqual([]);
  });

  test('in another order, and as part of it', () => {
    const RENDERED_LISTS = {
      gateway: { trustedProxies: ['10.0.0.1', '10.0.0.2'] },
      models: { providers: { a: { models: [{ id: 'x', cost: undefined, input: ['text', 'image'] }] } } },
      agents: { defaults: { model: { primary: 'p', fallbacks: ['a', 'b'] } } },
    };
    const same = (extra: object) => problems(extra, { rendered: RENDERED_LISTS }).filter(problem => problem.startsWith('governed')).length === 0;
    expect(same(JSON.parse(JSON.stringify(RENDERED_LISTS)))).toBe(true);
    expect(same({ gateway: { trustedProxies: ['10.0.0.2', '10.0.0.1'] } })).toBe(true);
    expect(same({ gateway: { trustedProxies: ['10.0.0.2'] } })).toBe(false);
    expect(same({ models: { providers: { a: { models: [{ input: ['text', 'image'], id: 'x' }] } } } })).toBe(true);
    expect(same({ models: { providers: { a: { models: [{ id: 'x' }] } } } })).toBe(false);
    expect(same({ models: { providers: { a: {} } } })).toBe(true);
    expect(same({ agents: { defaults: { model: { primary: 'p' } } } })).toBe(true);
    expect(same({ agents: { defaults: { model: { fallbacks: ['b', 'a'] } } } })).toBe(false);
  });

  test.each(['gateway.tailscale', 'gateway.tls', 'tts', 'talk', 'acp'])('%s switched off', path => {
    for (const off of [false, { enabled: false }, { mode: 'off' }]) {
      expect(problems(at(parsePath(path), off)).filter(problem => problem.startsWith('governed'))).toEqual([]);
    }
    expect(problems(at(parsePath(path), { enabled: true })).filter(problem => problem.startsWith('governed'))).toHaveLength(1);
  });

  test('memory search switched off does not pass: /v1/embeddings would be open to any model', () => {
    expect(problems({ agents: { defaults: { memorySearch: { enabled: false } } } }, { release: '2026.7.1', rendered: {} })).toHaveLength(1);
  });
});

test('hooks inside the gateway need no token; webhooks do', () => {
  expect(problems({ hooks: { internal: { enabled: true } } })).toEqual([]);
  expect(problems({ hooks: { enabled: true, internal: { enabled: true } } })).toEqual([
    "config-refused: extraConfig 'hooks.token' is missing, which webhooks need; set it to SecretText.of('HOOKS_TOKEN'), with that name in 'secrets'",
  ]);
});

test('variables that every pod has may be read', () => {
  expect(problems({ skills: { load: { extraDirs: ['${HOME}/skills'] } } })).toEqual([]);
  expect(problems({ skills: { load: { extraDirs: ['${NOWHERE}/skills'] } } })).toEqual([
    "config-malformed: extraConfig 'skills.load.extraDirs[0]' reads ${NOWHERE} from the environment; set it in 'envVariables'",
  ]);
});

test('a slot for memory is what fills it', () => {
  expect(problems({ plugins: { slots: { memory: 'memini' } } }, { rendered: { plugins: { slots: { memory: 'none' } } } }))
    .toEqual([governed('plugins.slots.memory', slot('memoryEmbeddings'))]);
});
