import { MODELS } from './gateways';
import { mounted } from './mounted';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { ModelGuard } from '../../src/index';
import { eventually } from '../support/eventually';
import { cleanKey, storedKeys } from '../support/stored-keys';

const { anthropic } = MODELS;
const NAME = 'ANTHROPIC_API_KEY';
const VOLUME = 'keys-0';
const SOON_MS = 60_000;

describe('keys as people store them', () => {
  const gateway = new SharedGateway(() => mounted(undefined, { guard: ModelGuard.none() }));
  const forms = storedKeys('key-of-a-provider');

  function store(key: string | Buffer): void {
    const volume = gateway.pod.volumes.get(VOLUME);
    volume.swap({ ...volume.files, [NAME]: key });
  }

  scenario('a key with line breaks at its end is sent without them', async () => {
    for (const form of forms.filter(({ fault }) => !fault)) {
      store(form.stored);
      const way = wayOf(anthropic, cleanKey(form));
      await eventually(`the key ${form.what} is used`, async () => await gateway.way() === way, SOON_MS);
    }
  }, { timeoutMs: 300_000 });

  scenario('one that is no single line of visible ASCII, or in quotes, is refused by name, and the last good one stays in use', async () => {
    store('a-former-key');
    await eventually('the former key is used', async () => await gateway.way() === wayOf(anthropic, 'a-former-key'), SOON_MS);
    for (const { fault, stored } of forms.filter(form => form.fault)) {
      const from = gateway.pod.sidecar.log.length;
      store(stored);
      await gateway.pod.sidecar.waitForLog(new RegExp(`"msg":"key ${NAME} in volume ${VOLUME} ${fault}"`), { from });
      store('a-former-key');
      await gateway.pod.sidecar.waitForLog(/"msg":"keys.json is good again"/, { from });
    }
    store('two\nlines');
    await gateway.pod.sidecar.waitForLog(/has a line break; store a single line"/);
    expect(await gateway.way()).toBe(wayOf(anthropic, 'a-former-key'));
    const logs = [gateway.pod.sidecar.log, gateway.pod.gateway.log].join('\n');
    expect(logs).not.toMatch(/key-of-a-provider|of-a-prov/);
  }, { timeoutMs: 300_000 });
});
