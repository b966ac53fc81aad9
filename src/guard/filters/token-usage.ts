import { extension, Message, METADATA } from '../envoy';

/** Where answers say how many tokens they cost. */
const USAGE: readonly [string, string][] = [
  ['input_tokens', 'usage.input_tokens'], ['input_tokens', 'usage.prompt_tokens'],
  ['output_tokens', 'usage.output_tokens'], ['output_tokens', 'usage.completion_tokens'],
  ['input_tokens', 'message.usage.input_tokens'], ['cache_read_tokens', 'message.usage.cache_read_input_tokens'],
  ['input_tokens', 'response.usage.input_tokens'], ['output_tokens', 'response.usage.output_tokens'],
  ['input_tokens', 'usageMetadata.promptTokenCount'], ['output_tokens', 'usageMetadata.candidatesTokenCount'],
];

export const USAGE_RULES: Message[] = USAGE.map(([key, path]) => ({
  selectors: path.split('.').map(step => ({ key: step })),
  on_present: { metadata_namespace: METADATA, key, type: 'NUMBER' },
}));

/** Reads the tokens of streamed answers, for log and metrics. */
export const tokenUsage: Message = {
  name: 'token-usage',
  typed_config: extension('filters.http.sse_to_metadata.v3.SseToMetadata', {
    response_rules: {
      max_event_size: 1048576,
      content_parser: {
        name: 'envoy.content_parsers.json',
        typed_config: extension('content_parsers.json.v3.JsonContentParser', { rules: USAGE_RULES.map(rule => ({ rule })) }),
      },
    },
  }),
};
