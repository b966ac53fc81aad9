import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { gatewayManifests } from './gateway-manifests';
import { readGatewayPod } from './gateway-pod';
import { MountedVolume } from './mounted-volume';
import { ScratchPod } from './scratch-pod';

test('a folder that no volume of the pod brings is missing, though this machine has one', async () => {
  const keys = fs.mkdtempSync(path.join(os.tmpdir(), 'machine-'));
  new MountedVolume(path.join(keys, 'keys-0'), { OPENCLAW_GATEWAY_TOKEN: 'of-this-machine' });
  const { folders, ...pod } = readGatewayPod(gatewayManifests('2026.9.6'));
  const command = pod.init!.command.map(word => (word === '/etc/openclaw/keys' ? keys : word));
  const others = new Map([...folders].filter(([folder]) => !`${keys}/`.startsWith(`${folder}/`)));
  const scratch = new ScratchPod({ ...pod, folders: others, init: { ...pod.init!, command } });
  try {
    expect(command).toContain(keys);
    expect(await scratch.prepare({ ...pod.init!, command })).toBeUndefined();
    expect(scratch.read('/run/openclaw/keys.json')).toBe('{}');
  } finally {
    scratch.remove();
    fs.rmSync(keys, { recursive: true });
  }
});

test('what the volumes of the pod bring is read', async () => {
  const pod = readGatewayPod(gatewayManifests('2026.9.6'));
  const scratch = new ScratchPod(pod);
  try {
    expect(await scratch.prepare(pod.init!)).toBeUndefined();
    expect(JSON.parse(scratch.read('/run/openclaw/keys.json'))).toMatchObject({ OPENAI_API_KEY: 'key-of-OPENAI_API_KEY' });
    expect(scratch.config.secrets.providers.keys.path).toBe('/run/openclaw/keys.json');
  } finally {
    scratch.remove();
  }
});
