import { Target } from './targets';

/** A place of a request where tools may stand besides `tools`, as a path where there is one, and the fields of a request with a tool there. */
type Place = readonly [string, (tool: object) => object];

const USER = { role: 'user', content: 'hello' };

/** Anthropic's block with the definition of a tool. */
export function addition(definition: object, more: object = {}): object {
  return { type: 'tool_addition', tool: { type: 'tool_definition', definition, ...more } };
}

const BLOCKS: readonly Place[] = [
  ['messages[].content[].tool.definition', tool => ({ messages: [USER, { role: 'system', content: [addition(tool)] }] })],
  ['messages[].content[].tool_changes[].tool.definition', tool => ({ messages: [USER, { role: 'assistant', content: [{ type: 'compaction', content: 'so far', tool_changes: [addition(tool)] }] }] })],
];
const ITEMS: readonly Place[] = [
  ['input[].tools[]', tool => ({ input: [{ type: 'additional_tools', role: 'developer', tools: [tool] }] })],
  ['input[].tools[].tools[]', tool => ({ input: [{ type: 'additional_tools', role: 'developer', tools: [{ type: 'namespace', name: 'x', tools: [tool] }] }] })],
];
const MESSAGES: readonly Place[] = [['messages[].tools[]', tool => ({ messages: [USER, { role: 'system', tools: [tool] }] })]];
/** Where no provider takes any, or only with a search of its own. */
const NOWHERE: readonly Place[] = [
  ['the result of a search', tool => ({ input: [{ type: 'tool_search_output', tools: [tool] }] })],
  ['a block of the system prompt', tool => ({ system: [addition(tool)] })],
  ...['systemInstruction', 'system_instruction', 'generationConfig', 'generation_config'].map((field): Place => [field, tool => ({ [field]: { tools: [tool] } })]),
];

/** The paths of the places that are tried. */
export const TRIED_PLACES = [...BLOCKS, ...ITEMS, ...MESSAGES].map(([path]) => path);

/** The places where a tool that the caller runs may stand. */
export function placesOf({ format }: Target): readonly Place[] {
  return [...BLOCKS, ...ITEMS, ...format === 'openai-completions' ? MESSAGES : []];
}

const TYPES = [
  'web_search_20260318', 'web_fetch_20250910', 'code_execution_20260521', 'programmatic_tool_calling', 'shell', 'mcp_toolset', 'connector', 'document_library',
  'image_generation', 'file_search', 'advisor_20260301', 'openrouter:web_search', 'deepseek_read_url', 'x_search', 'builtin_function', 'web_extractor', 'fetch_url',
  'bing_grounding', 'azure_ai_search', 'openapi', 'a2a_preview', 'memory_search_preview', 'Web_search',
];
/** What some parsers drop, and letters that some take for others. */
const ODD_TYPES = [
  ...[' ', '\t', '\n', '\v', '\f', '\r', '\0', '\u0085', '\u00a0', '\u1680', '\u2003', '\u200b', '\u2028', '\u202f', '\u3000', '\ufeff', '$'].map(start => `${start}web_search`),
  'web_\u017fearch', '\uff57eb_search',
];
/** For places that are judged as another one is. */
const FEW_TYPES = ['web_search_20260318', 'mcp_toolset', 'advisor_20260301'];
const DEPTHS = [1, 10, 40, 80, 86, 88, 90, 92, 94, 96];

/** The fields of requests that offer a tool of the provider in one of its places, by name. */
export function placedTools(target: Target): [string, object][] {
  const places: Place[] = [['the tools', tool => ({ tools: [tool] })], ...placesOf(target)];
  const toolsOf = (types: string[]): [string, object][] => [
    ...types.map((type): [string, object] => [`the server's tool ${JSON.stringify(type)}`, { type, name: 'x' }]),
    ['a tool with a model of its own', { type: 'custom', name: 'x', model: 'gpt-4o' }],
  ];
  const [[, inTools], [, inBlock]] = places;
  const search = { type: 'web_search_20260318', name: 'web_search' };
  return [
    ...places.flatMap(([place, put]) => toolsOf(TYPES).map(([name, tool]): [string, object] => [`${name} in ${place}`, put(tool)])),
    ...NOWHERE.flatMap(([place, put]) => toolsOf(FEW_TYPES).map(([name, tool]): [string, object] => [`${name} in ${place}`, put(tool)])),
    ...toolsOf(ODD_TYPES).flatMap(([name, tool]): [string, object][] => [[`${name} in the tools`, inTools(tool)], [`${name} in a block`, inBlock(tool)]]),
    ...DEPTHS.map((depth): [string, object] => [`a tool behind ${depth} levels`, inBlock({ a: nested(depth), ...search })]),
    ['a tool among brackets', inBlock({ a: '}]}{[{\\"', b: [{}, [[]], '"'], ...search, z: { type: 'tool_use', a: '"type":"tool_use"' } })],
    ['a tool in a list of definitions', inBlock([search])],
    ['a tool after a function', { messages: [{ role: 'system', content: [addition({ name: 'f', input_schema: {} }), addition(search)] }] }],
    ['a tool whose block has more keys', { messages: [{ role: 'system', content: [{ ...addition(search, { a: 1, e: {}, z: 2 }), a: {}, type: 'tool_addition ', zz: 1 }] }] }],
    ['a tool in an object of items', { input: [{ type: 'additional_tools', tools: { a: { type: 'web_search' } } }] }],
  ];
}

function nested(depth: number): object {
  return Array.from({ length: depth }).reduce<object>(inner => ({ a: inner }), {});
}

const FUNCTION = { name: 'f', description: 'finds {"type":"web_search"}', input_schema: { type: 'object', properties: { model: { type: 'string' }, tools: { type: 'array' } } } };
const CALL = { type: 'web_search', model: 'gpt-4o', definition: { type: 'mcp' }, tools: [{ type: 'shell' }] };
const use = (input: object) => ({ type: 'tool_use', id: 't1', name: 'f', input });

/** The fields of requests that must arrive as they are: functions, references, words in a text, and arguments of calls. */
export function harmlessTools(target: Target): [string, object][] {
  const { definition: _, ...otherArguments } = CALL;
  return [
    ...placesOf(target).map(([place, put]): [string, object] => [`a function in ${place}`, put(FUNCTION)]),
    ['a function of an explicit type', { messages: [{ role: 'system', content: [addition({ ...FUNCTION, type: 'custom', strict: true })] }] }],
    ['a reference to a tool', { messages: [{ role: 'system', content: [{ type: 'tool_addition', tool: { type: 'tool_reference', name: 'web_search' } }] }] }],
    ['words in a text', { messages: [{ role: 'user', content: [{ type: 'text', text: JSON.stringify(addition({ type: 'web_search_20260318' })) }] }] }],
    ['words alone', { messages: [{ role: 'user', content: JSON.stringify([addition({ type: 'web_search_20260318' }), { tools: [{ type: 'mcp' }] }]) }] }],
    ['words of the system prompt', { system: JSON.stringify(addition({ type: 'web_search_20260318' })) }],
    ['words in a block of the system prompt', { system: [{ type: 'text', text: JSON.stringify(addition({ type: 'web_search_20260318' })) }] }],
    ['arguments in a text', { messages: [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: JSON.stringify(CALL) } }] }] }],
    ['arguments of an item', { input: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: JSON.stringify(CALL) }] }],
    ...target.format === 'openai-completions' ? [] : [['arguments of a block', { messages: [{ role: 'assistant', content: [use(CALL)] }] }] as [string, object]],
    ['arguments between functions', { messages: [{ role: 'system', content: [addition(FUNCTION), use(target.format === 'openai-completions' ? {} : otherArguments), addition(FUNCTION)] }] }],
    ['arguments of forty levels between functions', { messages: [{ role: 'system', content: [addition(FUNCTION), use(nested(40)), addition(FUNCTION)] }] }],
  ];
}
