// Delivers mounted configuration and keys to a running OpenClaw gateway: Kubernetes swaps versions of a volume behind a symlink,
// OpenClaw wants regular files of its own user and re-reads keys only when asked.
//
// No template literals here: the script is part of a manifest, where Flux would substitute their placeholders.
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';

const DEBOUNCE_MS = 50;
const POLL_MS = 5_000;
const RPC_TIMEOUT_MS = 15_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;
// Behind an authenticating proxy there is no token: a password that only this pod knows lets the sidecar in over loopback.
const PASSWORD_KEY = 'LIVE_SYNC_PASSWORD';
// The name of a volume whose Secret may be missing, and what stands for its keys until then: OpenClaw does not start without a text, and providers refuse this one.
const OPTIONAL_VOLUME = /^optional-/;
const MISSING = 'this-key-is-missing';
// An object with this key stands for a text with a secret, as the library writes it.
const SECRET_TEXT = 'cdk8s-openclaw/secret-text';

const log = (level, msg, facts) => console.log(JSON.stringify({ time: new Date().toISOString(), level, msg, ...facts }));
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const unique = (values) => [...new Set(values)].filter((value) => value !== undefined);

function readOptions() {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: {
      'once': { type: 'boolean' }, 'config': text, 'keys': text, 'out': text, 'state': text, 'tmp': text, 'token-key': text,
      'files': text, 'seed': { ...text, multiple: true, default: [] }, 'overwrite': { ...text, multiple: true, default: [] },
      'tool': { ...text, multiple: true, default: [] }, 'bearer': { ...text, multiple: true, default: [] }, 'optional': { ...text, multiple: true, default: [] },
      'gateway': { type: 'string', default: 'ws://127.0.0.1:18789' },
    },
  });
  const missing = ['config', 'keys', 'out'].filter((name) => !values[name]).map((name) => '--' + name + ' DIR');
  if (missing.length > 0) throw new Error('missing ' + missing.join(', '));
  return { ...values, credentialKey: values['token-key'] ?? PASSWORD_KEY };
}

// ---- what Kubernetes mounted

function currentVersion(volume) {
  try {
    return fs.readlinkSync(path.join(volume, '..data'));
  } catch {
    throw new Error(volume + ' has no ..data link: the volume is not mounted');
  }
}

function readVolume(volume) {
  const version = currentVersion(volume); // resolved once: all files of one pass are of one version
  const dir = path.join(volume, version);
  try {
    const names = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort();
    return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(dir, name), 'utf8')]));
  } catch (error) {
    if (currentVersion(volume) !== version) return readVolume(volume); // swapped while it was read
    throw error;
  }
}

function parseObject(text, where) {
  if (text.trim() === '') throw new Error(where + ' is empty');
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) { // only the place: the rest of the message quotes the file
    throw new Error(where + ' is not valid JSON' + (/ \(line \d+ column \d+\)/.exec(error.message) ?? ''));
  }
  if (!isObject(value)) throw new Error(where + ' is not a JSON object');
  return value;
}

function readConfig() {
  const files = readVolume(options.config);
  const file = path.join(options.config, 'openclaw.json');
  if (files['openclaw.json'] === undefined) throw new Error(file + ' is missing');
  parseObject(files['openclaw.json'], file);
  return files;
}

const seenVolumes = new Set();
function keyVolumes() {
  const entries = fs.existsSync(options.keys) ? fs.readdirSync(options.keys, { withFileTypes: true }) : [];
  entries.filter((entry) => entry.isDirectory()).forEach(({ name }) => seenVolumes.add(name));
  return [...seenVolumes].sort(); // one that vanished stays listed: its keys are then missed, not dropped
}

/** Why a key cannot be used, without a part of it. The guard and the library have the same rule: one line of visible ASCII that is not in quotes. */
function faultOf(key) {
  if (key.trim() === '') return 'is empty';
  if (/[\0\ufffd]/.test(key)) return 'is not text in UTF-8; store a single line of ASCII';
  if (/[\r\n]/.test(key)) return 'has a line break; store a single line';
  if (/^\ufeff/.test(key)) return 'begins with a byte order mark; store it without';
  if (/^\s|\s$/.test(key)) return 'has a blank at its beginning or end; store it without';
  if (/[^!-~]/.test(key)) return 'has a blank or a character that is not ASCII at position ' + (key.search(/[^!-~]/) + 1) + '; store it without';
  if (/^["'`]|["'`]$/.test(key)) return 'has a quote at its beginning or end; store it without';
  return undefined;
}

function readKeys() {
  const keys = {};
  const faults = [];
  const volumeOf = {};
  for (const volume of keyVolumes()) {
    const files = Object.entries(readVolume(path.join(options.keys, volume)));
    if (files.length === 0 && !OPTIONAL_VOLUME.test(volume)) throw new Error(path.join(options.keys, volume) + ' is empty');
    for (const [name, text] of files) {
      if (Object.hasOwn(keys, name)) throw new Error('key ' + name + ' is in two volumes, ' + volumeOf[name] + ' and ' + volume + ': keep it in one');
      keys[name] = text.replace(/[\r\n]+$/, ''); // as Envoy does
      volumeOf[name] = volume;
      const fault = faultOf(keys[name]);
      if (fault) faults.push('key ' + name + ' in volume ' + volume + ' ' + fault);
    }
  }
  if (faults.length > 0) throw new Error(faults.join('. '));
  for (const name of options.optional.filter((each) => !Object.hasOwn(keys, each))) keys[name] = MISSING;
  for (const name of options.bearer.filter((each) => Object.hasOwn(keys, each))) keys[name] = 'Bearer ' + keys[name];
  if (options['token-key']) return keys;
  if (keys[PASSWORD_KEY]) throw new Error('key ' + PASSWORD_KEY + ' in volume ' + volumeOf[PASSWORD_KEY] + ' is reserved: rename it');
  return { ...keys, [PASSWORD_KEY]: writtenKeys()[PASSWORD_KEY] ?? randomBytes(32).toString('base64url') };
}

// ---- what OpenClaw reads

const outFile = (name) => path.join(options.out, name);
const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
function readOwn(name, fallback) {
  try {
    return JSON.parse(readText(outFile(name)) ?? fallback);
  } catch { // spoilt by someone else: written anew
    return JSON.parse(fallback);
  }
}
const writtenKeys = () => readOwn('keys.json', '{}');

/** Writes beside the file, and returns what puts it in its place. */
function writeAside(file, text) {
  const temporary = path.join(path.dirname(file), '.' + path.basename(file) + '.tmp');
  try {
    fs.writeFileSync(temporary, text, { mode: 0o600, flush: true });
  } catch (error) { // the volume is full
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  return () => fs.renameSync(temporary, file);
}

function writeAtomically(file, text) {
  writeAside(file, text)();
}

function writeKeys(keys) {
  const text = JSON.stringify(keys);
  if (readText(outFile('keys.json')) === text) return;
  const before = writtenKeys();
  const names = unique([...Object.keys(before), ...Object.keys(keys)]).filter((name) => before[name] !== keys[name]);
  const putInPlace = writeAside(outFile('keys.json'), text);
  requestReload(before[options.credentialKey]);
  putInPlace();
  log('info', 'keys.json written', { keys: names });
}

/** Puts secrets into the texts that name them. A second dollar keeps OpenClaw from taking a part of a value for a variable of its environment. */
function withSecrets(value, keys) {
  if (Array.isArray(value)) return value.map((item) => withSecrets(item, keys));
  if (!isObject(value)) return value;
  const name = value[SECRET_TEXT];
  if (name === undefined) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSecrets(item, keys)]));
  if (!Object.hasOwn(keys, name)) throw new Error('openclaw.json names the secret ' + name + ', which is in no volume');
  return value.template.replaceAll('{}', () => keys[name]).replace(/[$](?=[{][A-Z_][A-Z0-9_]*[}])/g, (dollar) => dollar + dollar);
}

function writeConfig(mounted) {
  const text = mounted.includes(SECRET_TEXT) ? JSON.stringify(withSecrets(JSON.parse(mounted), writtenKeys()), undefined, 2) : mounted;
  if (readText(outFile('openclaw.json')) === text) return;
  writeAtomically(outFile('openclaw.json'), text);
  log('info', 'openclaw.json written');
}

/** Files for the agent's own tools: no other secret is in that folder. */
function writeTools() {
  const keys = writtenKeys();
  if (options.tool.length > 0) fs.mkdirSync(outFile('tools'), { recursive: true, mode: 0o700 });
  for (const name of options.tool) {
    if (!Object.hasOwn(keys, name)) throw new Error('the secret ' + name + ' for tools is in no volume');
    const file = path.join(outFile('tools'), name);
    if (readText(file) === keys[name]) continue;
    writeAtomically(file, keys[name]);
    log('info', 'secret for tools written', { key: name });
  }
}

function merge(under, over) {
  if (!isObject(under) || !isObject(over)) return over;
  return { ...under, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merge(under[key], value)])) };
}

function writeAgentSettings(agent, settings) {
  if (!/^\w[\w-]*$/.test(agent)) throw new Error("agent-settings.json has the agent id '" + agent + "': letters, digits, - and _ are allowed");
  const file = path.join(options.state, 'agents', agent, 'agent', 'settings.json');
  let existing = {};
  try {
    existing = parseObject(readText(file) ?? '{}', file);
  } catch (error) {
    log('warn', error.message + ': replaced');
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeAtomically(file, JSON.stringify(merge(existing, settings), undefined, 2));
  log('info', 'agent settings written', { agent });
}

/** A volume's own folder may be changed by everyone and has no sticky bit, which OpenClaw wants of /tmp; kubelet leaves a folder in it as it is. */
function makeTmp(folder) {
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o1777); // mkdir obeys the umask
}

async function seedFiles(places, overwrite) {
  if (places.length === 0) return;
  const { seed } = await import('./seed-files.mjs');
  for (const place of places) {
    const [volume, folder] = place.split(':');
    const { written, refused } = seed(path.join(options.files, volume), folder, options.state, overwrite);
    if (written.length > 0) log('info', 'files written', { folder, files: written });
    if (refused.length > 0) log('warn', 'files left out', { folder, files: refused });
  }
}

async function runOnce() {
  if (options.tmp) makeTmp(options.tmp);
  const files = readConfig();
  writeKeys(readKeys());
  writeTools();
  writeConfig(files['openclaw.json']);
  fs.rmSync(pendingFile(), { force: true }); // the gateway is yet to start, and then reads these keys
  await seedFiles(options.seed, false);
  await seedFiles(options.overwrite, true);
  if (files['agent-settings.json'] === undefined) return;
  if (!options.state) throw new Error('missing --state DIR, which agent-settings.json needs');
  Object.entries(parseObject(files['agent-settings.json'], path.join(options.config, 'agent-settings.json')))
    .forEach(([agent, settings]) => writeAgentSettings(agent, settings));
}

// ---- asking the gateway to take new keys

// A file, so that a restart of this process forgets neither the reload nor the credentials that the gateway may still expect.
const pendingFile = () => outFile('.reload-pending');
const earlierCredentials = () => readOwn('.reload-pending', '[]');
let requests = 0;
let wake = () => {};

function requestReload(earlierCredential) {
  writeAtomically(pendingFile(), JSON.stringify(unique([earlierCredential, ...earlierCredentials()])));
  requests += 1;
  wake();
}

function callReload(credential) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const socket = new WebSocket(options.gateway);
  const timeout = setTimeout(() => reject(new Error('no answer from the gateway within ' + RPC_TIMEOUT_MS / 1000 + ' s')), RPC_TIMEOUT_MS);
  const send = (method, params) => socket.send(JSON.stringify({ type: 'req', id: method, method, params }));
  const connect = {
    minProtocol: 3, maxProtocol: 99, role: 'operator', scopes: ['operator.admin'],
    client: { id: 'gateway-client', version: '1.0.0', platform: 'linux', mode: 'backend' },
    auth: { [options['token-key'] ? 'token' : 'password']: credential },
  };
  const receive = ({ event, type, id, ok, payload, error }) => {
    if (event === 'connect.challenge') send('connect', connect);
    if (type !== 'res') return;
    if (!ok) { // only codes: a message might quote what was sent
      const code = error?.details?.code ?? error?.code ?? 'no code given';
      reject(Object.assign(new Error('the gateway refused ' + id + ': ' + code), { refusedCredential: id === 'connect' }));
    } else if (id === 'connect') {
      send('secrets.reload', {});
    } else {
      resolve(payload);
    }
  };
  socket.onmessage = ({ data }) => {
    try {
      receive(JSON.parse(data));
    } catch {
      reject(new Error('the gateway does not speak its protocol'));
    }
  };
  socket.onerror = () => reject(new Error('no connection to the gateway at ' + options.gateway));
  socket.onclose = ({ code }) => reject(new Error('the gateway closed the connection with code ' + code));
  return promise.finally(() => { clearTimeout(timeout); socket.close(); });
}

async function reload() {
  let problem = new Error('keys.json has no ' + options.credentialKey);
  for (const credential of unique([writtenKeys()[options.credentialKey], ...earlierCredentials()])) {
    try {
      return await callReload(credential);
    } catch (error) {
      if (!error.refusedCredential) throw error;
      problem = error;
    }
  }
  throw problem;
}

let reloading = false;
async function reloadUntilDone() {
  if (reloading) return;
  reloading = true;
  for (let retryMs = FIRST_RETRY_MS; fs.existsSync(pendingFile());) {
    const request = requests; // keys that come meanwhile ask again
    try {
      const answer = await reload();
      if (request === requests) reloaded(answer);
    } catch (error) {
      report('secrets.reload', error);
      if (request === requests) await new Promise((resolve) => { wake = resolve; setTimeout(resolve, retryMs); });
    }
    retryMs = request === requests ? Math.min(retryMs * 2, LAST_RETRY_MS) : FIRST_RETRY_MS;
  }
  reloading = false;
}

function reloaded(answer) {
  fs.rmSync(pendingFile());
  problems.delete('secrets.reload');
  const warningCount = answer?.warningCount ?? 0;
  log(warningCount > 0 ? 'warn' : 'info', 'secrets reloaded', { warningCount });
}

// ---- the sidecar

const problems = new Map();
function report(subject, { message }) {
  if (problems.get(subject) === message) return;
  problems.set(subject, message);
  log('error', message, { subject });
}

function attempt(subject, action) {
  try {
    action();
    if (problems.delete(subject)) log('info', subject + ' is good again', { subject });
  } catch (error) {
    report(subject, error);
  }
}

const watchers = new Map();
function watchFolder(dir) {
  const stat = fs.statSync(dir, { throwIfNoEntry: false });
  const identity = stat && stat.ino + ' ' + stat.birthtimeMs;
  if (watchers.get(dir)?.identity === identity) return;
  watchers.get(dir)?.watcher.close();
  watchers.delete(dir);
  if (!stat) return; // the poll finds it when it comes back
  const watcher = fs.watch(dir, passSoon).on('error', () => watcher.close());
  watchers.set(dir, { identity, watcher });
}

function pass() {
  attempt('watch', () => [options.config, options.keys, ...keyVolumes().map((name) => path.join(options.keys, name))].forEach(watchFolder));
  attempt('keys.json', () => writeKeys(readKeys())); // first: a new configuration may name a new key
  attempt('tools', writeTools);
  attempt('openclaw.json', () => writeConfig(readConfig()['openclaw.json']));
  void reloadUntilDone();
}

let debounce;
function passSoon() {
  clearTimeout(debounce);
  debounce = setTimeout(pass, DEBOUNCE_MS);
}

function runSidecar() {
  pass();
  setInterval(pass, POLL_MS);
  log('info', 'watching', { volumes: keyVolumes() });
}

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
let options;
try {
  options = readOptions();
  if (options.once) await runOnce();
  else runSidecar();
} catch (error) {
  log('error', error.message);
  process.exit(1);
}
