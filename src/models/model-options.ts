import { ModelApi } from './model-api';

/** What a model accepts as input. */
export enum ModelInput {
  /** Text. */
  TEXT = 'text',

  /** Images. */
  IMAGE = 'image',
}

/** Price of a model in US dollars per million tokens. */
export interface ModelCost {
  /** Price of a million input tokens, in US dollars. */
  readonly input: number;

  /** Price of a million output tokens, in US dollars. */
  readonly output: number;

  /**
   * Price of a million input tokens read from the provider's cache, in US dollars.
   * @default 0
   */
  readonly cacheRead?: number;

  /**
   * Price of a million input tokens written to the provider's cache, in US dollars.
   * @default 0
   */
  readonly cacheWrite?: number;
}

/**
 * Facts about a model. A model that OpenClaw's catalog knows needs none of them; any other needs `contextWindow` and `maxTokens`.
 */
export interface ModelOptions {
  /**
   * A short name that users may type after `/model`.
   * @default - none
   */
  readonly alias?: string;

  /**
   * The wire format in which the model is called: for a model of `Provider.bedrock()` whose id does not name its company.
   * @default - follows from the id at Amazon Bedrock, else that of the provider
   */
  readonly api?: ModelApi;

  /**
   * Tokens that a whole conversation may hold.
   * @default - from the version's catalog
   */
  readonly contextWindow?: number;

  /**
   * Tokens that one answer may hold.
   * @default - from the version's catalog
   */
  readonly maxTokens?: number;

  /**
   * What the model accepts.
   * @default - from the version's catalog, else text
   */
  readonly input?: ModelInput[];

  /**
   * Whether the model thinks before it answers.
   * @default - from the version's catalog, else false
   */
  readonly reasoning?: boolean;

  /**
   * What the model costs; OpenClaw shows it in `/status`.
   * @default - from the version's catalog, else unknown
   */
  readonly cost?: ModelCost;

  /**
   * What OpenClaw sends with each call of the model, by OpenClaw's own names: `{ temperature: 0.2, thinking: 'low' }`; for OpenRouter also `provider`, which
   * chooses among the companies that serve this one model. A param that the model's API does not have is an error, and so is a field by which the provider
   * would use another model.
   * @default - none: the provider's and OpenClaw's own
   * @see https://docs.openclaw.ai/gateway/config-agents
   */
  readonly params?: { readonly [name: string]: any };
}
