import { Chart, Testing } from 'cdk8s';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { Model, OpenClawDeployment, OpenClawDeploymentProps, Provider, ProviderSecret } from '../../src/index';
import { keysOf, newChain, newChart, newGateway } from '../support/gateway';
import { httpTurn, HttpAnswer } from '../support/openclaw-client';

export const GATEWAY_PORT = OpenClawDeployment.GATEWAY_PORT;
export const GATEWAY_TOKEN = 'token-0123456789abcdef0123456789abcdef';

/** Providers whose calls a namespace's mocks answer. */
export interface MockedProviders {
  readonly anthropic: Provider;
  readonly openai: Provider;
}

export function mocked({ url }: Mocks): MockedProviders {
  return { anthropic: Provider.ANTHROPIC.customize({ baseUrl: url }), openai: Provider.OPENAI.customize({ baseUrl: `${url}/v1` }) };
}

export const modelsOf = ({ anthropic, openai }: MockedProviders): Model[] => [anthropic.model('claude-haiku-4-5'), openai.model('gpt-5.4')];

export interface GatewayOptions {
  /** The construct's id. @default Gateway */
  readonly id?: string;
  /** The order of models. */
  readonly chain: Model[];
  /** @default - from the Secret `openclaw-secrets` */
  readonly keys?: (chart: Chart) => ProviderSecret[];
  readonly props?: Partial<OpenClawDeploymentProps>;
  /** What is done with the gateway before it is synthesised. */
  readonly then?: (gateway: OpenClawDeployment) => void;
}

/** A gateway of a namespace: its objects, as synthesised, and how it is reached. */
export class Gateway {
  public readonly objects: any[];
  public readonly deployment: string;
  /** The Deployment that the model guard is in. */
  public readonly guardDeployment: string;
  private readonly service: string;

  public constructor(readonly namespace: Namespace, { id = 'Gateway', chain, keys, props, then }: GatewayOptions) {
    const chart = newChart('assistant', namespace.name);
    const providers = [...new Map(chain.map(({ provider }) => [provider.id, provider])).values()];
    const gateway = newGateway(chart, {
      chain: newChain(chart, chain),
      providerSecrets: keys?.(chart) ?? keysOf(chart, ...providers),
      acknowledge: { 'chain-single-provider': 'some have one', 'model-deprecated': 'only its wire format matters', 'provider-key-unused': 'routes change' },
      httpApi: true,
      ...props,
    }, id);
    then?.(gateway);
    this.objects = Testing.synth(chart);
    this.deployment = gateway.deployment.name;
    this.guardDeployment = (gateway.guard?.deployment ?? gateway.deployment).name;
    this.service = gateway.service.name;
  }

  public async apply(): Promise<string[]> {
    return this.namespace.apply(this.objects);
  }

  /** Host and port of the Service, from this machine. */
  public async address(): Promise<string> {
    return (await this.namespace.forward(`service/${this.service}`, GATEWAY_PORT)).address;
  }

  public async pod(): Promise<any> {
    return this.namespace.readyPod(this.deployment);
  }

  /** A turn through the Service's pod port. */
  public async turn(text: string, token = GATEWAY_TOKEN): Promise<HttpAnswer> {
    const forward = await this.namespace.forward(`service/${this.service}`, GATEWAY_PORT);
    try {
      return await httpTurn(`http://${forward.address}`, token, text);
    } finally {
      forward.close();
    }
  }
}

/** The Secret that users are told to make. */
export function keysSecret({ name: namespace }: Namespace, values: { readonly [key: string]: string } = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'openclaw-secrets', namespace },
    stringData: { OPENCLAW_GATEWAY_TOKEN: GATEWAY_TOKEN, ANTHROPIC_API_KEY: 'key-of-ANTHROPIC_API_KEY', OPENAI_API_KEY: 'key-of-OPENAI_API_KEY', ...values },
  };
}
