import * as fs from 'fs';
import * as path from 'path';
import { foreign } from './foreign';
import { connect } from './gateways';
import { Paths } from './paths';
import { RunningPod, RunningPodOptions } from './pod/running-pod';
import { World } from './world';
import { Model } from '../../src/index';
import { eventually } from '../support/eventually';
import { OpenClawClient } from '../support/openclaw-client';
import { Call } from '../support/providers/call';

const START_TIMEOUT_MS = 300_000;
/** Many times what an idle machine needs. */
const CHANGE_TIMEOUT_MS = 60_000;

/** What a turn comes to: the model that answers, and with which key. */
export const wayOf = ({ id, provider }: Model, key = `key-of-${provider.keyName}`): string => `${id} with ${key}: answer of ${id}`;

/** A gateway that the scenarios of one group share; made in the group, it is there in the scenarios. */
export class SharedGateway {
  public world!: World;
  public pod!: RunningPod;
  public client!: OpenClawClient;
  public paths!: Paths;
  private turns = 0;

  public constructor(manifests: () => any[], options: () => RunningPodOptions = () => ({})) {
    beforeAll(async () => {
      this.world = await World.open();
      this.pod = await this.world.start(manifests(), options());
      this.client = await connect();
      this.paths = new Paths(this.client, this.world.providers);
    }, START_TIMEOUT_MS);

    afterAll(async () => {
      await this.client?.close();
      await this.world?.close();
    });
  }

  /** After each scenario: no other models have been called, and no hosts but their providers' looked up. */
  public allowOnly(models: Model[]): this {
    afterEach(() => {
      const found = foreign(this.world, models);
      this.world.providers.reset();
      this.world.names.asked.length = 0;
      expect(found).toEqual([]);
    });
    return this;
  }

  /** Puts a file into the agent's workspace. */
  public keep(name: string, content: string | Buffer): void {
    const folder = this.pod.claimed('openclaw', 'workspace');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
    for (const each of [folder, path.join(folder, name)]) fs.chownSync(each, 1000, 1000);
  }

  /** Calls of models; lists of models and attempts to open a websocket are none. */
  public get calls(): Call[] {
    return this.world.providers.calls.filter(({ api }) => api !== 'unknown');
  }

  /** The ids of the models that were called; what an earlier scenario set off may call the primary once more. */
  public models(): string[] {
    return [...new Set(this.world.providers.calls.flatMap(({ model }) => model ?? []))].sort();
  }

  /** What a turn comes to, in the words of `wayOf`; its calls are the only ones that are known then. */
  public async way(): Promise<string> {
    this.world.providers.reset();
    const { text, error } = await this.client.turn(`turn ${this.turns += 1}`, { session: 'agent:main:way' });
    const [call] = this.calls;
    return `${call?.model} with ${call?.key}: ${error ?? text}`;
  }

  /** Applies manifests, and waits until turns go their way. */
  public async change(manifests: any[], way: string): Promise<void> {
    this.pod.apply(manifests);
    await eventually(`turns take the way of ${way}`, async () => await this.way() === way, CHANGE_TIMEOUT_MS);
    this.world.providers.reset();
  }
}
