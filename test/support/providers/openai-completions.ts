import { Answer, data, json, keepAlive, list, Part, textOf, THOUGHT, TOKENS, WireFormat } from './wire-format';

/** @see https://platform.openai.com/docs/api-reference/chat-streaming */
export const openaiCompletions: WireFormat = {
  api: 'openai-completions',
  path: /\/chat\/completions$/,
  parts: ({ messages }) => list(messages).flatMap(({ role, content, tool_calls }): Part[] => {
    if (role === 'user') return [{ user: textOf(content) }];
    return list(tool_calls).map(call => ({ called: call.function?.name }));
  }),
  whole: (answer) => json({
    ...completion(answer, 'chat.completion'),
    choices: [{ index: 0, message: { role: 'assistant', content: answer.tool ? null : answer.pieces.join(''), ...toolCalls(answer) }, finish_reason: finishReason(answer) }],
    usage: USAGE,
  }),
  frames: (answer) => {
    const chunk = (delta: object, rest: object = {}) => data({
      ...completion(answer, 'chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: null, ...rest }],
    });
    return {
      opening: chunk({ role: 'assistant', content: '' }),
      thinking: answer.thinks ? chunk({ reasoning_content: THOUGHT }) : keepAlive,
      begin: '',
      deltas: answer.tool ? [chunk(toolCalls(answer))] : answer.pieces.map(content => chunk({ content })),
      closing: chunk({}, { finish_reason: finishReason(answer) })
        + data({ ...completion(answer, 'chat.completion.chunk'), choices: [], usage: USAGE }) + 'data: [DONE]\n\n',
    };
  },
};

/** @see https://platform.openai.com/docs/api-reference/embeddings */
export const openaiEmbeddings: WireFormat = {
  api: 'openai-embeddings',
  path: /\/embeddings$/,
  parts: ({ input }) => [{ user: [input].flat().join('\n') }],
  whole: ({ model }, { input, dimensions = 1536, encoding_format }) => json({
    object: 'list',
    model,
    data: [input].flat().map((text, index) => {
      const vector = vectorOf(String(text), dimensions);
      const base64 = encoding_format === 'base64';
      return { object: 'embedding', index, embedding: base64 ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector };
    }),
    usage: { prompt_tokens: TOKENS.input, total_tokens: TOKENS.input },
  }),
};

const USAGE = { prompt_tokens: TOKENS.input, completion_tokens: TOKENS.output, total_tokens: TOKENS.input + TOKENS.output };

function completion({ id, model }: Answer, object: string): object {
  return { id: `chatcmpl-${id}`, object, created: 1, model };
}

function toolCalls({ id, tool }: Answer): object {
  if (!tool) return {};
  return { tool_calls: [{ index: 0, id: `call_${id}`, type: 'function', function: { name: tool.name, arguments: JSON.stringify(tool.input) } }] };
}

function finishReason({ tool }: Answer): string {
  return tool ? 'tool_calls' : 'stop';
}

/** The same text always gives the same vector, another text another one. */
export function vectorOf(text: string, dimensions: number): number[] {
  const seed = [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7);
  return Array.from({ length: dimensions }, (_, index) => Math.sin(seed + index));
}
