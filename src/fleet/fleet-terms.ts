import { FleetProps, FleetWave } from './fleet-props';
import { Tenant } from './tenant';
import { RowProblem } from './tenant-row';
import { nearest } from '../input/nearest';
import { problemsOf } from '../input/problems';
import { isMap, shown } from '../input/values';
import { ChainLink, FallbackChain } from '../models/fallback-chain';
import { ModelAllowlist } from '../models/model-allowlist';
import { Model, ModelPattern, OFFICIAL, Provider } from '../models/provider';
import { Preset } from '../presets/preset';
import { OpenClawVersion } from '../release/openclaw-version';

/** What the words of a tenant come to in its fleet. */
export interface TenantPlan {
  readonly version: OpenClawVersion;
  readonly preset: Preset;
  /** The tenant's own chain; undefined where it has the fleet's. */
  readonly links?: ChainLink[];
  /** The tenant's own allowlist; undefined where it has the fleet's. */
  readonly allowed?: { readonly models: Model[]; readonly patterns: ModelPattern[] };
  /** The providers that need a key. */
  readonly providers: Provider[];
}

/** The words that tenants of a fleet may use, and what they mean. */
export class FleetTerms {
  private readonly presets: Map<string, Preset>;
  private readonly providers: Map<string, Provider>;
  private readonly models: Map<string, Model>;
  private readonly versions = new Map<string, OpenClawVersion>();
  private readonly waves: { readonly [name: string]: FleetWave };
  private readonly ownProviders: Provider[];

  public constructor(private readonly props: FleetProps) {
    const { tenants, providerKeys, waves = {}, presets = [], providers = [], models = [], preset = Preset.PROD, ...definition } = props;
    const { chain, allowlist, ...rest } = definition;
    const named = [...partsOf(chain), ...partsOf(allowlist), ...partsOf(rest)];
    const ownModels = [...named.filter(part => part instanceof Model), ...models];
    this.waves = waves;
    const ofWaves = Object.values(waves).flatMap(wave => wave.preset ?? []);
    this.presets = new Map([Preset.PROD, Preset.DEV, ...ofWaves, preset, ...presets].map(each => [each.name, each]));
    this.models = new Map(ownModels.map(model => [model.modelRef, model]));
    const known = [...OFFICIAL, ...[...named, ...models].map(providerOf), ...providers];
    this.providers = new Map(known.map(provider => [provider.id, provider]));
    this.ownProviders = partsOf(rest).map(providerOf);
  }

  /** What a tenant's words come to; what has no meaning is added to the problems. */
  public planOf(tenant: Partial<Tenant>, problems: RowProblem[]): TenantPlan {
    const wave = this.waveOf(tenant, problems);
    const { chain, allowlist, preset = Preset.PROD, version } = this.props;
    const links = tenant.chain?.flatMap((word, i) => this.linkOf(word, ['chain', i], problems) ?? []);
    const allowed = tenant.allowlist?.flatMap((word, i) => this.permissionOf(word, ['allowlist', i], problems) ?? []);
    const used = [...links ?? partsOf(chain), ...allowed ?? partsOf(allowlist)].map(providerOf).concat(this.ownProviders);
    const providers = [...new Map(used.filter(each => each.requiresKey).map(each => [each.id, each])).values()];
    const keys = Object.keys(tenant.keys ?? {});
    if (keys.length > 0 && !this.props.providerKeys) problems.push({ path: ['keys'], message: 'keys has no meaning, because the fleet has no providerKeys' });
    if (problems.length === 0) {
      for (const id of keys.filter(each => !providers.some(provider => provider.id === each))) {
        problems.push({ path: ['keys', id], message: `keys.${id}: neither the chain nor the allowlist has ${this.wrongWord(id, providers.map(each => each.id))}` });
      }
    }
    return {
      version: tenant.version === undefined ? wave.version ?? version : this.versionOf(tenant.version, problems) ?? version,
      preset: tenant.preset === undefined ? wave.preset ?? preset : this.presetOf(tenant.preset, problems) ?? preset,
      links,
      allowed: allowed && { models: allowed.filter(each => each instanceof Model), patterns: allowed.filter(each => each instanceof ModelPattern) },
      providers,
    };
  }

  private waveOf({ wave }: Partial<Tenant>, problems: RowProblem[]): FleetWave {
    if (wave === undefined) return {};
    if (Object.hasOwn(this.waves, wave)) return this.waves[wave];
    problems.push({ path: ['wave'], message: `wave is ${this.wrongWord(wave, Object.keys(this.waves))}` });
    return {};
  }

  private presetOf(name: string, problems: RowProblem[]): Preset | undefined {
    const preset = this.presets.get(name);
    if (!preset) problems.push({ path: ['preset'], message: `preset is ${this.wrongWord(name, [...this.presets.keys()])}` });
    return preset;
  }

  private versionOf(version: string, problems: RowProblem[]): OpenClawVersion | undefined {
    const made = this.versions.get(version) ?? attempt(() => OpenClawVersion.of(version), ['version'], problems);
    if (made) this.versions.set(version, made);
    return made;
  }

  private linkOf(word: string, path: RowProblem['path'], problems: RowProblem[]): ChainLink | undefined {
    const provider = this.providerOf(word, path, problems);
    if (!provider) return undefined;
    if (!word.includes('/')) return { provider };
    const model = this.modelOf(provider, word, path, problems);
    return model && { provider: model.provider, model };
  }

  private permissionOf(word: string, path: RowProblem['path'], problems: RowProblem[]): Model | ModelPattern | undefined {
    const provider = this.providerOf(word, path, problems);
    if (!provider) return undefined;
    const pattern = word.slice(provider.id.length + 1);
    return pattern.endsWith('*') ? attempt(() => provider.pattern(pattern), path, problems) : this.modelOf(provider, word, path, problems);
  }

  private providerOf(word: string | undefined, path: RowProblem['path'], problems: RowProblem[]): Provider | undefined {
    if (word === undefined) return undefined;
    const [id] = word.split('/', 1);
    const provider = this.providers.get(id);
    if (!provider) problems.push({ path, message: `${path[0]} ${shown(word)} is of ${this.wrongWord(id, [...this.providers.keys()], 'provider ')}` });
    return provider;
  }

  private modelOf(provider: Provider, ref: string, path: RowProblem['path'], problems: RowProblem[]): Model | undefined {
    const model = this.models.get(ref) ?? attempt(() => provider.model(ref.slice(provider.id.length + 1)), path, problems);
    if (model) this.models.set(ref, model);
    return model;
  }

  private wrongWord(word: string, allowed: string[], kind = ''): string {
    const near = nearest(word, allowed);
    if (allowed.length === 0) return `${kind}${shown(word)}, but the fleet has none`;
    return `${kind}${shown(word)}; ${near.length > 0 ? `did you mean ${near.map(each => `'${each}'`).join(' or ')}?` : `allowed are ${allowed.join(', ')}`}`;
  }
}

type Part = Provider | Model | ModelPattern | ChainLink;

/** The models, patterns and providers that a chain, an allowlist or a prop names. */
function partsOf(value: unknown, above: readonly unknown[] = []): Part[] {
  if (value instanceof Model || value instanceof ModelPattern || value instanceof Provider) return [value];
  if (value instanceof FallbackChain) return value._links.map(link => link.model ?? link.provider);
  if (value instanceof ModelAllowlist) return [...value.chains, ...value.models, ...value.patterns].flatMap(part => partsOf(part));
  const isPlain = Array.isArray(value) || (isMap(value) && Object.getPrototypeOf(value) === Object.prototype);
  if (!isPlain || above.includes(value)) return []; // what contains itself is the gateway's to report
  return Object.values(value).flatMap(part => partsOf(part, [...above, value]));
}

function providerOf(part: Part): Provider {
  return part instanceof Provider ? part : part.provider;
}

function attempt<T>(make: () => T, path: RowProblem['path'], problems: RowProblem[]): T | undefined {
  try {
    return make();
  } catch (error) {
    problems.push(...problemsOf(error, 'OpenClawVersion.of()').map(message => ({ path, message })));
    return undefined;
  }
}
