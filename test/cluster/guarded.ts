import { Gateway, GATEWAY_TOKEN, keysSecret, mocked, modelsOf } from './gateways';
import { Printed } from './kubectl';
import { Mocks } from './mocks';
import { identityOf, Namespace } from './namespace';
import { keyFromVault, kubernetesVault, vaultEntry } from './vault';
import { ModelAllowlist, ModelGuard } from '../../src/index';
import { keysOf, newChart } from '../support/gateway';
import { Load } from '../support/load';
import { httpTurn, HttpAnswer } from '../support/openclaw-client';

export const PLACEMENTS = ['sidecar', 'pod'] as const;
export type Placement = typeof PLACEMENTS[number];

const STORY = { text: 'a long story ends well', chunks: 40, chunkDelayMs: 250 };

/** The answer to it. */
export const TOLD = { status: 200, text: STORY.text.padEnd(STORY.chunks, '.') };

export interface GuardedOptions {
  /** @default - the library's */
  readonly image?: string;
  /** Models of Anthropic beside those of the chain. @default - none */
  readonly allowed?: string[];
}

/** A gateway behind a guard, which has Anthropic's key from a vault. */
export class Guarded {
  public static async start(name: string, placement: Placement, key: string, options?: GuardedOptions): Promise<Guarded> {
    const [namespace, vault] = [await Namespace.create(name), await Namespace.create(`${name}-vault`)];
    await vault.apply([vaultEntry(vault, key)]);
    await namespace.apply([...kubernetesVault(vault, namespace), keysSecret(namespace)]);
    const guarded = new Guarded(placement, namespace, vault, await Mocks.start(namespace), options);
    await guarded.gateway.apply();
    await guarded.guards();
    await guarded.gateway.pod();
    return guarded;
  }

  public gateway: Gateway;

  private constructor(
    readonly placement: Placement, readonly namespace: Namespace, readonly vault: Namespace, readonly mocks: Mocks, options?: GuardedOptions,
  ) {
    this.gateway = this.newGateway(options);
  }

  /** Applies the manifests of the gateway as it is to be now. */
  public async change(options?: GuardedOptions): Promise<void> {
    this.gateway = this.newGateway(options);
    await this.gateway.apply();
  }

  /** The pods that the guard runs in. */
  public async guards(): Promise<any[]> {
    return this.namespace.readyPods(this.gateway.guardDeployment);
  }

  public async inGuard({ metadata }: any, ...command: string[]): Promise<Printed> {
    return this.namespace.exec(metadata.name, 'model-guard', ...command);
  }

  /** The pods of gateway and guard, and how often their containers were started again. */
  public async identities(): Promise<string[]> {
    const pods = [await this.gateway.pod(), ...this.placement === 'pod' ? await this.guards() : []];
    return pods.map(identityOf).sort();
  }

  public async load(): Promise<Load> {
    return Load.start({ gateway: await this.gateway.address(), token: GATEWAY_TOKEN, over: 'http', clients: 2 });
  }

  public async answers(): Promise<void> {
    expect(await this.gateway.turn('hello')).toMatchObject({ status: 200, text: 'answer of claude-haiku-4-5' });
  }

  /** A turn that has begun, and goes on for ten seconds and until it is told to end. */
  public async story(): Promise<Story> {
    await this.mocks.whenHeld({ text: 'tell a story' }, STORY);
    const turn = httpTurn(`http://${await this.gateway.address()}`, GATEWAY_TOKEN, 'tell a story');
    const isStory = ({ text }: { text: string }) => text.includes('tell a story');
    await this.mocks.waitForCall('the story has begun', isStory, 60_000);
    return {
      hasEnded: async () => (await this.mocks.calls()).filter(isStory).some(({ outcome }) => outcome !== 'pending'),
      end: async () => this.mocks.release(),
      turn,
    };
  }

  private newGateway({ image, allowed = [] }: GuardedOptions = {}): Gateway {
    const { anthropic, openai } = mocked(this.mocks);
    const chain = modelsOf({ anthropic, openai });
    const models = [...chain, ...allowed.map(id => anthropic.model(id))];
    return new Gateway(this.namespace, {
      chain,
      keys: chart => [keyFromVault(chart, anthropic), ...keysOf(chart, openai)],
      props: { guard: ModelGuard[this.placement]({ image }), allowlist: new ModelAllowlist(newChart('allowlist'), 'Allowlist', { models }) },
    });
  }
}

export interface Story {
  readonly turn: Promise<HttpAnswer>;
  /** Whether its provider has told it, or its caller has gone away. */
  readonly hasEnded: () => Promise<boolean>;
  readonly end: () => Promise<void>;
}
