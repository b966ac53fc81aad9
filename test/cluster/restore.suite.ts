import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as kplus from 'cdk8s-plus-28';
import { Gateway, GATEWAY_TOKEN, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { scenario } from './scenario';
import { GatewayState } from '../../src/index';
import { newChart } from '../support/gateway';
import { OpenClawClient } from '../support/openclaw-client';

const TIMEOUT_MS = 400_000;
const PAGE = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
/** The commands of the page, in its order. */
const [STOP, MOUNT, COPY, RESTORE] = [...PAGE.slice(PAGE.indexOf('## The volume')).matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, commands]) => commands);
const RESTORED = 'assistant-state-restored';
/** Where other deployments have the state in their claim: at its root, as OpenClaw's own manifests; in a home folder. And how tar lays the copy out so. */
const LAYOUTS = [['', '--strip-components=1'], ['.openclaw', "--transform='s,^openclaw,.openclaw,'"]];

describe('a copy of the volume', () => {
  let folder: string, namespace: Namespace, mocks: Mocks;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restore-'));
    namespace = await Namespace.create('openclaw-test-restore');
    mocks = await Mocks.start(namespace);
    await namespace.apply([keysSecret(namespace)]);
  }, TIMEOUT_MS);
  afterAll(async () => {
    fs.rmSync(folder, { recursive: true });
    await Namespace.deleteAll();
  }, TIMEOUT_MS);

  /** @param folderOfState in the claim */
  function newGateway(claim?: string, folderOfState = 'openclaw'): Gateway {
    const existing = claim && kplus.PersistentVolumeClaim.fromClaimName(newChart('claims', namespace.name), 'Existing', claim);
    const state = existing ? GatewayState.existing(existing, { path: folderOfState }) : undefined;
    return new Gateway(namespace, { chain: modelsOf(mocked(mocks)), props: { state } });
  }

  async function newClaim(name: string, { accessModes, resources }: any): Promise<void> {
    await namespace.apply([{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: namespace.name }, spec: { accessModes, resources } }]);
  }

  /** What the gateway of the claim is told of the first gateway. */
  async function remembered(gateway: Gateway): Promise<string> {
    await gateway.apply();
    await gateway.pod();
    return say(gateway, 'what is my cat called');
  }

  function run(commands: string, names: { [name: string]: string }): void {
    const { status, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands], {
      cwd: folder, encoding: 'utf8', env: { ...process.env, NAMESPACE: namespace.name, ...names },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }

  /** A turn of the chat; what its model was sent. */
  async function say(gateway: Gateway, text: string): Promise<string> {
    const client = await OpenClawClient.connect(`ws://${await gateway.address()}`, { token: GATEWAY_TOKEN });
    expect(await client.turn(text)).toMatchObject({ text: 'answer of claude-haiku-4-5' });
    await client.close();
    return JSON.stringify((await mocks.calls()).filter(call => call.text.includes(text)).pop()!.body);
  }

  scenario('made and restored as docs/operations.md says gives a new gateway the sessions and the memory of the removed one, also in the layouts of other deployments', async () => {
    const gateway = newGateway();
    await gateway.apply();
    const { metadata, spec } = await gateway.pod();
    await say(gateway, 'my cat is called Shrub');
    await namespace.exec(metadata.name, 'openclaw', 'sh', '-c', "echo 'The launch code is 4711.' > /home/node/.openclaw/workspace/MEMORY.md");

    const { volumes, containers: [{ image: IMAGE }] } = spec;
    const CLAIM = volumes.find(({ name }: any) => name === 'state').persistentVolumeClaim.claimName;
    const names = { DEPLOYMENT: gateway.deployment, IMAGE, CLAIM };
    [STOP, MOUNT, COPY].forEach(commands => run(commands, names));
    await namespace.remove(gateway.objects);

    const claimed = gateway.objects.find(({ kind }) => kind === 'PersistentVolumeClaim').spec;
    await newClaim(RESTORED, claimed);
    [MOUNT, RESTORE].forEach(commands => run(commands, { ...names, CLAIM: RESTORED }));
    const restored = newGateway(RESTORED);
    const asked = await remembered(restored);
    expect(asked).toContain('my cat is called Shrub');
    expect(asked).toContain('The launch code is 4711.');
    await namespace.remove(restored.objects);

    for (const [folderOfState, unpack] of LAYOUTS) {
      const name = `laid-out${folderOfState.replace('.', '-')}`;
      await newClaim(name, claimed);
      [MOUNT, `kubectl -n $NAMESPACE exec -i state -- tar -C /state -xzf - ${unpack} < state.tar.gz`, 'kubectl -n $NAMESPACE delete pod state']
        .forEach(commands => run(commands, { ...names, CLAIM: name }));
      const adopted = newGateway(name, folderOfState);
      expect(await remembered(adopted)).toContain('my cat is called Shrub');
      await namespace.remove(adopted.objects);
    }
  }, TIMEOUT_MS);
});
