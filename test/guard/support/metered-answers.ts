/** Tokens of one call: `fresh` ones, and those of the cache besides. */
export interface Sent { readonly fresh: number; readonly cached: number; readonly written: number; readonly output: number }

/** How a provider answers in one wire format, and says how many tokens it took. */
export interface MeteredFormat {
  /** The object of an answer that says so. */
  readonly usage: (sent: Sent) => object;
  /** Where the format has no number for tokens written to the cache. */
  readonly withoutWritten?: boolean;
  readonly whole: (usage?: object) => string;
  /** The events of a streamed answer; the last ones say what it took. */
  readonly events: (usage?: object) => string[];
  /** Where a streamed answer is asked for, if that is another path. */
  readonly streamPath?: (path: string) => string;
}

const TEXT = 'usage: "usage":{"input_tokens":9,"output_tokens":9}\n\n';
const data = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const event = (type: string, more: object) => `event: ${type}\n${data({ type, ...more })}`;

const anthropic: MeteredFormat = {
  usage: ({ fresh, cached, written, output }) => ({
    input_tokens: fresh, cache_read_input_tokens: cached, cache_creation_input_tokens: written, output_tokens: output,
  }),
  whole: usage => JSON.stringify({ type: 'message', role: 'assistant', content: [{ type: 'text', text: TEXT }], usage }),
  events: usage => [
    event('message_start', { message: { type: 'message', role: 'assistant', content: [], usage: usage && { ...usage, output_tokens: 1 } } }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    event('ping', {}),
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: TEXT } }),
    event('content_block_stop', { index: 0 }),
    event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: usage && { output_tokens: (usage as any).output_tokens } }),
    event('message_stop', {}),
  ],
};

const responses: MeteredFormat = {
  withoutWritten: true,
  usage: ({ fresh, cached, output }) => ({
    input_tokens: fresh + cached, input_tokens_details: { cached_tokens: cached }, output_tokens: output, total_tokens: fresh + cached + output,
  }),
  whole: usage => JSON.stringify({ object: 'response', status: 'completed', output: [{ type: 'message', content: [{ type: 'output_text', text: TEXT }] }], usage }),
  events: usage => [
    event('response.created', { response: { status: 'in_progress', usage: null } }),
    event('response.output_text.delta', { delta: TEXT }),
    event('response.completed', { response: { object: 'response', status: 'completed', output: [], usage } }),
  ],
};

const completions: MeteredFormat = {
  withoutWritten: true,
  usage: ({ fresh, cached, output }) => ({
    prompt_tokens: fresh + cached,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens: output,
    total_tokens: fresh + cached + output,
  }),
  whole: usage => JSON.stringify({ object: 'chat.completion', choices: [{ message: { role: 'assistant', content: TEXT } }], usage }),
  events: usage => [
    ': PROCESSING\n\n',
    data({ object: 'chat.completion.chunk', choices: [{ delta: { role: 'assistant', content: TEXT } }], usage: null }),
    ...usage ? [data({ object: 'chat.completion.chunk', choices: [], usage })] : [],
    'data: [DONE]\n\n',
  ],
};

const google: MeteredFormat = {
  withoutWritten: true,
  usage: ({ fresh, cached, output }) => ({
    promptTokenCount: fresh + cached,
    cachedContentTokenCount: cached,
    candidatesTokenCount: output - 1,
    thoughtsTokenCount: 1,
    totalTokenCount: fresh + cached + output,
  }),
  whole: usage => JSON.stringify({ candidates: [{ content: { parts: [{ text: TEXT }] } }], usageMetadata: usage }),
  events: usage => [
    data({ candidates: [{ content: { parts: [{ text: TEXT }] } }] }),
    data({ candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'STOP' }], usageMetadata: usage }),
  ],
  streamPath: path => path.replace(':generateContent', ':streamGenerateContent'),
};

/** By the name of a target's format. */
export const METERED_FORMATS: { readonly [format: string]: MeteredFormat } = {
  'anthropic-messages': anthropic,
  'openai-responses': responses,
  'azure-openai-responses': responses,
  'openai-completions': completions,
  'google-generative-ai': google,
};
