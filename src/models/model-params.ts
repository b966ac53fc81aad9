import { ModelApi } from './model-api';
import { ProviderFacts } from './provider-facts';
import { InputChecks } from '../input/input-checks';
import { nearest } from '../input/nearest';
import { plainJson } from '../input/plain-json';
import { isMap } from '../input/values';

/** What OpenClaw sends with each call of a model, by its own names. */
export type Params = { readonly [name: string]: any };

interface ParamForm {
  /** The other spellings that OpenClaw reads. */
  readonly or?: readonly string[];
  readonly isOk: (value: any) => boolean;
  readonly expected: string;
  /** The APIs whose requests the param changes. */
  readonly apis: readonly ModelApi[];
}

const { ANTHROPIC_MESSAGES, GOOGLE_GENERATIVE_AI, OPENAI_COMPLETIONS, OPENAI_RESPONSES } = ModelApi;
const OPENAI = [OPENAI_COMPLETIONS, OPENAI_RESPONSES];
const ALL = [ANTHROPIC_MESSAGES, GOOGLE_GENERATIVE_AI, ...OPENAI];

const LEVELS = ['off', 'minimal', 'low', 'medium', 'high', 'xhigh', 'adaptive', 'max'];
const RETENTIONS = ['none', 'short', 'long'];

const within = (from: number, to: number) => ({ isOk: (value: any) => typeof value === 'number' && value >= from && value <= to, expected: `a number from ${from} to ${to}` });
const oneOf = (words: readonly string[]) => ({ isOk: (value: any) => words.includes(value), expected: `one of ${words.join(', ')}` });
const COUNT = { isOk: (value: any) => Number.isInteger(value) && value > 0, expected: 'a whole number of tokens' };
const OBJECT = { isOk: (value: any) => isMap(value) && Object.keys(value).length > 0, expected: 'an object with fields' };
const BOOLEAN = { isOk: (value: any) => typeof value === 'boolean', expected: 'a boolean' };
const isText = (value: any) => typeof value === 'string' && value !== '';

/**
 * The params that change a request, seen on real gateways of 2026.6.11 and 2026.9.6. OpenClaw's schema takes any name, and those that only a provider's
 * plugin reads (`context1m`, `serviceTier`, `fastMode`, `textVerbosity`) change nothing here, as these plugins are off.
 */
const FORMS: { readonly [name: string]: ParamForm } = {
  thinking: { ...oneOf(LEVELS), apis: ALL },
  temperature: { ...within(0, 2), apis: ALL },
  maxTokens: { or: ['max_tokens'], ...COUNT, apis: ALL },
  topP: { ...within(0, 1), apis: OPENAI },
  cacheRetention: { ...oneOf(RETENTIONS), apis: [ANTHROPIC_MESSAGES, ...OPENAI] },
  stop: {
    isOk: value => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
    expected: 'a text or a list of texts',
    apis: [ANTHROPIC_MESSAGES, GOOGLE_GENERATIVE_AI, OPENAI_COMPLETIONS],
  },
  seed: { isOk: Number.isInteger, expected: 'a whole number', apis: [OPENAI_COMPLETIONS] },
  frequencyPenalty: { or: ['frequency_penalty'], ...within(-2, 2), apis: [OPENAI_COMPLETIONS] },
  presencePenalty: { or: ['presence_penalty'], ...within(-2, 2), apis: [OPENAI_COMPLETIONS] },
  parallelToolCalls: { or: ['parallel_tool_calls'], ...BOOLEAN, apis: OPENAI },
  responseFormat: { or: ['response_format'], ...OBJECT, apis: OPENAI },
  chatTemplateKwargs: { or: ['chat_template_kwargs'], ...OBJECT, apis: [OPENAI_COMPLETIONS] },
  extraBody: { or: ['extra_body'], ...OBJECT, apis: [OPENAI_COMPLETIONS] },
  provider: { ...OBJECT, apis: [OPENAI_COMPLETIONS] },
};

/** Reports params that OpenClaw would ignore, and values that it would not send. */
export function checkParams(checks: InputChecks, params: unknown, { api, traits }: ProviderFacts): void {
  if (params === undefined) return;
  const { json, faults } = plainJson(params);
  const isPlain = isMap(params) && faults.length === 0 && JSON.stringify(json) === JSON.stringify(params);
  checks.that(isPlain, 'params', 'an object of plain JSON', params);
  if (!isPlain) return;
  for (const [name, value] of Object.entries(json as Params)) {
    const form = formOf(name);
    if (name === 'provider' && !traits.choosesHost) checks.refuse(true, `params.provider is of OpenRouter; ${remedyOf(name, api)}`);
    else if (form?.apis.includes(api)) checks.that(form.isOk(value), `params.${name}`, form.expected, value);
    else checks.refuse(true, whyUnread(name, api));
  }
  for (const [name, { or = [] }] of Object.entries(FORMS)) {
    const spelt = [name, ...or].filter(each => each in (json as Params));
    checks.refuse(spelt.length > 1, `params has ${spelt.join(' and ')}, which are one; remove one of them`);
  }
}

/** OpenRouter's `provider` is sent by a plugin of OpenClaw that is off here; as a field of the body it is sent without. */
export function renderedParams({ provider, extraBody, extra_body = extraBody, ...params }: Params): Params {
  const body = { ...extra_body, ...provider && { provider } };
  return { ...params, ...Object.keys(body).length > 0 && { extra_body: body } };
}

function formOf(name: string): ParamForm | undefined {
  return Object.entries(FORMS).find(([each, { or = [] }]) => each === name || or.includes(name))?.[1];
}

function whyUnread(name: string, api: ModelApi): string {
  return `params.${name} changes no request of the API ${api}; ${remedyOf(name, api)}`;
}

function remedyOf(name: string, api: ModelApi): string {
  const read = Object.keys(FORMS).filter(each => FORMS[each].apis.includes(api) && each !== 'provider');
  const [near] = nearest(name, read, 1);
  if (near) return `did you mean '${near}'?`;
  return api === OPENAI_COMPLETIONS ? 'a field of the request goes into extra_body' : `remove it; valid params: ${read.join(', ')}`;
}
