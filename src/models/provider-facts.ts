import { Duration } from 'cdk8s';
import { ModelApi } from './model-api';
import { SecretHeader } from './secret-headers';
import { FeatureSwitch } from '../release/features';

/** Models of a provider, by their ids. */
type SomeModels = RegExp | 'none';

/** Settings of a model's row in `openclaw.json`. */
export interface ModelSettings {
  readonly compat?: { readonly [setting: string]: boolean | string };
  readonly headers?: { readonly [name: string]: string };
}

/**
 * Something that OpenClaw does for a provider only where it recognises the provider by the host name of its base URL. It does not do so behind a
 * model guard or at another base URL, unless settings of the model ask for it.
 */
export interface HomeFeature {
  /** What requests have at home only, in words for the summary and the docs. */
  readonly name: string;
  /** The models that it concerns. */
  readonly models: SomeModels | 'all';
  /** The releases that do it: those with this feature. */
  readonly since: FeatureSwitch | 'always';
  /** The releases that do it no longer: those with this feature. */
  readonly until: FeatureSwitch | 'never';
  /** What asks for it elsewhere. */
  readonly settings: ModelSettings | 'none';
  /** The releases that have these settings: those with this feature. */
  readonly settingsSince: FeatureSwitch | 'always';
  /** Where requests differ without it, such as `header originator` or `body tools[].strict`. */
  readonly places: readonly string[];
  /** What it means where nothing asks for it. */
  readonly without: string;
}

/**
 * What distinguishes one provider from another. Every column is required, so that a new provider states each of them. Code outside of `models/`
 * reads these columns and never asks which provider it has.
 */
export interface ProviderTraits {
  /** Whether a model's id begins with the company that made the model: `anthropic/claude-sonnet-5`. `unknown`: ids are the server's or the caller's own. */
  readonly companyInId: 'never' | 'sometimes' | 'always' | 'unknown';
  /** Whether the provider writes all of its ids in lower case. */
  readonly lowerCaseIds: boolean;
  /** Ids that name no model: the provider chooses one for each call. */
  readonly routers: SomeModels;
  /** Whether OpenClaw gives models of this company their present names behind any provider that puts its id before theirs: `google/gemini-3-pro`. */
  readonly renamedEverywhere: boolean;
  /** Whether OpenClaw would fetch another agent runtime from npm for this provider unless the configuration names OpenClaw's own. */
  readonly fetchesRuntime: boolean;
  /** Models whose safety refusals the provider lets another model answer, inside the same call. */
  readonly refusalsAnsweredByAnother: SomeModels;
  /** Whether several companies serve one model, and the field `provider` of a request chooses among them. */
  readonly choosesHost: boolean;
  /** Whether the provider may run tools that are named by a key, as Google's API does: `{ "googleSearch": {} }`. `true` where nobody knows. */
  readonly googleTools: boolean;
  /** The function of the provider's plugin that makes its rows of the catalog in versions whose manifest has none. */
  readonly catalogFunction: string | 'none';
  /** What OpenClaw does for the provider only where the base URL has the provider's own host. */
  readonly onlyAtHome: readonly HomeFeature[];
}

/** A provider that OpenClaw knows. */
export interface ProviderRow extends ProviderTraits {
  readonly id: string;
  /** The company's name, for messages. */
  readonly company: string;
  readonly keyName: string;
  readonly baseUrl: string;
  readonly api: ModelApi;
}

/** A wire format, and the path that it adds to a provider's base URL. */
export interface Format {
  readonly api: ModelApi;
  readonly path: string;
}

/** Everything that is known of a provider. @internal */
export interface ProviderFacts {
  readonly id: string;
  readonly keyName: string;
  readonly baseUrl: string;
  readonly api: ModelApi;
  readonly kind: 'official' | 'azure' | 'bedrock' | 'custom';
  /** Of a provider whose models speak several wire formats, each at a path of its own. */
  readonly formats?: readonly Format[];
  /** Whether the key is a bearer token, whichever the format. */
  readonly bearer?: boolean;
  /** The provider's region at AWS. */
  readonly region?: string;
  /** The company's name, for messages. */
  readonly company: string;
  readonly traits: ProviderTraits;
  /** The address at which the traits are known to hold; `customize()` may set another `baseUrl`. */
  readonly homeUrl: string;
  readonly requiresKey: boolean;
  /** The name of the service and the region in signatures of AWS, where requests may be signed instead of carrying a key. */
  readonly signing?: { readonly service: string; readonly region: string };
  readonly podPort?: number;
  readonly podLabels?: { readonly [name: string]: string };
  readonly headers?: { [name: string]: string };
  readonly secretHeaders?: readonly SecretHeader[];
  readonly timeout?: Duration;
}

/** Whether a model is one of some. */
export function isAmong(models: SomeModels, id: string): boolean {
  return models !== 'none' && models.test(id);
}

/** Whether calls of a provider carry a key or another secret. */
export function sendsSecret({ requiresKey, secretHeaders = [] }: ProviderFacts): boolean {
  return requiresKey || secretHeaders.length > 0;
}

/** Whether a provider may run tools that are named by a key: at another address than its own nobody knows what answers. */
export function mayRunGoogleTools({ traits, baseUrl, homeUrl }: ProviderFacts): boolean {
  return traits.googleTools || baseUrl !== homeUrl;
}
