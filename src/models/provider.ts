import { checkBedrockUrl } from './bedrock-arguments';
import { BedrockOptions } from './bedrock-options';
import { ModelApi } from './model-api';
import { checkModel } from './model-arguments';
import { ModelCost, ModelInput, ModelOptions } from './model-options';
import { checkCall, checkEndpoint, checkServed } from './provider-arguments';
import { ProviderFacts } from './provider-facts';
import { apiOf, azureFacts, bedrockFacts, customFacts, officialFacts, keyPlaceOf } from './provider-kinds';
import { AzureOpenAiOptions, CustomProviderOptions, ProviderCustomization } from './provider-options';
import { PROVIDER_ROWS } from './provider-rows';
import { checkSecretHeaders, secretHeadersOf } from './secret-headers';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';

/**
 * A company that serves models, or a server of your own.
 *
 * @see https://docs.openclaw.ai/concepts/model-providers
 */
export class Provider {
  /** Anthropic. */
  public static readonly ANTHROPIC = new Provider(SEAL, officialFacts(PROVIDER_ROWS.ANTHROPIC));

  /** OpenAI. */
  public static readonly OPENAI = new Provider(SEAL, officialFacts(PROVIDER_ROWS.OPENAI));

  /** Google's Gemini models. */
  public static readonly GOOGLE = new Provider(SEAL, officialFacts(PROVIDER_ROWS.GOOGLE));

  /** OpenRouter: models of many companies behind one key. Model ids are `<company>/<model>`. */
  public static readonly OPENROUTER = new Provider(SEAL, officialFacts(PROVIDER_ROWS.OPENROUTER));

  /** Mistral. */
  public static readonly MISTRAL = new Provider(SEAL, officialFacts(PROVIDER_ROWS.MISTRAL));

  /** Groq. */
  public static readonly GROQ = new Provider(SEAL, officialFacts(PROVIDER_ROWS.GROQ));

  /** DeepSeek. */
  public static readonly DEEPSEEK = new Provider(SEAL, officialFacts(PROVIDER_ROWS.DEEPSEEK));

  /** XAI. */
  public static readonly XAI = new Provider(SEAL, officialFacts(PROVIDER_ROWS.XAI));

  /**
   * An Azure OpenAI resource. A model's id is the name of its deployment; its facts (`contextWindow`, `maxTokens`) are given with it.
   *
   * @see https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
   */
  public static azureOpenAi(options: AzureOpenAiOptions): Provider {
    return new Provider(SEAL, azureFacts(options));
  }

  /**
   * Amazon Bedrock in one region, at its own endpoints of the Anthropic Messages and the Chat Completions API. A model's id is an id of Bedrock, an
   * inference profile or an ARN; its facts (`contextWindow`, `maxTokens`) are given with it.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
   */
  public static bedrock(options: BedrockOptions): Provider {
    return new Provider(SEAL, bedrockFacts(options));
  }

  /**
   * A model server that OpenClaw does not know. Its models are given with `contextWindow` and `maxTokens`.
   *
   * @param id the provider's id in OpenClaw: lower-case letters, digits, dashes; not one that OpenClaw itself uses
   */
  public static custom(id: string, options: CustomProviderOptions): Provider {
    const { podPort, podLabels, headers, secretHeaders, bearerHeaders, timeout } = argumentsOf(options);
    return new Provider(SEAL, customFacts(id, options)).customize({ podPort, podLabels, headers, secretHeaders, bearerHeaders, timeout });
  }

  /** The id as OpenClaw writes it: `google`, not `gemini`. */
  public readonly id: string;

  /** The conventional name of the provider's key, for example `ANTHROPIC_API_KEY`; Google's is `GEMINI_API_KEY`. */
  public readonly keyName: string;

  /** Where the provider is reached. */
  public readonly baseUrl: string;

  /** The wire format that the provider speaks; at Amazon Bedrock that of Anthropic's models, others have `Model.api`. */
  public readonly api: ModelApi;

  /** Whether the provider wants a key. */
  public readonly requiresKey: boolean;

  /** @internal */
  public readonly _facts: ProviderFacts;

  private constructor(seal: symbol, facts: ProviderFacts) {
    sealed(seal, new.target, Provider, 'for example Provider.ANTHROPIC, Provider.custom(), Provider.azureOpenAi() or Provider.bedrock()');
    this._facts = facts;
    this.id = facts.id;
    this.keyName = facts.keyName;
    this.baseUrl = facts.baseUrl;
    this.api = facts.api;
    this.requiresKey = facts.requiresKey;
  }

  /** The same provider, reached in another way. Use the result wherever the gateway names this provider. What is left out stays. */
  public customize(options: ProviderCustomization): Provider {
    const { baseUrl = this.baseUrl, podPort, podLabels, headers, timeout, ...others } = argumentsOf(options);
    const where = `Provider '${this.id}'`;
    if (this._facts.kind === 'bedrock') checkBedrockUrl(where, baseUrl, this._facts);
    checkEndpoint(where, 'baseUrl', baseUrl, this.baseUrl);
    if (this._facts.kind === 'custom') checkServed(where, this.id, baseUrl, this.api);
    checkCall(where, { podPort, podLabels, headers, timeout }, this.api);
    const allHeaders = headers || this._facts.headers ? { ...this._facts.headers, ...headers } : undefined;
    const { keyHeader } = keyPlaceOf(this._facts);
    checkSecretHeaders(new InputChecks(where), keyHeader, others, Object.keys(allHeaders ?? {}), this._facts.secretHeaders).done();
    new InputChecks(where)
      .options(options, { baseUrl: true, podPort: true, podLabels: true, headers: true, secretHeaders: true, bearerHeaders: true, timeout: true })
      .done();
    return new Provider(SEAL, {
      ...this._facts,
      baseUrl,
      podPort: podPort ?? (baseUrl === this.baseUrl ? this._facts.podPort : undefined),
      podLabels: podLabels ? { ...podLabels } : baseUrl === this.baseUrl ? this._facts.podLabels : undefined,
      headers: allHeaders,
      secretHeaders: secretHeadersOf(others, this._facts.secretHeaders),
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
    checkModel(this._facts, id, options);
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

  /** The wire format in which the model is called. */
  public readonly api: ModelApi;

  private readonly _input?: ModelInput[];
  private readonly _params?: string;

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
    this.api = options.api ?? apiOf(provider._facts, id);
    this._input = options.input && [...options.input];
    this._params = options.params && JSON.stringify(options.params);
  }

  /** The model as OpenClaw writes it: `<provider>/<model>`, for example `anthropic/claude-sonnet-5`. */
  public get modelRef(): string {
    return `${this.provider.id}/${this.id}`;
  }

  /** What the model accepts, where given. */
  public get input(): ModelInput[] | undefined {
    return this._input && [...this._input];
  }

  /** What OpenClaw sends with each call of the model, where given. */
  public get params(): { [name: string]: any } | undefined {
    return this._params && JSON.parse(this._params);
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

/** The providers that are members of `Provider`. @internal */
export const OFFICIAL: readonly Provider[] = Object.values(Provider).filter(member => member instanceof Provider);

/** How a program names a provider that OpenClaw knows; undefined for one that is no member of `Provider`. @internal */
export function officialName(id: string): string | undefined {
  return OFFICIAL.some(provider => provider.id === id) ? `Provider.${id.toUpperCase()}` : undefined;
}
