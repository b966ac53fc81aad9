import { Answer, event, Frames, json, keepAlive, list, Part, textOf, THOUGHT, TOKENS, WireFormat } from './wire-format';

/** @see https://platform.openai.com/docs/api-reference/responses-streaming */
export const openaiResponses: WireFormat = {
  api: 'openai-responses',
  path: /\/responses$/,
  parts: ({ input }) => typeof input === 'string' ? [{ user: input }] : list(input).flatMap(({ type, role, name, content }): Part[] => {
    if (type === 'function_call') return [{ called: name }];
    return role === 'user' ? [{ user: textOf(content) }] : [];
  }),
  whole: (answer) => json(response(answer, 'completed', [item(answer, 'completed')])),
  frames: (answer) => {
    const output_index = answer.thinks ? 1 : 0;
    const output = [...answer.thinks ? [reasoning(answer)] : [], item(answer, 'completed')];
    const { opening, thinking, thought } = thinkingFrames(answer);
    const { begin, deltas, closing } = answer.tool ? toolFrames(answer, output_index) : textFrames(answer, output_index);
    return {
      opening: event('response.created', { response: response(answer, 'in_progress', []) }) + opening,
      thinking,
      begin: thought + event('response.output_item.added', { output_index, item: item(answer, 'in_progress') }) + begin,
      deltas,
      closing: closing + event('response.output_item.done', { output_index, item: item(answer, 'completed') })
        + event('response.completed', { response: response(answer, 'completed', output) }),
    };
  },
};

function thinkingFrames(answer: Answer): { opening: string; thinking: string; thought: string } {
  if (!answer.thinks) return { opening: '', thinking: keepAlive, thought: '' };
  const place = { item_id: `rs_${answer.id}`, output_index: 0, summary_index: 0 };
  return {
    opening: event('response.output_item.added', { output_index: 0, item: { ...reasoning(answer), summary: [] } })
      + event('response.reasoning_summary_part.added', { ...place, part: summary('') }),
    thinking: event('response.reasoning_summary_text.delta', { ...place, delta: THOUGHT }),
    thought: event('response.reasoning_summary_part.done', { ...place, part: summary(THOUGHT) })
      + event('response.output_item.done', { output_index: 0, item: reasoning(answer) }),
  };
}

function textFrames(answer: Answer, output_index: number): Pick<Frames, 'begin' | 'deltas' | 'closing'> {
  const place = { item_id: itemId(answer), output_index, content_index: 0 };
  const text = answer.pieces.join('');
  return {
    begin: event('response.content_part.added', { ...place, part: textPart('') }),
    deltas: answer.pieces.map(delta => event('response.output_text.delta', { ...place, delta })),
    closing: event('response.output_text.done', { ...place, text }) + event('response.content_part.done', { ...place, part: textPart(text) }),
  };
}

function toolFrames(answer: Answer, output_index: number): Pick<Frames, 'begin' | 'deltas' | 'closing'> {
  const place = { item_id: itemId(answer), output_index };
  const args = JSON.stringify(answer.tool!.input);
  return {
    begin: '',
    deltas: [event('response.function_call_arguments.delta', { ...place, delta: args })],
    closing: event('response.function_call_arguments.done', { ...place, arguments: args }),
  };
}

function response({ id, model }: Answer, status: string, output: object[]): object {
  const usage = {
    input_tokens: TOKENS.input,
    output_tokens: TOKENS.output,
    total_tokens: TOKENS.input + TOKENS.output,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
  return { id: `resp_${id}`, object: 'response', created_at: 1, status, model, output, ...(status === 'completed' ? { usage } : {}) };
}

function item(answer: Answer, status: 'in_progress' | 'completed'): object {
  const { id, pieces, tool } = answer;
  const done = status === 'completed';
  return tool
    ? { id: itemId(answer), type: 'function_call', call_id: `call_${id}`, name: tool.name, arguments: done ? JSON.stringify(tool.input) : '', status }
    : { id: itemId(answer), type: 'message', role: 'assistant', status, content: done ? [textPart(pieces.join(''))] : [] };
}

function itemId({ id, tool }: Answer): string {
  return `${tool ? 'fc' : 'msg'}_${id}`;
}

function reasoning({ id }: Answer): object {
  return { id: `rs_${id}`, type: 'reasoning', summary: [summary(THOUGHT)] };
}

function summary(text: string): object {
  return { type: 'summary_text', text };
}

function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [] };
}
