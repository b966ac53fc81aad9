// Installs npm packages of plugins into OpenClaw's state before the gateway starts, each once. Another start finds them there.
//
// OpenClaw trusts a plugin only if it was installed by its name from a registry. So this program fetches each package itself, in bounded time, compares
// it with the hash that is asked for, and serves it to OpenClaw from a registry on the loopback interface, which has nothing else.
//
// No template literals here: the script is part of a manifest, where Flux would substitute their placeholders.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

const { values } = parseArgs({
  options: {
    state: { type: 'string' }, // OpenClaw's state
    tmp: { type: 'string' }, // for temporary files
    openclaw: { type: 'string', default: '/app/openclaw.mjs' },
    flag: { type: 'string', multiple: true, default: [] }, // of `openclaw plugins install`
    timeout: { type: 'string' }, // seconds for a package: to fetch it, and to install it
    package: { type: 'string', multiple: true, default: [] }, // JSON: { id, name, version, integrity?, registry | folder }
  },
});

const LIMIT_MS = Number(values.timeout) * 1000;

/** How long a registry may take to answer. */
const ANSWER_MS = Math.min(30_000, LIMIT_MS);

const log = (message) => process.stdout.write('plugins: ' + message + '\n');

const sha512 = (content) => 'sha512-' + createHash('sha512').update(content).digest('base64');

/** What a registry answers; an error says which one and why. */
async function get(url, limitMs, accept) {
  const signal = AbortSignal.timeout(limitMs);
  try {
    const answer = await fetch(url, { signal, headers: accept ? { accept } : {} });
    if (!answer.ok) throw new Error('it answered ' + answer.status);
    return Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    const why = signal.aborted ? 'no complete answer in ' + limitMs / 1000 + ' seconds' : error.cause?.code ?? error.cause?.message ?? error.message;
    throw new Error('cannot fetch ' + url + ': ' + why + '; check that the pod reaches the registry (network policy, proxy) and that it has the package');
  }
}

async function fromRegistry({ name, version, registry }) {
  const url = registry.replace(/\/$/, '') + '/' + name.replace('/', '%2f');
  const { versions } = JSON.parse(String(await get(url, ANSWER_MS, 'application/vnd.npm.install-v1+json')));
  const dist = versions?.[version]?.dist;
  if (!dist) throw new Error(url + ' has no version ' + version + '; it has ' + Object.keys(versions ?? {}).slice(-10).join(', '));
  const content = await get(dist.tarball, LIMIT_MS);
  // the registry's own hash, so that a broken transfer is noticed also where none is asked for
  if (dist.integrity?.startsWith('sha512-') && sha512(content) !== dist.integrity) throw new Error(dist.tarball + ' differs from the hash that the registry names');
  return content;
}

/** As `npm pack` names it. */
function fromFolder({ name, version, folder }) {
  const file = path.join(folder, name.replace(/^@/, '').replace('/', '-') + '-' + version + '.tgz');
  if (!fs.existsSync(file)) throw new Error(file + ' is missing; put there what "npm pack ' + name + '@' + version + '" makes');
  return fs.readFileSync(file);
}

/** JSON files of the root of a package. */
function manifestsIn(tarball, names) {
  const tar = gunzipSync(tarball);
  const found = {};
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const text = (from, length) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = parseInt(text(124, 12), 8);
    const name = text(0, 100).split('/').slice(1).join('/');
    if (names.includes(name) && text(345, 155) === '') found[name] = JSON.parse(tar.toString('utf8', at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return names.map((name) => found[name] ?? {});
}

/** Fetches a package and checks that it is the one that is asked for. */
async function fetched(wanted) {
  const { id, name, version, integrity } = wanted;
  const content = wanted.folder ? fromFolder(wanted) : await fromRegistry(wanted);
  const hash = sha512(content);
  if (integrity && hash !== integrity) {
    throw new Error(name + '@' + version + ' has the hash ' + hash + ', but ' + integrity + ' is asked for; nothing was installed');
  }
  const [manifest, plugin] = manifestsIn(content, ['package.json', 'openclaw.plugin.json']);
  if (manifest.name !== name || manifest.version !== version) {
    throw new Error('the package is ' + manifest.name + '@' + manifest.version + ', but ' + name + '@' + version + ' is asked for');
  }
  if (plugin.id !== id) {
    throw new Error(name + '@' + version + (plugin.id ? " has the plugin '" + plugin.id + "', but '" + id + "' is asked for; give this id" : ' is no plugin of OpenClaw: it has no openclaw.plugin.json'));
  }
  return { ...wanted, content, hash, manifest };
}

/** A registry that has one package; for what that depends on it points at the real one. */
async function served({ name, version, registry, content, hash, manifest }) {
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent(request.url.split('?')[0].slice(1));
    if (asked === '-/package.tgz') return response.end(content);
    if (asked === name) {
      const dist = { tarball: 'http://127.0.0.1:' + server.address().port + '/-/package.tgz', integrity: hash };
      return response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }));
    }
    if (!registry) return response.writeHead(404).end(JSON.stringify({ error: 'packages of a folder must bundle what they depend on' }));
    return response.writeHead(307, { location: registry.replace(/\/$/, '') + request.url }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Runs OpenClaw's own command with a configuration that is thrown away; the real one is read-only. */
async function install(wanted, tmp) {
  const { name, version } = wanted;
  const server = await served(wanted);
  const configuration = path.join(tmp, 'openclaw.json');
  fs.writeFileSync(configuration, '{}');
  const { OPENCLAW_CONFIG_READONLY, OPENCLAW_NIX_MODE, ...env } = process.env;
  const args = [values.openclaw, 'plugins', 'install', name + '@' + version, '--force', '--pin', ...values.flag];
  const child = spawn(process.execPath, args, {
    detached: true, // so that npm ends with it
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      HOME: tmp,
      NO_COLOR: '1',
      XDG_CACHE_HOME: path.join(tmp, 'cache'),
      OPENCLAW_STATE_DIR: values.state,
      OPENCLAW_CONFIG_PATH: configuration,
      NO_PROXY: [env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(','),
      npm_config_registry: 'http://127.0.0.1:' + server.address().port + '/',
      npm_config_cache: path.join(tmp, 'npm'),
      npm_config_fetch_timeout: String(ANSWER_MS),
      npm_config_fetch_retries: '1',
      npm_config_update_notifier: 'false',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said = (said + data).slice(-4000)));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    process.kill(-child.pid, 'SIGKILL');
  }, LIMIT_MS);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  server.closeAllConnections();
  server.close();
  if (late) throw new Error('OpenClaw did not install ' + name + '@' + version + ' in ' + values.timeout + ' seconds; it said: ' + said.trim());
  if (code !== 0) throw new Error('OpenClaw could not install ' + name + '@' + version + '; it said: ' + said.trim());
}

/** The folder of an installed package below the state. OpenClaw decides where it is. */
function folderOf({ name, version }) {
  const npm = path.join(values.state, 'npm');
  const projects = path.join(npm, 'projects');
  const roots = [npm, ...fs.existsSync(projects) ? fs.readdirSync(projects).map((each) => path.join(projects, each)) : []];
  return roots.map((root) => path.join(root, 'node_modules', name)).find((folder) => {
    const file = path.join(folder, 'package.json');
    return fs.existsSync(file) && JSON.parse(fs.readFileSync(file, 'utf8')).version === version;
  });
}

/** What this program has installed, by the names of packages. */
const RECORD = path.join(values.state, 'plugin-packages.json');

function readRecord() {
  try {
    return JSON.parse(fs.readFileSync(RECORD, 'utf8'));
  } catch {
    return {}; // none yet, or half of one: the packages are installed again
  }
}

function isInstalled(wanted, installed = readRecord()[wanted.name]) {
  if (!installed || installed.version !== wanted.version || (wanted.integrity && installed.integrity !== wanted.integrity)) return false;
  return folderOf(wanted) !== undefined;
}

/** Installs a fetched package and notes it. */
async function installOnce(ready) {
  const { name, version, content, hash } = ready;
  const tmp = fs.mkdtempSync(path.join(values.tmp, 'plugins-'));
  try {
    log('installing ' + name + '@' + version + ' (' + Math.ceil(content.length / 1024) + ' kB, ' + hash + ')');
    await install(ready, tmp).catch((error) => {
      if (!folderOf(ready)) throw error;
      // after a restore, where its records name folders that archives do not have: it puts them there, and complains about what it found
      log('OpenClaw reports that an earlier installation was incomplete; installing once more');
      return install(ready, tmp);
    });
    if (!folderOf(ready)) throw new Error('OpenClaw says that ' + name + '@' + version + ' is installed, but it is not below ' + values.state + '/npm');
    fs.writeFileSync(RECORD + '.tmp', JSON.stringify({ ...readRecord(), [name]: { version, integrity: hash } }, null, 2));
    fs.renameSync(RECORD + '.tmp', RECORD);
  } finally {
    fs.rmSync(tmp, { recursive: true, force: true });
  }
}

/** All packages are fetched and checked before OpenClaw, which may be a new version, touches the state. */
async function main() {
  const ready = [];
  for (const wanted of values.package.map((text) => JSON.parse(text))) {
    const spec = wanted.name + '@' + wanted.version;
    if (isInstalled(wanted)) {
      log(spec + ' is installed');
    } else {
      log('fetching ' + spec + ' from ' + (wanted.folder ?? wanted.registry));
      ready.push(await fetched(wanted));
    }
  }
  for (const each of ready) await installOnce(each);
}

main().catch((error) => {
  process.stderr.write('plugins: ' + error.message + '\n');
  process.exitCode = 1;
});
