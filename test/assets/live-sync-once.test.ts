import * as fs from 'fs';
import * as path from 'path';
import { Pod } from './pod';
import { cleanKey, storedKeys } from '../support/stored-keys';

const TOKEN = ['--token-key', 'OPENCLAW_GATEWAY_TOKEN'];

let pod: Pod;
beforeEach(() => { pod = new Pod(); });
afterEach(async () => { expect(await pod.close()).toEqual({ leaked: false, stderr: '' }); });

describe('files', () => {
  test('holds the keys of all volumes and the configuration as mounted, readable by their owner alone', async () => {
    pod.config({ 'openclaw.json': '{ "gateway": {} }\n' });
    pod.secret('llm', { ANTHROPIC_API_KEY: 'secret-a', OPENAI_API_KEY: 'secret-o' });
    pod.secret('gateway', { OPENCLAW_GATEWAY_TOKEN: 'secret-t' });

    const { code, facts } = await pod.once(...TOKEN);

    expect(code).toBe(0);
    expect(pod.keys()).toEqual({ ANTHROPIC_API_KEY: 'secret-a', OPENAI_API_KEY: 'secret-o', OPENCLAW_GATEWAY_TOKEN: 'secret-t' });
    expect(pod.out('openclaw.json')).toBe('{ "gateway": {} }\n');
    expect(['keys.json', 'openclaw.json'].map((name) => (fs.statSync(pod.outFile(name)).mode % 0o1000).toString(8))).toEqual(['600', '600']);
    expect(fs.readdirSync(pod.outDir)).toEqual(['keys.json', 'openclaw.json']);
    expect(facts).toEqual([
      { level: 'info', msg: 'keys.json written', keys: ['OPENCLAW_GATEWAY_TOKEN', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY'] },
      { level: 'info', msg: 'openclaw.json written' },
    ]);
  });

  test('logs when', async () => {
    pod.config();
    const { log } = await pod.once(...TOKEN);
    expect(log.map(({ time }) => new Date(time).toISOString())).toEqual(log.map(({ time }) => time));
  });

  const forms = storedKeys('secret-needle').map((form, i) => ({ ...form, name: `KEY_${i}` }));

  test('takes keys without the line breaks at their ends', async () => {
    pod.config();
    const taken = forms.filter(({ fault }) => !fault);
    pod.secret('llm', Object.fromEntries(taken.map(({ name, stored }) => [name, stored])));
    await pod.once(...TOKEN);
    expect(pod.keys()).toEqual(Object.fromEntries(taken.map((form) => [form.name, cleanKey(form)])));
  });

  test('refuses all others by name, without a part of them', async () => {
    pod.config();
    const refused = forms.filter(({ fault }) => fault);
    pod.secret('llm', Object.fromEntries(forms.map(({ name, stored }) => [name, stored])));
    const { code, facts, stdout } = await pod.once(...TOKEN);
    const msg = facts[0].msg as string;
    expect(msg.split('. ').sort()).toEqual(refused.map(({ name, fault }) => `key ${name} in volume llm ${fault}`).sort());
    expect(stdout).not.toContain('needle');
    expect(code).toBe(1);
    expect(fs.existsSync(pod.outFile('keys.json'))).toBe(false);
  });

  test('makes the folder of temporary files as any machine has it', async () => {
    pod.config();
    const folder = path.join(pod.dir, 'tmp', 'gateway');
    for (let i = 0; i < 2; i++) {
      expect((await pod.once(...TOKEN, '--tmp', folder)).code).toBe(0);
      expect((fs.statSync(folder).mode % 0o10000).toString(8)).toBe('1777');
    }
  });

  test.each(['empty', 'missing'])('writes no keys when the folder of Secret volumes is %s', async (state) => {
    pod.config();
    if (state === 'missing') fs.rmdirSync(pod.keysDir);
    expect((await pod.once(...TOKEN)).code).toBe(0);
    expect(pod.out('keys.json')).toBe('{}');
  });

  test('leaves unchanged files alone', async () => {
    pod.config();
    pod.secret('llm', { ANTHROPIC_API_KEY: 'secret-a' });
    await pod.once(...TOKEN);
    const inodes = () => ['keys.json', 'openclaw.json'].map((name) => fs.statSync(pod.outFile(name)).ino);
    const before = inodes();
    expect((await pod.once(...TOKEN)).facts).toEqual([]);
    expect(inodes()).toEqual(before);
  });
});

describe('without a token', () => {
  test('adds a random password and keeps it from run to run', async () => {
    pod.config();
    pod.secret('llm', { ANTHROPIC_API_KEY: 'secret-a' });
    await pod.once();
    const { LIVE_SYNC_PASSWORD: password, ...keys } = pod.keys();
    expect(password).toMatch(/^[\w-]{43}$/);
    expect(keys).toEqual({ ANTHROPIC_API_KEY: 'secret-a' });

    fs.rmSync(pod.outFile('openclaw.json'));
    const { stdout } = await pod.once();
    expect(pod.keys().LIVE_SYNC_PASSWORD).toBe(password);
    expect(stdout).not.toContain(password);
  });

  test('differs from pod to pod', async () => {
    const other = new Pod();
    for (const each of [pod, other]) {
      each.config();
      await each.once();
    }
    expect(other.keys().LIVE_SYNC_PASSWORD).not.toBe(pod.keys().LIVE_SYNC_PASSWORD);
    await other.close();
  });

  test('refuses a key of that name', async () => {
    pod.config();
    pod.secret('llm', { LIVE_SYNC_PASSWORD: 'secret-p' });
    const { code, facts } = await pod.once();
    expect(facts).toEqual([{ level: 'error', msg: 'key LIVE_SYNC_PASSWORD in volume llm is reserved: rename it' }]);
    expect(code).toBe(1);
  });
});

describe('refuses', () => {
  test.each<[string, Record<string, string> | undefined, string]>([
    ['no volume', undefined, '<dir>/config has no ..data link: the volume is not mounted'],
    ['no openclaw.json', { other: '{}' }, '<dir>/config/openclaw.json is missing'],
    ['an empty file', { 'openclaw.json': ' \n' }, '<dir>/config/openclaw.json is empty'],
    ['a cut file', { 'openclaw.json': '{"a": ' }, '<dir>/config/openclaw.json is not valid JSON'],
    ['a typing error', { 'openclaw.json': '{\n  "a": 1,\n  b\n}' }, '<dir>/config/openclaw.json is not valid JSON (line 3 column 3)'],
    ['a list', { 'openclaw.json': '[]' }, '<dir>/config/openclaw.json is not a JSON object'],
    ['null', { 'openclaw.json': 'null' }, '<dir>/config/openclaw.json is not a JSON object'],
  ])('a configuration: %s', async (_case, files, message) => {
    if (files) pod.config(files);
    const { code, facts } = await pod.once(...TOKEN);
    expect(facts).toEqual([{ level: 'error', msg: message.replace('<dir>', pod.dir) }]);
    expect(code).toBe(1);
    expect(fs.existsSync(pod.outFile('openclaw.json'))).toBe(false);
  });

  test.each<[string, Record<string, Record<string, string>>, string]>([
    ['in two volumes', { a: { K: 'secret-1' }, b: { K: 'secret-2' } }, 'key K is in two volumes, a and b: keep it in one'],
    ['of an empty volume', { a: {} }, '<dir>/keys/a is empty'],
  ])('a key %s', async (_case, volumes, message) => {
    pod.config();
    for (const [name, files] of Object.entries(volumes)) pod.secret(name, files);
    const { code, facts } = await pod.once(...TOKEN);
    expect(facts).toEqual([{ level: 'error', msg: message.replace('<dir>', pod.dir) }]);
    expect(code).toBe(1);
    expect(fs.existsSync(pod.outFile('keys.json'))).toBe(false);
  });

  test('a folder that is no volume', async () => {
    pod.config();
    fs.mkdirSync(path.join(pod.keysDir, 'plain'));
    expect((await pod.once(...TOKEN)).facts).toEqual([
      { level: 'error', msg: `${pod.keysDir}/plain has no ..data link: the volume is not mounted` },
    ]);
  });

  test('missing options', async () => {
    pod.args.splice(0);
    const { code, facts } = await pod.once();
    expect(facts).toEqual([{ level: 'error', msg: 'missing --config DIR, --keys DIR, --out DIR' }]);
    expect(code).toBe(1);
  });

  test('unknown options', async () => {
    const { code, facts } = await pod.once('--wait');
    expect(facts).toEqual([{ level: 'error', msg: expect.stringContaining("Unknown option '--wait'") }]);
    expect(code).toBe(1);
  });
});

describe('agent settings', () => {
  const settings = (agent: string) => path.join(pod.stateDir, 'agents', agent, 'agent', 'settings.json');
  const read = (agent: string) => JSON.parse(fs.readFileSync(settings(agent), 'utf8'));
  const noRetries = { retry: { provider: { maxRetries: 0 } } };
  const config = (agents: unknown) => pod.config({ 'openclaw.json': '{}', 'agent-settings.json': JSON.stringify(agents) });
  const existing = (text: string) => {
    fs.mkdirSync(path.dirname(settings('main')), { recursive: true });
    fs.writeFileSync(settings('main'), text);
  };

  test('are written for each agent', async () => {
    config({ main: noRetries, coder: { retry: { enabled: false } } });
    const { code, facts } = await pod.once(...TOKEN, '--state', pod.stateDir);
    expect(code).toBe(0);
    expect([read('main'), read('coder')]).toEqual([noRetries, { retry: { enabled: false } }]);
    expect((fs.statSync(settings('main')).mode % 0o1000).toString(8)).toBe('600');
    expect(facts.slice(2)).toEqual([
      { level: 'info', msg: 'agent settings written', agent: 'main' },
      { level: 'info', msg: 'agent settings written', agent: 'coder' },
    ]);
  });

  test('win over what the file holds and keep the rest of it', async () => {
    existing(JSON.stringify({ theme: 'dark', retry: { enabled: true, provider: { maxRetries: 3, maxRetryDelayMs: 1 } }, list: [1, 2] }));
    config({ main: { ...noRetries, list: [3] } });
    await pod.once(...TOKEN, '--state', pod.stateDir);
    expect(read('main')).toEqual({ theme: 'dark', retry: { enabled: true, provider: { maxRetries: 0, maxRetryDelayMs: 1 } }, list: [3] });
  });

  test('replace a malformed file, and say so', async () => {
    existing('{"theme": ');
    config({ main: noRetries });
    const { code, facts } = await pod.once(...TOKEN, '--state', pod.stateDir);
    expect(code).toBe(0);
    expect(facts).toContainEqual({ level: 'warn', msg: `${settings('main')} is not valid JSON: replaced` });
    expect(read('main')).toEqual(noRetries);
  });

  test.each<[string, string, string[], string]>([
    ['without --state', '{"main":{}}', [], 'missing --state DIR, which agent-settings.json needs'],
    ['that are malformed', '{', ['--state', 'x'], '<dir>/config/agent-settings.json is not valid JSON (line 1 column 2)'],
    ['of an agent id that leads elsewhere', '{"../x":{}}', ['--state', 'x'],
      "agent-settings.json has the agent id '../x': letters, digits, - and _ are allowed"],
  ])('%s are refused', async (_case, text, args, message) => {
    pod.config({ 'openclaw.json': '{}', 'agent-settings.json': text });
    const { code, facts } = await pod.once(...TOKEN, ...args);
    expect(facts.at(-1)).toEqual({ level: 'error', msg: message.replace('<dir>', pod.dir) });
    expect(code).toBe(1);
  });
});
