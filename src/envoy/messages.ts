import { swapped } from '../guard/guard-layout';

/** An Envoy message in JSON. */
export interface Message { readonly [field: string]: unknown }

/** Where the guard keeps what it learns about a request. */
export const METADATA = 'guard';

export function typed(type: string, fields: Message = {}): Message {
  return { '@type': `type.googleapis.com/envoy.${type}`, ...fields };
}

export function extension(type: string, fields: Message = {}): Message {
  return typed(`extensions.${type}`, fields);
}

/** A file that Envoy takes up whenever Kubernetes swaps the folder that it is in. */
export function watchedFile(folder: string, file: string): Message {
  return {
    path_config_source: { path: swapped(folder, file), watched_directory: { path: folder } },
    resource_api_version: 'V3',
    initial_fetch_timeout: '0s',
  };
}

/** The content of such a file. */
export function resources(...list: Message[]): Message {
  return { resources: list };
}

/** An HTTP filter whose configuration is the file of the same name. */
export function filterFromFile(folder: string, name: string, type: string): Message {
  return { name, config_discovery: { config_source: watchedFile(folder, `${name}.json`), type_urls: [`type.googleapis.com/envoy.extensions.${type}`] } };
}

/** The content of that file. */
export function filterFile(name: string, config: Message): Message {
  return resources(typed('config.core.v3.TypedExtensionConfig', { name, typed_config: config }));
}

export function exactly(value: string): Message {
  return { string_match: { exact: value } };
}

export function matching(regex: string): Message {
  return { string_match: { safe_regex: { regex } } };
}

export const PRESENT = { present_match: true };

/** A rule about a header. */
export function header(name: string, match: Message): Message {
  return { header: { name, ...match } };
}

/** A rule about what the guard has learnt. @param where the part of the guard that keeps it */
export function learnt(key: string, value: Message, where = METADATA): Message {
  return { sourced_metadata: { metadata_matcher: { filter: where, path: [{ key }], value }, metadata_source: 'DYNAMIC' } };
}

export function not(rule: Message): Message {
  return { not_rule: rule };
}

export function allOf(...rules: Message[]): Message {
  return { and_rules: { rules } };
}

export function anyOf(...rules: Message[]): Message {
  return { or_rules: { rules } };
}

/** Holds when one of the rules does. */
export function policy(rules: Message[]): Message {
  return { permissions: rules, principals: [{ any: true }] };
}

export const RBAC_TYPE = 'filters.http.rbac.v3.RBAC';

export function rbac(action: 'ALLOW' | 'DENY', policies: Message): Message {
  return { track_per_rule_stats: true, rules_stat_prefix: action === 'DENY' ? 'forbidden_' : 'allowed_', rules: { action, policies } };
}

/** How a cluster speaks HTTP. */
export function protocolOptions(options: Message): Message {
  return { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': extension('upstreams.http.v3.HttpProtocolOptions', options) };
}

export function socket(address: string, port: number): Message {
  return { socket_address: { address, port_value: port } };
}

export function endpoints(name: string, address: Message): Message {
  return { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] };
}
