import { manifestsOf, MODELS } from './gateways';
import { filesBelow, processTexts } from './pod/texts';
import { scenario } from './scenario';
import { SharedGateway, wayOf } from './shared-gateway';
import { ModelGuard, Provider, SecretSource } from '../../src/index';
import { eventually } from '../support/eventually';
import { cleanKey, storedKeys } from '../support/stored-keys';

const { anthropic } = MODELS;
const NAME = 'ANTHROPIC_API_KEY';
const VOLUME = 'keys-0';
const SOON_MS = 60_000;

/** The primary, behind a gateway of models that wants keys of its own. */
const behindGateway = Provider.ANTHROPIC.customize({
  headers: { 'x-portkey-provider': 'anthropic' },
  secretHeaders: { 'X-Portkey-Api-Key': SecretSource.fromSecretName('openclaw-secrets', 'PORTKEY') },
  bearerHeaders: { 'helicone-auth': SecretSource.fromSecretName('openclaw-secrets', 'HELICONE') },
}).model(anthropic.id, { contextWindow: 200_000, maxTokens: 64_000 });

describe('keys as people store them', () => {
  const gateway = new SharedGateway(() => manifestsOf([behindGateway], {
    guard: ModelGuard.none(), keys: { PORTKEY: 'needle-portkey-1', HELICONE: 'needle-helicone-1' },
  }));
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

  scenario('secret headers are sent, rotate without a restart, and are in no log, environment, state or answer of the gateway', async () => {
    const sent = async () => {
      // a turn that is prepared while a secret changes calls nobody
      await eventually('a turn calls the provider', async () => {
        await gateway.way();
        return gateway.calls.length > 0;
      }, SOON_MS);
      const { headers } = gateway.calls[0];
      return ['x-portkey-provider', 'x-portkey-api-key', 'helicone-auth'].map(name => headers[name]).join(', ');
    };
    const volume = gateway.pod.volumes.get(VOLUME);
    volume.swap({ ...volume.files, [NAME]: 'a-former-key' });
    expect(await sent()).toBe('anthropic, needle-portkey-1, Bearer needle-helicone-1');
    volume.swap({ ...volume.files, 'anthropic.x-portkey-api-key': 'needle-portkey-2', 'anthropic.helicone-auth': 'needle-helicone-2' });
    await eventually('the next values are sent', async () => await sent() === 'anthropic, needle-portkey-2, Bearer needle-helicone-2', SOON_MS);
    const from = gateway.pod.sidecar.log.length;
    volume.swap({ ...volume.files, 'anthropic.x-portkey-api-key': '' });
    await gateway.pod.sidecar.waitForLog(/"msg":"key anthropic.x-portkey-api-key in volume keys-0 is empty"/, { from });
    expect(await sent()).toBe('anthropic, needle-portkey-2, Bearer needle-helicone-2');
    expect(gateway.pod.gateway.log).not.toMatch(/restarting|SIGUSR1/);
    expect([gateway.pod.gateway.log, gateway.pod.sidecar.log].join('\n')).not.toContain('needle-');
    expect(processTexts(gateway.pod.gateway).filter(([, text]) => text.includes('needle-')).map(([name]) => name)).toEqual([]);
    expect(filesBelow(gateway.pod.claims).filter(([, text]) => text.includes('needle-')).map(([name]) => name)).toEqual([]);
    expect(JSON.stringify(await gateway.client.request('config.get', {}))).not.toContain('needle-');
  }, { timeoutMs: 300_000 });
});
