import { problems } from './fixture';
import { whyNoRequestField } from '../../src/extra-config/request-fields';
import { SERVER_FIELDS } from '../../src/guard/server-tools';
import { ConfigPath, formatPath } from '../../src/input/config-path';

const words = (field: string) => field.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().split(/[_-]/);
const capital = (word: string) => word[0].toUpperCase() + word.slice(1);
/** The ways in which people and servers write a field. */
const SPELLINGS: readonly ((field: string) => string)[] = [
  field => field,
  field => words(field).join('_'),
  field => words(field).join('-'),
  field => words(field).map((word, i) => i === 0 ? word : capital(word)).join(''),
  field => words(field).map(capital).join(''),
  field => words(field).join('_').toUpperCase(),
  field => words(field).join(''),
  field => field.replace('s', '\u017f'),
];

/** The places from which OpenClaw takes fields of a request, and others that look like them. */
const PLACES: readonly ConfigPath[] = [
  ['agents', 'defaults', 'params'], ['agents', 'list', 0, 'params'],
  ...['extraBody', 'extra_body', 'extra-body', 'ExtraBody', 'EXTRA_BODY'].map(body => ['agents', 'entries', 'coder', 'params', body]),
  ['agents', 'defaults', 'params', 'extra_body', 'extraBody'], ['agents', 'defaults', 'params', 'extra_body', 0], ['agents', 'defaults', 'params', 'x', 0, 'ExtraBody', 1],
  ['agents', 'entries', 'coder', 'models', 'openrouter/x', 'params', 'extra_body'], ['plugins', 'entries', 'mine', 'config', 'extra_body'],
];

test.each(PLACES.map(place => [formatPath(place), place] as const))('%s takes none of the fields that the guard refuses, in no spelling', (_, place) => {
  const isBodyItself = (field: string) => field === 'extra_body' && place[place.length - 1] === 'params';
  for (const spell of SPELLINGS) {
    const open = SERVER_FIELDS.filter(field => whyNoRequestField([...place, ...field.split(':').map(spell)], true) === undefined && !isBodyItself(field));
    expect(open).toEqual([]);
  }
});

test('keys with dots are read as paths, and nothing below a refused field is told again', () => {
  const refused = (extra: object) => problems(extra).filter(problem => problem.startsWith('governed-path')).map(problem => problem.split("' ")[0]);
  const at = (path: string) => [`governed-path: extraConfig '${path}`];
  expect(refused({ agents: { defaults: { params: { extraBody: { plugins: [{ plugins: [] }] } } } } })).toEqual(at('agents.defaults.params.extraBody.plugins'));
  expect(refused({ 'agents.defaults.params': { extra_body: { plugins: [] } } })).toEqual(at('["agents.defaults.params"].extra_body.plugins'));
  expect(refused({ agents: { defaults: { 'params.extraBody': { plugins: [] } } } })).toEqual(at('agents.defaults["params.extraBody"].plugins'));
});

const COSTLY = ['background', 'background_options', 'conversation', 'thread', 'inference_geo', 'n', 'best_of', 'candidateCount', 'generationConfig:candidateCount'];
const MODELS = ['model', 'models', 'fallback_model', 'judgeModel', 'analysis-models', 'MODEL_ID', 'model_list'];

test('without a guard, only what chooses no model, server or account passes', () => {
  const open = SERVER_FIELDS.filter(field => whyNoRequestField([...PLACES[2], ...field.split(':')], false) === undefined);
  const spelt = (field: string) => field.toLowerCase().replace(/[^a-z:]/g, '');
  expect([...new Set(open.map(spelt))].sort()).toEqual(COSTLY.map(spelt).sort());
});

test.each(MODELS)('%s is refused at any depth, also in lists', key => {
  for (const inner of [[key], ['plugin', 0, key], ['a', 'b', 0, 0, key]]) {
    for (const place of PLACES) expect(whyNoRequestField([...place, ...inner], false)).toBeDefined();
  }
});

test.each<[string, object, boolean]>([
  ['what tunes an answer', { temperature: 0.2, topP: 1, maxTokens: 2000, stop: ['x'], seed: 1, cacheRetention: 'long', serviceTier: 'flex', parallel_tool_calls: false }, true],
  ['who serves a model of OpenRouter', { provider: { order: ['anthropic'], allow_fallbacks: false, sort: 'price', max_price: { prompt: 1 } } }, true],
  ['arguments of a chat template', { chat_template_kwargs: { enable_thinking: false, model_identity: 'You are Ada.' } }, true],
  ['a body of one\'s own', { extraBody: { tool_choice: 'required', top_k: 20, metadata: { team: 'a', n: 1 }, reasoning_budget: 16384, user: 'x' } }, true],
  ['a schema whose properties have such names', {
    extra_body: { response_format: { type: 'json_schema', json_schema: { schema: { type: 'object', properties: { model: { type: 'string' }, models: {}, prompt: {} } } } } },
  }, true],
  ['several answers, without a guard', { extra_body: { n: 2 } }, false],
])('%s passes', (_, params, guarded) => {
  expect(problems({ agents: { defaults: { params } } }, { guarded })).toEqual([]);
});

test('the message says what the field does, and where it is', () => {
  const refused = (extra_body: object, guarded = false) => problems({ agents: { entries: { coder: { params: { extra_body } } } } }, { guarded });
  const at = (key: string) => `governed-path: extraConfig 'agents.entries.coder.params.extra_body.${key}'`;
  expect(refused({ plugins: [{ id: 'fusion', analysis_models: ['x'] }] })).toEqual(
    [`${at('plugins')} is a field by which the provider uses another model, server or account, searches or runs code; remove it`]);
  expect(refused({ tools: [] })).toEqual([`${at('tools')} is a field that OpenClaw itself writes into each call; remove it`]);
  expect(refused({ x: { fallback_model: 'y' } })).toEqual([`${at('x.fallback_model')} names a model, and models are chosen by 'chain', 'allowlist' and 'modelSlots'; remove it`]);
  expect(refused({ n: 2 }, true)).toEqual([`${at('n')} is a field that costs more or keeps data at the provider, and the guard refuses each call with it; remove it`]);
});

test('elsewhere the same words are settings like others', () => {
  expect(problems({ mcp: { servers: { a: { command: 'x', env: { MODELS: 'x', PROMPT: 'y' } } } }, agents: { entries: { params: {}, prompt: {} } } })).toEqual([]);
});
