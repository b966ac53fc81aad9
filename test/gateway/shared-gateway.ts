import { foreign } from './foreign';
import { GATEWAY_TOKEN } from './gateways';
import { Paths } from './paths';
import { RunningPod } from './pod/running-pod';
import { World } from './world';
import { Model } from '../../src';
import { OpenClawClient } from '../support/openclaw-client';

const START_TIMEOUT_MS = 300_000;

/** A gateway that the scenarios of one group share; made in the group, it is there in the scenarios. */
export class SharedGateway {
  public world!: World;
  public pod!: RunningPod;
  public client!: OpenClawClient;
  public paths!: Paths;

  public constructor(manifests: () => any[]) {
    beforeAll(async () => {
      this.world = await World.open();
      this.pod = await this.world.start(manifests());
      this.client = await OpenClawClient.connect('ws://127.0.0.1:18789', { token: GATEWAY_TOKEN });
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

  /** The ids of the models that were called; what an earlier scenario set off may call the primary once more. */
  public models(): string[] {
    return [...new Set(this.world.providers.calls.flatMap(({ model }) => model ?? []))].sort();
  }
}
