import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Delivery } from './delivery';
import { NOTICE_RULES } from './notice-rules';
import { ModelGuard } from '../guard/model-guard';
import { checkResources, ContainerResources } from '../input/container-resources';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';
import { checkStorageSize } from '../input/sizes';
import { checkMaxPrice } from '../models/check-max-price';
import { MaxPrice } from '../models/max-price';
import { ModelTier } from '../models/model-tier';

/** The defaults of one kind of environment. What is left out is taken from the preset that is customized. */
export interface PresetOptions {
  /**
   * What the environment is called in messages and summaries.
   * @default - the name of the preset that is customized; Preset.of(): 'custom'
   */
  readonly name?: string;

  /**
   * How capable the models of `FallbackChain.fromProviders()` are.
   * @default - as in the preset that is customized
   */
  readonly tier?: ModelTier;

  /**
   * Whether a gateway without an allowlist may call every model of its chain's providers, rather than the chain's models alone.
   * @default - as in the preset that is customized
   */
  readonly permitAllModels?: boolean;

  /**
   * What each model may cost that a gateway calls. The rule `model-too-expensive` reports any other, and those without a known price.
   * @default - as in the preset that is customized
   */
  readonly maxPrice?: MaxPrice;

  /**
   * Whether a NetworkPolicy closes the network but for DNS and the providers.
   * @default - as in the preset that is customized
   */
  readonly isolateNetwork?: boolean;

  /**
   * Whether the cluster assigns the user and the group of the pods, as OpenShift does (`restricted-v2`): no number is rendered then. The guard needs pods of
   * its own, since all containers of a pod get the same user.
   * @default - as in the preset that is customized
   */
  readonly clusterAssignsUser?: boolean;

  /**
   * How changes reach the gateway.
   * @default - as in the preset that is customized
   */
  readonly delivery?: Delivery;

  /**
   * Who holds the providers' keys.
   * @default - as in the preset that is customized
   */
  readonly guard?: ModelGuard;

  /**
   * Size of the volume that holds the gateway's state: a `Size` of whole gibibytes, or a text such as `'10Gi'`.
   * @default - as in the preset that is customized
   */
  readonly storageSize?: any;

  /**
   * What the gateway's container requests and may use.
   * @default - as in the preset that is customized
   */
  readonly resources?: ContainerResources;

  /**
   * Rules whose findings are notices here, errors elsewhere. docs/rules.md says which rules may be listed.
   * @default - as in the preset that is customized
   */
  readonly noticeRules?: string[];
}

/** What a preset holds; only a limit of prices may be missing. */
type PresetValues = Required<Omit<PresetOptions, 'maxPrice'>> & Pick<PresetOptions, 'maxPrice'>;

/** Every default of one kind of environment, in one place: cheap and open for development, strong and closed for production. */
export class Preset {
  /** For production: the strongest models, exactly the chain's permitted, by a guard that alone has the keys; a closed network, no secret in plain text. */
  public static readonly PROD = new Preset(SEAL, {
    name: 'prod',
    tier: ModelTier.PREMIUM,
    permitAllModels: false,
    isolateNetwork: true,
    clusterAssignsUser: false,
    delivery: Delivery.LIVE,
    guard: ModelGuard.sidecar(),
    storageSize: Size.gibibytes(10),
    resources: {
      cpu: { request: kplus.Cpu.millis(500) },
      memory: { request: Size.gibibytes(2), limit: Size.gibibytes(3) },
    },
    noticeRules: [],
  });

  /** For development: the cheapest models, no guard, an open network, secrets in plain text and a single provider accepted with a notice. */
  public static readonly DEV = Preset.PROD.customize({
    name: 'dev',
    tier: ModelTier.ECONOMY,
    permitAllModels: true,
    isolateNetwork: false,
    guard: ModelGuard.none(),
    storageSize: Size.gibibytes(5),
    resources: {
      cpu: { request: kplus.Cpu.millis(250) },
      memory: { request: Size.gibibytes(1), limit: Size.gibibytes(2) },
    },
    noticeRules: ['chain-single-provider', 'image-not-pinned', 'model-deprecated', 'secret-plain-text'],
  });

  /** A preset of your own; what is left out is as in `Preset.PROD`. */
  public static of(options: PresetOptions): Preset {
    return Preset.PROD.customize({ ...options, name: argumentsOf(options).name ?? 'custom' });
  }

  /** What the environment is called in messages and summaries. */
  public readonly name: string;

  /** How capable the models of `FallbackChain.fromProviders()` are. */
  public readonly tier: ModelTier;

  /** @internal */
  public readonly _options: PresetValues;

  private constructor(seal: symbol, options: PresetValues) {
    sealed(seal, new.target, Preset, 'Preset.PROD, Preset.DEV, Preset.of() or customize()');
    this.name = options.name;
    this.tier = options.tier;
    this._options = options;
  }

  /** The same preset, but for the options given. */
  public customize(options: PresetOptions): Preset {
    const given = argumentsOf(options);
    const isSwitch = (value: unknown) => value === undefined || typeof value === 'boolean';
    const check = new InputChecks(`Preset '${typeof given.name === 'string' ? given.name : this.name}'`)
      .that(given.name === undefined || isName(given.name), 'name', 'a word or a few, on one line', given.name)
      .that(given.tier === undefined || Object.values(ModelTier).includes(given.tier), 'tier', 'a ModelTier', given.tier)
      .that(isSwitch(given.permitAllModels), 'permitAllModels', 'a boolean', given.permitAllModels)
      .that(isSwitch(given.isolateNetwork), 'isolateNetwork', 'a boolean', given.isolateNetwork)
      .that(isSwitch(given.clusterAssignsUser), 'clusterAssignsUser', 'a boolean', given.clusterAssignsUser)
      .that(given.delivery === undefined || Object.values(Delivery).includes(given.delivery), 'delivery', 'Delivery.LIVE or Delivery.RESTART', given.delivery)
      .that(given.guard === undefined || given.guard instanceof ModelGuard, 'guard', 'a ModelGuard', given.guard);
    checkMaxPrice(check, given.maxPrice);
    checkResources(checkStorageSize(check, 'storageSize', given.storageSize), given.resources)
      .list('noticeRules', given.noticeRules, id => NOTICE_RULES.includes(id as string), `one of ${NOTICE_RULES.join(', ')}`)
      .options<PresetOptions>(given, {
        name: true,
        tier: true,
        permitAllModels: true,
        maxPrice: true,
        isolateNetwork: true,
        clusterAssignsUser: true,
        delivery: true,
        guard: true,
        storageSize: true,
        resources: true,
        noticeRules: true,
      })
      .done();
    const merged = { ...this._options };
    for (const [option, value] of Object.entries(given)) {
      if (value !== undefined) Object.assign(merged, { [option]: Array.isArray(value) ? [...value] : value });
    }
    return new Preset(SEAL, merged);
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !/[\r\n]/.test(value);
}
