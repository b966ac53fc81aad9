import { Answer, event, json, list, Part, textOf, THOUGHT, TOKENS, WireFormat } from './wire-format';

/** @see https://docs.anthropic.com/en/api/messages-streaming */
export const anthropicMessages: WireFormat = {
  api: 'anthropic-messages',
  path: /\/messages$/,
  parts: ({ messages }) => list(messages).flatMap(({ role, content }): Part[] => role === 'assistant'
    ? list(content).filter(({ type }) => type === 'tool_use').map(({ name }) => ({ called: name }))
    : [{ user: textOf(content) }]),
  whole: (answer) => json({ ...message(answer), content: [block(answer)], stop_reason: stopReason(answer), usage: usage(TOKENS.output) }),
  frames: (answer) => {
    const index = answer.thinks ? 1 : 0;
    const start = event('message_start', { message: { ...message(answer), content: [], stop_reason: null, usage: usage(1) } });
    const think = event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } });
    const thought = event('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'bW9jaw==' } })
      + event('content_block_stop', { index: 0 });
    const { tool } = answer;
    return {
      opening: answer.thinks ? start + think : start,
      thinking: answer.thinks
        ? event('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: THOUGHT } })
        : event('ping', {}),
      begin: (answer.thinks ? thought : '') + event('content_block_start', {
        index, content_block: tool ? { ...block(answer), input: {} } : { type: 'text', text: '' },
      }),
      deltas: tool
        ? [event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: JSON.stringify(tool.input) } })]
        : answer.pieces.map(text => event('content_block_delta', { index, delta: { type: 'text_delta', text } })),
      closing: event('content_block_stop', { index })
        + event('message_delta', { delta: { stop_reason: stopReason(answer), stop_sequence: null }, usage: { output_tokens: TOKENS.output } })
        + event('message_stop', {}),
    };
  },
};

function message({ id, model }: Answer): object {
  return { id: `msg_${id}`, type: 'message', role: 'assistant', model, stop_sequence: null };
}

function block({ id, pieces, tool }: Answer): object {
  return tool ? { type: 'tool_use', id: `toolu_${id}`, ...tool } : { type: 'text', text: pieces.join('') };
}

function stopReason({ tool }: Answer): string {
  return tool ? 'tool_use' : 'end_turn';
}

function usage(output: number): object {
  return { input_tokens: TOKENS.input, output_tokens: output };
}
