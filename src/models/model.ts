import type { Provider } from './provider';
import { SEAL, sealed } from '../input/sealed';

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
}

/** One model of one provider. Made by `Provider.model()`. */
export class Model {
  /** @internal */
  public static _of(provider: Provider, id: string, options: ModelOptions): Model {
    return new Model(SEAL, provider, id, options);
  }

  /** The short name that users may type after `/model`. */
  public readonly alias?: string;

  /** Tokens that a whole conversation may hold, where given. */
  public readonly contextWindow?: number;

  /** Tokens that one answer may hold, where given. */
  public readonly maxTokens?: number;

  /** Whether the model thinks before it answers, where given. */
  public readonly reasoning?: boolean;

  /** What the model costs, where given. */
  public readonly cost?: ModelCost;

  private readonly _input?: ModelInput[];

  private constructor(
    seal: symbol,
    /** The provider that serves the model. */
    public readonly provider: Provider,
    /** The id as the provider writes it, for example `claude-sonnet-5`. */
    public readonly id: string,
    options: ModelOptions,
  ) {
    sealed(seal, new.target, Model, 'Provider.model()');
    this.alias = options.alias;
    this.contextWindow = options.contextWindow;
    this.maxTokens = options.maxTokens;
    this.reasoning = options.reasoning;
    this.cost = options.cost && { ...options.cost };
    this._input = options.input && [...options.input];
  }

  /** The model as OpenClaw writes it: `<provider>/<model>`, for example `anthropic/claude-sonnet-5`. */
  public get modelRef(): string {
    return `${this.provider.id}/${this.id}`;
  }

  /** What the model accepts, where given. */
  public get input(): ModelInput[] | undefined {
    return this._input && [...this._input];
  }
}

/** Several models of one provider: a prefix of their ids. Made by `Provider.pattern()`. */
export class ModelPattern {
  /** @internal */
  public static _of(provider: Provider, pattern: string): ModelPattern {
    return new ModelPattern(SEAL, provider, pattern);
  }

  private constructor(
    seal: symbol,
    /** The provider that serves the models. */
    public readonly provider: Provider,
    /** The pattern, for example `anthropic/*`. */
    public readonly pattern: string,
  ) {
    sealed(seal, new.target, ModelPattern, 'Provider.pattern()');
  }

  /** The pattern as OpenClaw writes it: `<provider>/<pattern>`, for example `openrouter/anthropic/*`. */
  public get patternRef(): string {
    return `${this.provider.id}/${this.pattern}`;
  }

  /** Whether a model's reference (`<provider>/<model>`) falls under the pattern. */
  public matches(modelRef: string): boolean {
    const prefix = this.patternRef.slice(0, -1);
    return this.pattern.endsWith('*') && String(modelRef).startsWith(prefix) && modelRef.length > prefix.length;
  }
}
