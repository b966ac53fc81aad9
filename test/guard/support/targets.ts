import { Placement, PROFILE } from './fixture';

/** How one wire format is called behind a guard. */
export interface Target {
  readonly format: string;
  /** Where the wire format is not that of a provider of its own. */
  readonly of?: string;
  readonly path: string;
  /** The query that OpenClaw sends. */
  readonly query?: string;
  /** The allowed model; undefined where the path names it. */
  readonly model?: string;
  readonly keyHeader: string;
  /** The one placement whose guard is attacked; another target has the same wire format. @default - each */
  readonly only?: Placement;
}

export const TARGETS: Target[] = [
  { format: 'anthropic-messages', path: '/anthropic/v1/messages', query: 'beta=true', model: 'claude-sonnet-5', keyHeader: 'x-api-key' },
  { format: 'openai-responses', path: '/openai/v1/responses', model: 'gpt-5.4', keyHeader: 'authorization' },
  { format: 'openai-completions', path: '/openrouter/api/v1/chat/completions', model: 'anthropic/claude-sonnet-4.5', keyHeader: 'authorization' },
  { format: 'google-generative-ai', path: '/google/v1beta/models/gemini-2.5-flash:generateContent', query: 'alt=sse', keyHeader: 'x-goog-api-key' },
  { format: 'anthropic-messages', of: ' of Bedrock', path: '/bedrock/anthropic/v1/messages', query: 'beta=true', model: PROFILE, keyHeader: 'x-api-key', only: 'pod' },
  { format: 'openai-completions', of: ' of Bedrock', path: '/bedrock/openai/v1/chat/completions', model: 'openai.gpt-oss-120b-1:0', keyHeader: 'authorization', only: 'sidecar' },
  { format: 'azure-openai-responses', path: '/azure/openai/v1/responses', query: 'api-version=preview', model: 'our-deployment', keyHeader: 'api-key' },
];

export const OTHER = 'gpt-4o';

/** A body as OpenClaw sends it. */
export function bodyOf({ model }: Target, more: object = {}): any {
  return { ...model && { model }, messages: [{ role: 'user', content: 'hello' }], stream: true, ...more };
}
