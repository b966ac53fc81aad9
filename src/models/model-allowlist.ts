import { Construct } from 'constructs';
import { checkMaxPrice } from './check-max-price';
import { FallbackChain } from './fallback-chain';
import { MaxPrice } from './max-price';
import { Model, ModelPattern, Provider } from './provider';
import { argumentsOf, InputChecks } from '../input/input-checks';

/** What a gateway may call; at least one of the four must name something. */
export interface ModelAllowlistProps {
  /**
   * Chains all of whose models are permitted.
   * @default - none
   */
  readonly chains?: FallbackChain[];

  /**
   * Single models.
   * @default - none
   */
  readonly models?: Model[];

  /**
   * Providers all of whose models are permitted.
   * @default - none
   */
  readonly providers?: Provider[];

  /**
   * Prefixes of model ids.
   * @default - none
   */
  readonly patterns?: ModelPattern[];

  /**
   * Models that memory search may use for its vectors. They answer nobody, so they do not count as a model named.
   * @default - only those of the providers and patterns
   */
  readonly embeddings?: Model[];

  /**
   * What each model that a gateway with this allowlist calls may cost, its fallbacks and slots included. The rule `model-too-expensive` reports any other, and
   * those without a known price.
   * @default - any price
   */
  readonly maxPrice?: MaxPrice;
}

/**
 * The models that a gateway may call, also when a user asks for one with `/model`.
 *
 * Renders nothing; any number of gateways may share one allowlist. An empty one is refused, since OpenClaw
 * takes an empty list to mean that every model is allowed.
 *
 * @see https://docs.openclaw.ai/concepts/models
 */
export class ModelAllowlist extends Construct {
  /** @internal */
  public readonly _maxPrice?: MaxPrice;

  private readonly _chains: FallbackChain[];
  private readonly _models: Model[];
  private readonly _patterns: ModelPattern[];
  private readonly _embeddings: Model[];

  public constructor(scope: Construct, id: string, props: ModelAllowlistProps) {
    super(scope, id);
    const { chains = [], models = [], providers = [], patterns = [], embeddings = [], maxPrice } = argumentsOf(props);
    const check = new InputChecks(`ModelAllowlist '${this.node.path}'`)
      .list('chains', chains, value => value instanceof FallbackChain, 'a FallbackChain')
      .list('models', models, value => value instanceof Model, 'a Model', "use for example Provider.OPENAI.model('gpt-5.4')")
      .list('providers', providers, value => value instanceof Provider, 'a Provider', 'use for example Provider.OPENAI')
      .list('patterns', patterns, value => value instanceof ModelPattern, 'a ModelPattern', "use for example Provider.OPENROUTER.pattern('anthropic/*')")
      .list('embeddings', embeddings, value => value instanceof Model, 'a Model', "use for example Provider.OPENAI.model('text-embedding-3-small')");
    checkMaxPrice(check, maxPrice);
    check.props(props, { chains: true, models: true, providers: true, patterns: true, embeddings: true, maxPrice: true }).done();
    const isEmpty = chains.length + models.length + providers.length + patterns.length === 0;
    check.refuse(isEmpty, 'it names no model; give at least one of chains, models, providers or patterns'
      + ' (OpenClaw takes an empty allowlist to mean that every model is allowed)').done();
    this._chains = [...chains];
    this._models = [...models];
    this._patterns = [...providers.map(provider => provider.pattern('*')), ...patterns];
    this._embeddings = [...embeddings];
    this._maxPrice = maxPrice && { ...maxPrice };
  }

  /** The chains all of whose models are permitted. */
  public get chains(): FallbackChain[] {
    return [...this._chains];
  }

  /** The single models. */
  public get models(): Model[] {
    return [...this._models];
  }

  /** The prefixes of model ids, a whole provider being `*`. */
  public get patterns(): ModelPattern[] {
    return [...this._patterns];
  }

  /** The models that memory search may use for its vectors. */
  public get embeddings(): Model[] {
    return [...this._embeddings];
  }

  /**
   * Whether a gateway with this allowlist may call a model for an answer. Models that a chain takes from a tier do not count here:
   * only the gateway's version decides which they are.
   */
  public permits(model: Model): boolean {
    new InputChecks(`ModelAllowlist '${this.node.path}'`).that(model instanceof Model, 'model', 'a Model', model).done();
    const named = [...this._models, ...this._chains.flatMap(chain => chain.models)];
    return named.some(each => each.modelRef === model.modelRef) || this._patterns.some(each => each.matches(model.modelRef));
  }
}
