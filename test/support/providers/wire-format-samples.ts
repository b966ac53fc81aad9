type Headers = { [name: string]: string };

const BEARER: Headers = { authorization: 'Bearer key-1' };
const IMAGE = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } };
const DATA_URL = 'data:image/png;base64,AA==';

/** Each format: a question with an image and a tool, and where its answer holds text, tool call and tokens. */
export const SAMPLES = [
  {
    api: 'anthropic-messages',
    path: '/v1/messages',
    headers: { 'x-api-key': 'key-1' } as Headers,
    body: { model: 'gemini-x', messages: [{ role: 'user', content: [{ type: 'text', text: 'look' }, IMAGE] }], tools: [{ name: 'read', input_schema: {} }] },
    result: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'done' }] },
    use: { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'read', input: {} }] },
    text: (all: any[]) => all.map(({ delta }) => delta?.text ?? '').join(''),
    tool: (all: any[]) => [all[1].content_block.name, JSON.parse(all.map(({ delta }) => delta?.partial_json ?? '').join(''))],
    tokens: (all: any[]) => [all[0].message.usage.input_tokens, all.find(({ type }) => type === 'message_delta').usage.output_tokens],
    wholeText: (answer: any) => answer.content[0].text,
    wholeTool: (answer: any) => [answer.content[0].name, answer.content[0].input],
  },
  ...['openai-responses', 'azure-openai-responses'].map(api => ({
    api,
    path: api === 'openai-responses' ? '/v1/responses' : '/openai/v1/responses?api-version=preview',
    headers: (api === 'openai-responses' ? BEARER : { 'api-key': 'key-1' }) as Headers,
    body: {
      model: 'gemini-x',
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'look' }, { type: 'input_image', image_url: DATA_URL }] }],
      tools: [{ type: 'function', name: 'read' }],
    },
    result: { type: 'function_call_output', call_id: 't1', output: 'done' },
    use: { type: 'function_call', call_id: 't1', name: 'read', arguments: '{}' },
    text: (all: any[]) => all.filter(({ type }) => type === 'response.output_text.delta').map(({ delta }) => delta).join(''),
    tool: (all: any[]) => [all[1].item.name, JSON.parse(all.find(({ type }) => type === 'response.function_call_arguments.done').arguments)],
    tokens: (all: any[]) => Object.values(all[all.length - 1].response.usage).slice(0, 2),
    wholeText: (answer: any) => answer.output[0].content[0].text,
    wholeTool: (answer: any) => [answer.output[0].name, JSON.parse(answer.output[0].arguments)],
  })),
  {
    api: 'openai-completions',
    path: '/openai/v1/chat/completions',
    headers: BEARER,
    body: {
      model: 'gemini-x',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'look' }, { type: 'image_url', image_url: { url: DATA_URL } }] }],
      tools: [{ type: 'function', function: { name: 'read' } }],
    },
    result: { role: 'tool', tool_call_id: 't1', content: 'done' },
    use: { role: 'assistant', content: null, tool_calls: [{ id: 't1', type: 'function', function: { name: 'read', arguments: '{}' } }] },
    text: (all: any[]) => all.map(({ choices }) => choices[0]?.delta.content ?? '').join(''),
    tool: (all: any[]) => {
      const { name, arguments: args } = all[1].choices[0].delta.tool_calls[0].function;
      return [name, JSON.parse(args)];
    },
    tokens: (all: any[]) => Object.values(all[all.length - 1].usage).slice(0, 2),
    wholeText: (answer: any) => answer.choices[0].message.content,
    wholeTool: ({ choices: [{ message }] }: any) => [message.tool_calls[0].function.name, JSON.parse(message.tool_calls[0].function.arguments)],
  },
  {
    api: 'google-generative-ai',
    path: '/v1beta/models/gemini-x:generateContent',
    headers: { 'x-goog-api-key': 'key-1' } as Headers,
    body: {
      contents: [{ role: 'user', parts: [{ text: 'look' }, { inlineData: { mimeType: 'image/png', data: 'AA==' } }] }],
      tools: [{ functionDeclarations: [{ name: 'read' }] }],
    },
    result: { role: 'user', parts: [{ functionResponse: { name: 'read', response: {} } }] },
    use: { role: 'model', parts: [{ functionCall: { name: 'read', args: {} } }] },
    text: (all: any[]) => all.map(({ candidates }) => candidates[0].content.parts[0]).map(({ text, thought }) => thought ? '' : text ?? '').join(''),
    tool: ([{ candidates }]: any[]) => Object.values(candidates[0].content.parts[0].functionCall),
    tokens: (all: any[]) => Object.values(all[all.length - 1].usageMetadata).slice(0, 2),
    wholeText: (answer: any) => answer.candidates[0].content.parts[0].text,
    wholeTool: (answer: any) => Object.values(answer.candidates[0].content.parts[0].functionCall),
  },
];
