import { Duration } from 'cdk8s';
import { ModelApi } from './model-api';
import { SecretSource } from '../secrets/secret-source';

/** How a provider is called. */
export interface ProviderCallOptions {
  /**
   * HTTP headers sent with each call. Values are readable in the manifests: no secrets.
   * @default - none
   */
  readonly headers?: { [name: string]: string };

  /**
   * HTTP headers whose values are secrets, for example the key of a gateway of models in front of the provider: `x-portkey-api-key`. They rotate as the
   * provider's key does. Behind a model guard, the guard adds them, and the gateway does not have them.
   * @default - none
   */
  readonly secretHeaders?: { [name: string]: SecretSource };

  /**
   * As `secretHeaders`, with `Bearer ` before the value: `cf-aig-authorization`, `helicone-auth`.
   * @default - none
   */
  readonly bearerHeaders?: { [name: string]: SecretSource };

  /**
   * How long the provider may stay silent before the next model is tried, in whole seconds; the `idleTimeout` of a chain, for this provider alone.
   * @default - the chain's `idleTimeout`
   */
  readonly timeout?: Duration;

  /**
   * Port of the server's pods, where it differs from the port in `baseUrl` (a Service's `targetPort`); network policies see this one.
   * @default - the port in baseUrl
   */
  readonly podPort?: number;

  /**
   * Labels of the server's pods, where it runs in the cluster; a closed network then lets the gateway reach these pods alone.
   * @default - every pod of the namespace that baseUrl names
   */
  readonly podLabels?: { [name: string]: string };
}

/** What a company puts between the gateway and a provider. */
export interface ProviderCustomization extends ProviderCallOptions {
  /**
   * Where the provider is reached, for example a company proxy. It must pass requests on as they are: OpenClaw sends what it sends to the provider's own
   * address. A server with an API of its own, such as LiteLLM, is a `Provider.custom()`.
   * @default - the provider's own address
   */
  readonly baseUrl?: string;
}

/** An Azure OpenAI resource. */
export interface AzureOpenAiOptions {
  /** The resource's address: `https://<resource>.openai.azure.com`. */
  readonly endpoint: string;

  /**
   * The provider's id in OpenClaw; needed to use two resources in one gateway.
   * @default 'azure'
   */
  readonly id?: string;
}

/** A model server that OpenClaw does not know, for example vLLM, Ollama or LiteLLM. */
export interface CustomProviderOptions extends ProviderCallOptions {
  /** Where the server is reached, with its path: `http://vllm.models.svc:8000/v1`. Outside the cluster it must be https. */
  readonly baseUrl: string;

  /**
   * The wire format that the server speaks.
   * @default ModelApi.OPENAI_COMPLETIONS
   */
  readonly api?: ModelApi;

  /**
   * Whether the server wants a key. A server without one needs no `ProviderSecret`.
   * @default true
   */
  readonly requiresKey?: boolean;
}
