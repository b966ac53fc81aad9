import { Duration } from 'cdk8s';
import { Model, ModelOptions, ModelPattern } from './model';
import { ModelApi } from './model-api';
import { checkModel } from './model-arguments';
import { checkAzureEndpoint, checkCall, checkEndpoint, checkProviderId, checkServed, keyNameOf } from './provider-arguments';
import { AzureOpenAiOptions, CustomProviderOptions, ProviderCustomization } from './provider-options';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';

/** @internal */
export interface ProviderFacts {
  readonly id: string;
  readonly keyName: string;
  readonly baseUrl: string;
  readonly api: ModelApi;
  readonly kind: 'official' | 'azure' | 'custom';
  /** Whether model ids are `<company>/<model>`. */
  readonly namespacedIds?: boolean;
  readonly requiresKey?: boolean;
  readonly podPort?: number;
  readonly podLabels?: { readonly [name: string]: string };
  readonly headers?: { [name: string]: string };
  readonly timeout?: Duration;
}

/**
 * A company that serves models, or a server of your own.
 *
 * @see https://docs.openclaw.ai/concepts/model-providers
 */
export class Provider {
  /** Anthropic. */
  public static readonly ANTHROPIC = Provider.official('anthropic', 'https://api.anthropic.com', ModelApi.ANTHROPIC_MESSAGES);

  /** OpenAI. */
  public static readonly OPENAI = Provider.official('openai', 'https://api.openai.com/v1', ModelApi.OPENAI_RESPONSES);

  /** Google's Gemini models. */
  public static readonly GOOGLE = Provider.official(
    'google', 'https://generativelanguage.googleapis.com/v1beta', ModelApi.GOOGLE_GENERATIVE_AI, { keyName: 'GEMINI_API_KEY' },
  );

  /** OpenRouter: models of many companies behind one key. Model ids are `<company>/<model>`. */
  public static readonly OPENROUTER = Provider.official('openrouter', 'https://openrouter.ai/api/v1', ModelApi.OPENAI_COMPLETIONS, { namespacedIds: true });

  /** Mistral. */
  public static readonly MISTRAL = Provider.official('mistral', 'https://api.mistral.ai/v1', ModelApi.OPENAI_COMPLETIONS);

  /** Groq. */
  public static readonly GROQ = Provider.official('groq', 'https://api.groq.com/openai/v1', ModelApi.OPENAI_COMPLETIONS, { namespacedIds: true });

  /** DeepSeek. */
  public static readonly DEEPSEEK = Provider.official('deepseek', 'https://api.deepseek.com', ModelApi.OPENAI_COMPLETIONS);

  /** XAI. */
  public static readonly XAI = Provider.official('xai', 'https://api.x.ai/v1', ModelApi.OPENAI_RESPONSES);

  /**
   * An Azure OpenAI resource. A model's id is the name of its deployment; its facts (`contextWindow`, `maxTokens`) are given with it.
   *
   * @see https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
   */
  public static azureOpenAi(options: AzureOpenAiOptions): Provider {
    const { endpoint, id = 'azure' } = argumentsOf(options);
    const where = 'Provider.azureOpenAi()';
    checkProviderId(where, id);
    checkAzureEndpoint(where, endpoint);
    new InputChecks(where).options(options, { endpoint: true, id: true }).done();
    return new Provider(SEAL, {
      id,
      keyName: id === 'azure' ? 'AZURE_OPENAI_API_KEY' : keyNameOf(id),
      baseUrl: `${new URL(endpoint).origin}/openai/v1`,
      api: ModelApi.AZURE_OPENAI_RESPONSES,
      kind: 'azure',
    });
  }

  /**
   * A model server that OpenClaw does not know. Its models are given with `contextWindow` and `maxTokens`.
   *
   * @param id the provider's id in OpenClaw: lower-case letters, digits, dashes; not one that OpenClaw itself uses
   */
  public static custom(id: string, options: CustomProviderOptions): Provider {
    const { baseUrl, api = ModelApi.OPENAI_COMPLETIONS, requiresKey, podPort, podLabels, headers, timeout } = argumentsOf(options);
    const where = typeof id === 'string' ? `Provider.custom('${id}')` : 'Provider.custom()';
    checkProviderId(where, id);
    checkEndpoint(where, 'baseUrl', baseUrl, 'http://vllm.models.svc:8000/v1');
    checkServed(where, id, baseUrl, api);
    new InputChecks(where)
      .that(Object.values(ModelApi).includes(api), 'api', `one of ModelApi (${Object.values(ModelApi).join(', ')})`, api)
      .that(requiresKey === undefined || typeof requiresKey === 'boolean', 'requiresKey', 'a boolean', requiresKey)
      .options(options, { baseUrl: true, api: true, requiresKey: true, podPort: true, podLabels: true, headers: true, timeout: true })
      .done();
    return new Provider(SEAL, { id, keyName: keyNameOf(id), baseUrl, api, kind: 'custom', requiresKey }).customize({ podPort, podLabels, headers, timeout });
  }

  private static official(id: string, baseUrl: string, api: ModelApi, facts: Partial<ProviderFacts> = {}): Provider {
    return new Provider(SEAL, { id, keyName: keyNameOf(id), baseUrl, api, kind: 'official', ...facts });
  }

  /** The id as OpenClaw writes it: `google`, not `gemini`. */
  public readonly id: string;

  /** The conventional name of the provider's key, for example `ANTHROPIC_API_KEY`; Google's is `GEMINI_API_KEY`. */
  public readonly keyName: string;

  /** Where the provider is reached. */
  public readonly baseUrl: string;

  /** The wire format that the provider speaks. */
  public readonly api: ModelApi;

  /** Whether the provider wants a key. */
  public readonly requiresKey: boolean;

  /** @internal */
  public readonly _facts: ProviderFacts;

  private constructor(seal: symbol, facts: ProviderFacts) {
    sealed(seal, new.target, Provider, 'for example Provider.ANTHROPIC, Provider.custom() or Provider.azureOpenAi()');
    this._facts = facts;
    this.id = facts.id;
    this.keyName = facts.keyName;
    this.baseUrl = facts.baseUrl;
    this.api = facts.api;
    this.requiresKey = facts.requiresKey ?? true;
  }

  /** The same provider, reached in another way. Use the result wherever the gateway names this provider. What is left out stays. */
  public customize(options: ProviderCustomization): Provider {
    const { baseUrl = this.baseUrl, podPort, podLabels, headers, timeout } = argumentsOf(options);
    const where = `Provider '${this.id}'`;
    checkEndpoint(where, 'baseUrl', baseUrl, this.baseUrl);
    if (this._facts.kind === 'custom') checkServed(where, this.id, baseUrl, this.api);
    checkCall(where, { podPort, podLabels, headers, timeout });
    new InputChecks(where).options(options, { baseUrl: true, podPort: true, podLabels: true, headers: true, timeout: true }).done();
    return new Provider(SEAL, {
      ...this._facts,
      baseUrl,
      podPort: podPort ?? (baseUrl === this.baseUrl ? this._facts.podPort : undefined),
      podLabels: podLabels ? { ...podLabels } : baseUrl === this.baseUrl ? this._facts.podLabels : undefined,
      headers: headers || this._facts.headers ? { ...this._facts.headers, ...headers } : undefined,
      timeout: timeout ?? this._facts.timeout,
    });
  }

  /**
   * One of the provider's models.
   *
   * @param id the id as the provider writes it, for example `claude-sonnet-5`; through OpenRouter `anthropic/claude-sonnet-4.6`
   * @param options facts about a model that OpenClaw's catalog does not know
   */
  public model(id: string, options: ModelOptions = {}): Model {
    checkModel(this.id, id, options);
    return Model._of(this, id, argumentsOf(options));
  }

  /**
   * Several of the provider's models, for an allowlist.
   *
   * @param pattern a prefix that ends in a star after a slash, as OpenClaw takes it: `anthropic/*`; or `*` for all
   */
  public pattern(pattern: string): ModelPattern {
    new InputChecks(`Provider '${this.id}'`).text('pattern', pattern).done();
    return ModelPattern._of(this, pattern);
  }
}

/** The providers that are members of `Provider`. */
export const OFFICIAL: readonly Provider[] = Object.values(Provider).filter(member => member instanceof Provider);

/** How a program names a provider of OpenClaw's; undefined for one that is no member of `Provider`. */
export function officialName(id: string): string | undefined {
  return OFFICIAL.some(provider => provider.id === id) ? `Provider.${id.toUpperCase()}` : undefined;
}
