import { ModelApi } from './model-api';

/** Where a key is. */
export interface KeyPlace {
  /** The header that carries the key. */
  readonly keyHeader: string;
  readonly keyPrefix?: string;
}

export const BEARER = { keyHeader: 'authorization', keyPrefix: 'Bearer ' } satisfies KeyPlace;

/** What a wire format looks like on the wire, as OpenClaw speaks it. */
export interface WireFacts extends KeyPlace {
  /** Paths below the base URL at which models answer; `{model}` stands where the path names the model, else the body does. */
  readonly answers: readonly string[];
  /** As `answers`, for vectors. */
  readonly embeddings: readonly string[];
  /** The version that `answers` begin with: OpenClaw takes it from the end of a base URL that has it too. */
  readonly versionInCalls?: string;
  /** The queries that OpenClaw sends. */
  readonly queries: readonly string[];
}

/** @see https://docs.openclaw.ai/concepts/model-providers */
export const WIRE_FACTS: { readonly [api in ModelApi]: WireFacts } = {
  [ModelApi.ANTHROPIC_MESSAGES]: {
    answers: ['/v1/messages'], embeddings: [], versionInCalls: '/v1', queries: ['beta=true'], keyHeader: 'x-api-key',
  },
  [ModelApi.OPENAI_RESPONSES]: {
    answers: ['/responses'], embeddings: ['/embeddings'], queries: [], ...BEARER,
  },
  [ModelApi.OPENAI_COMPLETIONS]: {
    answers: ['/chat/completions'], embeddings: ['/embeddings'], queries: [], ...BEARER,
  },
  [ModelApi.GOOGLE_GENERATIVE_AI]: {
    answers: ['/models/{model}:streamGenerateContent', '/models/{model}:generateContent'], embeddings: [], queries: ['alt=sse'], keyHeader: 'x-goog-api-key',
  },
  [ModelApi.AZURE_OPENAI_RESPONSES]: {
    answers: ['/responses'], embeddings: [], queries: ['api-version=preview', 'api-version=v1'], keyHeader: 'api-key',
  },
};

/** Whether a path, rather than the body, says which model is called. */
export function namesModel(path: string): boolean {
  return path.includes('{model}');
}

/** The formats by which OpenClaw also finds embeddings. */
export const EMBEDDING_APIS: readonly string[] = Object.entries(WIRE_FACTS).filter(([, { embeddings }]) => embeddings.length > 0).map(([api]) => api);

/** The headers that carry keys, whichever format. */
export const KEY_HEADERS = [...new Set(Object.values(WIRE_FACTS).map(({ keyHeader }) => keyHeader))];
