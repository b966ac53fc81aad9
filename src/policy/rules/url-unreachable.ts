import { ConfigPath, formatPath } from '../../input/config-path';
import { plainJson } from '../../input/plain-json';
import { isMap, own } from '../../input/values';
import { hasAddress, hostOf, isInsideCluster, isPodItself, isPrivate, namespaceOfHost, portOf } from '../../models/endpoint';
import { PLUGIN_HOSTS } from '../../network/plugin-hosts';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

interface CalledUrl {
  readonly what: string;
  /** The last key of the setting's map, for a name in the remedy. */
  readonly name: string;
  /** Without what may be a secret. */
  readonly shown: string;
  /** With the scheme http or https. */
  readonly url: string;
}

/** What the gateway calls, not what calls it or what browsers open. */
const CALLED = /^(https?|wss?|grpcs?):\/\//i;
const NOT_CALLED = /^(\$schema|avatar|(webhook|public|redirect)Ur[li])$|origins?$/i;
const HTTPS_PORT = 443;

/** The blocks that a rule for the public internet leaves out. */
const NOT_PUBLIC = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

export const urlUnreachable: Rule = {
  id: 'url-unreachable',
  kind: 'notice',
  acknowledgeable: true,
  check: settings => !settings.isolateNetwork ? [] : urlsOf(settings).filter(({ url }) => !isReached(url, settings)).map(
    ({ what, name, shown, url }) =>
      `${what} is at '${shown}', which the network policy keeps the gateway from; add ${remedy(name, url, settings)}`),
};

function urlsOf({ extraConfig, envVariables, packages }: Settings): CalledUrl[] {
  const variables = Object.entries(envVariables).map(([name, { value }]) => ({ what: `envVariables['${name}']`, name, value }));
  const registries = [...new Set(packages.flatMap(({ place: { registry } }) => registry ?? []))];
  return [
    ...registries.map(value => ({ what: 'the registry of pluginPackages (when a package is installed)', name: 'registry', value })),
    ...packages.flatMap(({ id }) => (own(PLUGIN_HOSTS, id) ?? []).map(host => ({ what: `plugin '${id}'`, name: id, value: `https://${host}` }))),
    ...texts(plainJson(extraConfig).json, []).map(({ path, value }) => ({ what: `extraConfig '${formatPath(path)}'`, name: nameOf(path), value })),
    ...variables,
  ].flatMap(({ what, name, value }) => {
    if (typeof value !== 'string' || !CALLED.test(value) || !URL.canParse(value)) return [];
    const { protocol, host } = new URL(value);
    const shown = `${protocol}//${host}`;
    const url = shown.replace(/^(ws|grpc)/, 'http');
    return isPodItself(url) ? [] : [{ what, name, shown, url }];
  });
}

function texts(value: unknown, path: ConfigPath): { path: ConfigPath; value: string }[] {
  const key = path[path.length - 1];
  if (path[0] === 'gateway' || (typeof key === 'string' && NOT_CALLED.test(key))) return [];
  if (typeof value === 'string') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, i) => texts(item, [...path, i]));
  return isMap(value) ? Object.entries(value).flatMap(([inner, item]) => texts(item, [...path, inner])) : [];
}

function nameOf(path: ConfigPath): string {
  const keys = path.filter(key => typeof key === 'string');
  return keys[keys.length - 2] ?? keys[0];
}

function isReached(url: string, { providers, guard, ciliumHosts }: Settings): boolean {
  const port = portOf(url);
  const calls = guard?.ownPod ? [] : providers;
  const isProvider = calls.some(({ baseUrl }) => hostOf(baseUrl) === hostOf(url) && portOf(baseUrl) === port);
  if (isPrivate(url) || isProvider) return !isPrivate(url);
  if (isInsideCluster(url)) return false;
  const named = (host: string) => host === hostOf(url) || (host.startsWith('*.') && hostOf(url).endsWith(host.slice(1)));
  if (ciliumHosts) return port === HTTPS_PORT && ciliumHosts.some(named);
  const open = [HTTPS_PORT, ...calls.map(({ baseUrl }) => baseUrl).filter(each => !isInsideCluster(each) && !isPrivate(each)).map(portOf)];
  return !guard?.ownPod && open.includes(port);
}

/** The line of code that lets the gateway reach a URL. */
function remedy(name: string, url: string, { ciliumHosts }: Settings): string {
  const [host, port] = [hostOf(url), portOf(url)];
  const isPublic = !isInsideCluster(url) && !isPrivate(url);
  if (ciliumHosts && isPublic && !hasAddress(url) && port === HTTPS_PORT) return `'${host}' to ciliumEgress.hosts`;
  const id = `'${name.replace(/[^A-Za-z0-9]+/g, '-')}'`;
  const rule = `gateway.networkPolicy?.addEgressRule(${peer(id, url)}, [kplus.NetworkPolicyPort.tcp(${port})])`;
  return isInsideCluster(url) && !isPrivate(url) ? `${rule}, with the port of the pods if it is another` : rule;
}

function peer(id: string, url: string): string {
  const family = (cidr: string) => (cidr.includes(':') ? 'ipv6' : 'ipv4');
  const block = (cidr: string, except = '') => `kplus.NetworkPolicyIpBlock.${family(cidr)}(chart, ${id}, '${cidr}'${except})`;
  const host = hostOf(url);
  if (hasAddress(url)) return block(`${host}/${host.includes(':') ? 128 : 32}`);
  if (isPrivate(url)) return block('<its address>/32');
  if (!isInsideCluster(url)) return block('0.0.0.0/0', `, [${NOT_PUBLIC.map(each => `'${each}'`).join(', ')}]`);
  const namespace = namespaceOfHost(url);
  if (namespace === undefined) return `kplus.Pods.all(chart, ${id})`;
  const namespaces = `kplus.Namespaces.select(chart, ${id.slice(0, -1)}-Namespace', { names: ['${namespace}'] })`;
  return `kplus.Pods.all(chart, ${id}, { namespaces: ${namespaces} })`;
}
