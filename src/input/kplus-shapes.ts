import { ApiObject, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { chartOf } from './chart-of';

/*
 * Objects of cdk8s and cdk8s-plus, recognised by what they have. Asking for their class would refuse those of another cdk8s-plus (there is one
 * for each release of Kubernetes) and of a second copy of a package.
 */

/** A cdk8s-plus resource of a kind: one that is defined in this app, or one that only names an existing object. */
export function isResource(value: unknown, kind: string): value is kplus.IResource {
  return Construct.isConstruct(value) && (value as kplus.IResource).kind === kind;
}

/** The namespace of a resource: its own, or that of the chart in which it is named. */
export function namespaceOf(resource: IConstruct): string | undefined {
  return (resource as Partial<kplus.Resource>).metadata?.namespace ?? chartOf(resource)?.namespace;
}

/** The type of a Secret that this app defines; undefined for one that only names an existing Secret. */
export function typeOfSecret({ node: { defaultChild } }: IConstruct): string | undefined {
  return defaultChild && ApiObject.isApiObject(defaultChild) ? defaultChild.toJson().type ?? 'Opaque' : undefined;
}

/** An environment variable: a text, or where Kubernetes reads it. */
export function isEnvValue(value: unknown): value is kplus.EnvValue {
  const { value: text, valueFrom } = partsOf(value);
  return typeof text === 'string' ? valueFrom === undefined : text === undefined && typeof valueFrom === 'object' && valueFrom !== null;
}

export function isCpu(value: unknown): value is kplus.Cpu {
  return typeof partsOf(value).amount === 'string';
}

export function isPeer(value: unknown): value is kplus.INetworkPolicyPeer {
  return hasMethods(value, 'toNetworkPolicyPeerConfig');
}

/** What cdk8s-plus writes into a container: a probe, the source of variables. */
export function isPartOfContainer(value: unknown): value is object {
  return hasMethods(value, '_toKube');
}

/** A volume of a pod. */
export function isVolume(value: unknown): value is kplus.Volume {
  return Construct.isConstruct(value) && isPartOfContainer(value) && typeof partsOf(value).name === 'string';
}

export function isSize(value: unknown): value is Size {
  return hasMethods(value, 'toKibibytes', 'toMebibytes', 'toGibibytes');
}

export function isDuration(value: unknown): value is Duration {
  return hasMethods(value, 'toMilliseconds', 'toSeconds', 'toHumanString');
}

function hasMethods(value: unknown, ...names: string[]): boolean {
  return names.every(name => typeof partsOf(value)[name] === 'function');
}

function partsOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? value as { [name: string]: unknown } : {};
}
