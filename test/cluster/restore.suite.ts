import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as kplus from 'cdk8s-plus-28';
import { Gateway, GATEWAY_TOKEN, keysSecret, mocked, modelsOf } from './gateways';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { scenario } from './scenario';
import { newChart } from '../support/gateway';
import { OpenClawClient } from '../support/openclaw-client';

const TIMEOUT_MS = 400_000;
const PAGE = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
/** The commands of the page, in its order. */
const [STOP, MOUNT, COPY, RESTORE] = [...PAGE.slice(PAGE.indexOf('## The volume')).matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, commands]) => commands);
const RESTORED = 'assistant-state-restored';

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

  const newGateway = (claim?: string) => new Gateway(namespace, {
    chain: modelsOf(mocked(mocks)),
    props: { stateClaim: claim ? kplus.PersistentVolumeClaim.fromClaimName(newChart('claims', namespace.name), 'Restored', claim) : undefined },
  });

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

  scenario('made and restored as docs/operations.md says gives a new gateway the sessions and the memory of the removed one', async () => {
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

    const { spec: { accessModes, resources } } = gateway.objects.find(({ kind }) => kind === 'PersistentVolumeClaim');
    await namespace.apply([{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: RESTORED, namespace: namespace.name }, spec: { accessModes, resources } }]);
    [MOUNT, RESTORE].forEach(commands => run(commands, { ...names, CLAIM: RESTORED }));
    const restored = newGateway(RESTORED);
    await restored.apply();
    await restored.pod();
    const asked = await say(restored, 'what is my cat called');
    expect(asked).toContain('my cat is called Shrub');
    expect(asked).toContain('The launch code is 4711.');
  }, TIMEOUT_MS);
});
