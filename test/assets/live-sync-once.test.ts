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

describe('secrets in texts and for tools', () => {
  const mark = (name: string, template = '{}') => ({ 'cdk8s-openclaw/secret-text': name, template });

  test('puts values where the configuration names them, escaped for JSON and for variables, and tools into files of their own', async () => {
    pod.config({ 'openclaw.json': JSON.stringify({ hooks: { token: mark('A') }, list: [mark('B', 'Bearer {}')], kept: '{}' }) });
    pod.secret('llm', { A: 'secret-"\\a', B: 'secret-$${HOME}-$&' });
    expect((await pod.once(...TOKEN, '--tool', 'A')).code).toBe(0);
    expect(JSON.parse(pod.out('openclaw.json'))).toEqual({ hooks: { token: 'secret-"\\a' }, list: ['Bearer secret-$$${HOME}-$&'], kept: '{}' });
    expect(fs.readdirSync(pod.outFile('tools'))).toEqual(['A']);
    expect(pod.out('tools/A')).toBe('secret-"\\a');
    expect((fs.statSync(pod.outFile('tools/A')).mode % 0o1000).toString(8)).toBe('600');
  });

  test('names a secret that is in no volume', async () => {
    pod.config({ 'openclaw.json': JSON.stringify({ hooks: { token: mark('A') } }) });
    const { code, facts } = await pod.once(...TOKEN);
    expect({ code, msg: facts[facts.length - 1].msg }).toEqual({ code: 1, msg: 'openclaw.json names the secret A, which is in no volume' });
  });
});

describe('secret headers and keys that may be missing', () => {
  const keysWith = async (...args: string[]) => {
    const { code, facts } = await pod.once(...TOKEN, ...args);
    return code === 0 ? pod.keys() : facts[facts.length - 1].msg;
  };

  test('a bearer is written with its scheme, and a missing key as a word that no provider takes', async () => {
    pod.config();
    pod.secret('keys-0', { 'openai.helicone-auth': 'abc\n' });
    const volume = pod.secret('optional-1', {});
    const args = ['--bearer', 'openai.helicone-auth', '--optional', 'OPENAI_API_KEY', '--optional', 'openai.x-auth', '--bearer', 'openai.x-auth'];
    const missing = 'this-key-is-missing';
    expect(await keysWith(...args)).toEqual({ 'openai.helicone-auth': 'Bearer abc', 'OPENAI_API_KEY': missing, 'openai.x-auth': `Bearer ${missing}` });
    volume.swap({ OPENAI_API_KEY: 'there' });
    expect(await keysWith(...args)).toEqual({ 'openai.helicone-auth': 'Bearer abc', 'OPENAI_API_KEY': 'there', 'openai.x-auth': `Bearer ${missing}` });
    volume.swap({ OPENAI_API_KEY: ' ' });
    expect(await keysWith(...args)).toBe('key OPENAI_API_KEY in volume optional-1 is empty');
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

describe('files of workspaces', () => {
  const stateDir = () => path.join(pod.dir, 'state');
  const workspace = () => path.join(stateDir(), 'workspace');
  const inWorkspace = (file: string) => path.join(workspace(), file);
  const read = (file: string) => fs.readFileSync(inWorkspace(file), 'utf8');
  const SKILL = path.join('skills', 'weather', 'run.sh');

  /** A volume of files, some of them in folders, as kubelet projects the items of a ConfigMap. */
  function volume(files: { [file: string]: string }): string {
    const folder = path.join(pod.dir, 'files');
    fs.rmSync(folder, { recursive: true, force: true });
    for (const [file, text] of Object.entries(files)) {
      const target = path.join(folder, '..2026', file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text, { mode: file.endsWith('.sh') ? 0o755 : 0o644 });
    }
    fs.symlinkSync('..2026', path.join(folder, '..data'));
    for (const name of fs.readdirSync(path.join(folder, '..2026'))) fs.symlinkSync(path.join('..data', name), path.join(folder, name));
    return folder;
  }

  async function copy(option: string, files: { [file: string]: string }) {
    fs.mkdirSync(stateDir(), { recursive: true });
    return pod.once(...TOKEN, '--state', stateDir(), '--files', path.dirname(volume(files)), option, 'files:workspace');
  }
  const about = (facts: any[]) => facts.filter(({ msg }) => msg.startsWith('files')).map(({ level, files }) => [level, files]);

  beforeEach(() => pod.config());

  test('are copied with their folders, executable ones as such', async () => {
    const { code, facts } = await copy('--seed', { 'AGENTS.md': 'rules', [SKILL]: 'echo' });
    expect(code).toBe(0);
    expect(about(facts)).toEqual([['info', ['AGENTS.md', SKILL]]]);
    expect([read('AGENTS.md'), read(SKILL)]).toEqual(['rules', 'echo']);
    expect(['AGENTS.md', SKILL].map((file) => (fs.statSync(inWorkspace(file)).mode % 0o1000).toString(8))).toEqual(['644', '755']);
  });

  test('are written once: what the agent has made of them stays', async () => {
    await copy('--seed', { 'AGENTS.md': 'rules' });
    fs.writeFileSync(inWorkspace('AGENTS.md'), 'my own rules');
    const { facts } = await copy('--seed', { 'AGENTS.md': 'new rules', 'SOUL.md': 'soul' });
    expect(about(facts)).toEqual([['info', ['SOUL.md']]]);
    expect([read('AGENTS.md'), read('SOUL.md')]).toEqual(['my own rules', 'soul']);
  });

  test('are written at each start with --overwrite, only where they differ', async () => {
    await copy('--overwrite', { 'AGENTS.md': 'rules', 'SOUL.md': 'soul' });
    fs.writeFileSync(inWorkspace('AGENTS.md'), 'my own rules');
    const { facts } = await copy('--overwrite', { 'AGENTS.md': 'rules', 'SOUL.md': 'soul' });
    expect(about(facts)).toEqual([['info', ['AGENTS.md']]]);
    expect(read('AGENTS.md')).toBe('rules');
  });

  test.each(['--seed', '--overwrite'])('follow no link that an agent has made, with %s', async (option) => {
    const outside = path.join(pod.dir, 'outside');
    fs.mkdirSync(outside);
    fs.writeFileSync(path.join(outside, 'config'), 'untouched');
    fs.mkdirSync(workspace(), { recursive: true });
    fs.symlinkSync(outside, inWorkspace('skills'));
    for (const name of ['AGENTS.md', '.SOUL.md.tmp', 'dangling']) fs.symlinkSync(path.join(outside, name === 'dangling' ? 'new' : 'config'), inWorkspace(name));
    const { code, facts } = await copy(option, { 'AGENTS.md': 'rules', 'SOUL.md': 'soul', [SKILL]: 'echo', 'dangling': 'x' });
    expect(code).toBe(0);
    expect(fs.readdirSync(outside)).toEqual(['config']);
    expect(fs.readFileSync(path.join(outside, 'config'), 'utf8')).toBe('untouched');
    expect(read('SOUL.md')).toBe('soul');
    expect(about(facts).pop()).toEqual(['warn', [`${SKILL}: ${inWorkspace('skills')} is not a folder`]]);
    expect(fs.lstatSync(inWorkspace('AGENTS.md')).isSymbolicLink()).toBe(option === '--seed');
  });

  test('leave a folder of the agent alone that has the name of a file', async () => {
    fs.mkdirSync(inWorkspace('AGENTS.md'), { recursive: true });
    const { code, facts } = await copy('--overwrite', { 'AGENTS.md': 'rules', 'SOUL.md': 'soul' });
    expect(code).toBe(0);
    expect(about(facts)).toEqual([['info', ['SOUL.md']], ['warn', [`AGENTS.md: ${inWorkspace('AGENTS.md')} is a folder`]]]);
  });
});
