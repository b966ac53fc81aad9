import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ModelTier } from './model-tier';
import { Model, Provider } from './provider';
import { isSeconds } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';

/** How patient a chain is. */
export interface FallbackChainOptions {
  /**
   * How often one model is tried again before the next one is; after silence each try waits as long again. OpenClaw takes this from 2026.9.1 on.
   * @default 0
   */
  readonly retries?: number;

  /**
   * How long a provider of the chain may stay silent before the next model is tried: while it is connected to, before its answer begins and between
   * two parts of the answer. It bounds each silence, not the whole answer. In whole seconds; a provider's own `timeout` wins.
   *
   * A limit below what a model needs to think before its first word cuts healthy answers.
   * @default - 120 seconds, OpenClaw's own limit; 5 minutes for a server at a private address or in `.local`, for which OpenClaw would wait without a limit
   * @see https://docs.openclaw.ai/concepts/agent-loop
   */
  readonly idleTimeout?: Duration;
}

/** Models in the order in which they are tried. */
export interface FallbackChainProps extends FallbackChainOptions {
  /** The model that answers as long as it can. */
  readonly primary: Model;

  /**
   * The models tried next, in this order.
   * @default - none
   */
  readonly fallbacks?: Model[];
}

/** Providers in the order in which they are tried. */
export interface FallbackChainFromProvidersOptions extends FallbackChainOptions {
  /** The providers, the first one's model being the primary. */
  readonly providers: Provider[];

  /**
   * How capable the models are.
   * @default - the tier of the gateway's preset
   */
  readonly tier?: ModelTier;

  /**
   * Models that take the place of their provider's model of the tier.
   * @default - none
   */
  readonly overrides?: Model[];
}

/** A place in a chain: a model, or the provider whose model of a tier is meant. @internal */
export interface ChainLink {
  readonly provider: Provider;
  readonly model?: Model;
  readonly tier?: ModelTier;
}

const LINKS = Symbol('links');

/** Props that only this file can make: links instead of models. */
interface LinkedProps extends FallbackChainOptions {
  readonly [LINKS]: readonly ChainLink[];
}

/**
 * The model that answers, and those that take over when its provider refuses, fails or is out of reach.
 *
 * Renders nothing; any number of gateways may share one chain.
 *
 * @see https://docs.openclaw.ai/concepts/model-failover
 */
export class FallbackChain extends Construct {
  /** A chain of each provider's model of a tier. The version and the preset of the gateway decide which models these are. */
  public static fromProviders(scope: Construct, id: string, options: FallbackChainFromProvidersOptions): FallbackChain {
    const { providers, tier, overrides = [], retries, idleTimeout } = argumentsOf(options);
    new InputChecks(`FallbackChain '${scope.node.path}/${id}'`)
      .that(Array.isArray(providers) && providers.length > 0, 'providers', 'an array of at least one Provider', providers)
      .list('providers', providers, value => value instanceof Provider, 'a Provider')
      .that(tier === undefined || Object.values(ModelTier).includes(tier), 'tier', 'a ModelTier', tier)
      .list('overrides', overrides, value => value instanceof Model, 'a Model')
      .props(options, { providers: true, tier: true, overrides: true, retries: true, idleTimeout: true })
      .done();
    const ids = providers.map(provider => provider.id);
    const misplaced = overrides.filter(model => !ids.includes(model.provider.id));
    const again = overrides.filter((model, i) => overrides.findIndex(each => each.provider.id === model.provider.id) < i);
    new InputChecks(`FallbackChain '${scope.node.path}/${id}'`)
      .refuse(misplaced.length > 0, `overrides names ${refsOf(misplaced)}, of providers that are not among ${ids.join(', ')}`)
      .refuse(again.length > 0, `overrides names ${refsOf(again)}, of providers that have an override already; keep one of each`)
      .done();
    const links = providers.map(provider => ({ provider, tier, model: overrides.find(model => model.provider.id === provider.id) }));
    return FallbackChain._of(scope, id, links, { retries, idleTimeout });
  }

  /** A chain of links. @internal */
  public static _of(scope: Construct, id: string, links: readonly ChainLink[], { retries, idleTimeout }: FallbackChainOptions): FallbackChain {
    const props: LinkedProps = { retries, idleTimeout, [LINKS]: links };
    return new FallbackChain(scope, id, props as unknown as FallbackChainProps);
  }

  /** How often one model is tried again before the next one is. */
  public readonly retries: number;

  /** How long a provider of the chain may stay silent before the next model is tried; OpenClaw's own limit where it is left out. */
  public readonly idleTimeout?: Duration;

  /** @internal */
  public readonly _links: readonly ChainLink[];

  public constructor(scope: Construct, id: string, props: FallbackChainProps) {
    super(scope, id);
    const { primary, fallbacks = [], retries = 0, idleTimeout, [LINKS]: links } = argumentsOf(props as FallbackChainProps & Partial<LinkedProps>);
    const isModel = (value: unknown) => value instanceof Model;
    const check = new InputChecks(`FallbackChain '${this.node.path}'`)
      .that(Number.isInteger(retries) && retries >= 0, 'retries', 'a whole number from 0', retries)
      .that(isSeconds(idleTimeout), 'idleTimeout', 'a Duration of whole seconds, at least one', idleTimeout, 'use Duration.seconds(60)');
    if (!links) {
      check
        .props<FallbackChainProps>(props, { primary: true, fallbacks: true, retries: true, idleTimeout: true })
        .that(isModel(primary), 'primary', 'a Model', primary, "use for example Provider.ANTHROPIC.model('claude-sonnet-5')")
        .list('fallbacks', fallbacks, isModel, 'a Model', "use for example Provider.OPENAI.model('gpt-5.4')");
    }
    check.done();
    this.retries = retries;
    this.idleTimeout = idleTimeout;
    this._links = links ?? [primary, ...fallbacks].map(model => ({ provider: model.provider, model }));
  }

  /** The providers of the chain in the order in which they are tried, each once. */
  public get providers(): Provider[] {
    return [...new Map(this._links.map(({ provider }) => [provider.id, provider])).values()];
  }

  /**
   * The models that the chain names, the primary first. A provider of `fromProviders()` without an override names none: the version and the preset of
   * each gateway choose its model, see `OpenClawDeployment.models`.
   */
  public get models(): Model[] {
    return this._links.flatMap(({ model }) => model ?? []);
  }
}

function refsOf(models: Model[]): string {
  return models.map(model => `'${model.modelRef}'`).join(', ');
}
