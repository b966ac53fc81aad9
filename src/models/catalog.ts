import { readFileSync } from 'fs';
import { nearest } from '../input/nearest';
import { own } from '../input/values';
import { packageFile } from '../package-file';
import { compareReleases } from '../release/compare';
import { nearestRead } from '../release/nearest-release';
import { storedFacts } from '../release/stored-facts';

/** Prices in USD per million tokens. */
interface CatalogCost {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What a version knows about a model. */
export interface CatalogRow {
  readonly name: string;
  readonly contextWindow: number;
  /** How much of the window OpenClaw uses, where that is less. */
  readonly contextTokens?: number;
  readonly maxTokens: number;
  readonly input: string[];
  readonly reasoning: boolean;
  /** Missing when the price is not known; never zero. */
  readonly cost?: CatalogCost;
  /** Missing when the model is simply available. */
  readonly status?: string;
  readonly replacedBy?: string;
  /** How requests to the model differ from others of its API; a `compat` in the configuration replaces it. */
  readonly compat?: { readonly [setting: string]: unknown };
}

/** Why a version refuses a model id of a provider. */
interface Suppression {
  readonly reason: string;
  readonly replacedBy?: string;
}

export interface ProviderData {
  readonly api: string;
  readonly baseUrl: string;
  readonly aliases: { readonly [alias: string]: string };
  readonly models: { readonly [id: string]: CatalogRow };
  readonly suppressed: { readonly [id: string]: Suppression };
}

/** Where something comes from. */
export interface PluginFacts {
  /** The plugin's id, as in `plugins.entries`. */
  readonly plugin: string;
  /** The npm package that is fetched for it; missing when the plugin is bundled. */
  readonly npm?: string;
}

/** A version of an official plugin's package on npm. */
export interface PackageVersion {
  readonly version: string;
  /** The oldest OpenClaw that it fits. */
  readonly since: string;
  /** Its hash, as npm writes it. */
  readonly integrity: string;
}

/** A provider id that a version ships or maps itself. */
export interface TakenId extends PluginFacts {
  /** The provider that this id is another name of. */
  readonly canonical?: string;
  /** An explicit provider of this id is treated like any custom one. */
  readonly plain?: boolean;
}

/** A file catalog/<version>.json. */
export interface CatalogData {
  readonly providers: { readonly [id: string]: ProviderData };
  /**
   * The plugin that serves a setting. The key is its path, where `*` stands for one key and `**` for any number of them; after `=` stands the value
   * that asks for the plugin.
   */
  readonly settings: { readonly [setting: string]: PluginFacts };
  readonly taken: { readonly [id: string]: TakenId };
}

export type TierName = 'economy' | 'standard' | 'premium';

/** Which model stands for a tier from a version on. */
export interface TierChoice {
  readonly id: string;
  readonly since: string;
  readonly reason: string;
  readonly source: string;
  readonly date: string;
  readonly price?: { readonly input: number; readonly output: number };
  /** What the version's catalog does not say about the model; all of it where there is no row. */
  readonly facts?: Partial<CatalogRow>;
}

type Tiers = { readonly [providerId: string]: { readonly [tier in TierName]: TierChoice[] } };
const files = new Map<string, unknown>();

function read<T>(name: string): T {
  if (!files.has(name)) files.set(name, JSON.parse(readFileSync(packageFile('catalog', name), 'utf8')));
  return files.get(name) as T;
}

const catalogs = new Map<string, Catalog>();

/** The facts of one version. */
export class Catalog {
  /** The facts of a version, or those of the nearest one that was read. */
  public static of(version: string): Catalog {
    const release = nearestRead(version);
    let catalog = catalogs.get(release);
    if (!catalog) {
      catalog = new Catalog(release, read<CatalogData>(`${storedFacts(release).catalog}.json`));
      catalogs.set(release, catalog);
    }
    return catalog;
  }

  private readonly below = new Map<string, { readonly [key: string]: PluginFacts }>();

  private constructor(
    /** The version whose facts these are. */
    public readonly release: string,
    private readonly data: CatalogData,
  ) {}

  /** The bundled plugins. */
  public get plugins(): string[] {
    return Object.entries(this.served('plugins.entries')).filter(([, { npm }]) => !npm).map(([id]) => id);
  }

  /** The plugin of each setting that needs one. */
  public get settings(): CatalogData['settings'] {
    return this.data.settings;
  }

  /** The plugins of the settings below a path, by key. */
  public served(path: string): { readonly [key: string]: PluginFacts } {
    let found = this.below.get(path);
    if (!found) {
      const below = Object.entries(this.data.settings).filter(([setting]) => setting.startsWith(`${path}.`));
      found = Object.fromEntries(below.map(([setting, facts]) => [setting.slice(path.length + 1), facts]));
      this.below.set(path, found);
    }
    return found;
  }

  /** The versions of an official plugin's package on npm that were read, whichever OpenClaw they fit. */
  public packageVersions(name: string): readonly PackageVersion[] {
    return own(read<{ [name: string]: PackageVersion[] }>('plugins.json'), name) ?? [];
  }

  public models(providerId: string): { [id: string]: CatalogRow } {
    return { ...own(this.data.providers, providerId)?.models };
  }

  public row(providerId: string, modelId: string): CatalogRow | undefined {
    return own(own(this.data.providers, providerId)?.models, modelId);
  }

  /** The model that OpenClaw means by one of its short names. */
  public alias(providerId: string, modelId: string): string | undefined {
    return own(own(this.data.providers, providerId)?.aliases, modelId);
  }

  public suppression(providerId: string, modelId: string): Suppression | undefined {
    return own(own(this.data.providers, providerId)?.suppressed, modelId);
  }

  /** Up to three ids that may have been meant; the model itself first when `modelId` is one of OpenClaw's short names. */
  public nearest(providerId: string, modelId: string): string[] {
    const meant = this.alias(providerId, modelId);
    const ids = Object.keys(this.models(providerId));
    return [...new Set([...meant && ids.includes(meant) ? [meant] : [], ...nearest(modelId, ids)])].slice(0, 3);
  }

  public taken(providerId: string): TakenId | undefined {
    return own(this.data.taken, providerId);
  }

  /** The model of a tier with its facts; none for providers without tiers. */
  public tier(providerId: string, tier: TierName): (CatalogRow & { readonly id: string }) | undefined {
    const choice = own(read<Tiers>('tiers.json'), providerId)?.[tier].find(({ since }) => compareReleases(since, this.release) <= 0);
    const cost = choice?.price && { ...choice.price, cacheRead: 0, cacheWrite: 0 };
    return choice && { id: choice.id, cost, ...choice.facts, ...this.row(providerId, choice.id) } as CatalogRow & { id: string };
  }
}
