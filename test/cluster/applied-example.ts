import * as fs from 'fs';
import * as path from 'path';
import { Mocks } from './mocks';
import { Namespace } from './namespace';
import { PROVIDERS_ADDRESS } from './up/addresses';
import { DaemonFolder } from './up/daemon';
import { gatewaysOf } from '../support/gateway-pod';

/** Providers' stand-ins at the official hosts. */
export async function officialMocks(namespace: Namespace, { folder }: DaemonFolder): Promise<Mocks> {
  const read = (file: string) => fs.readFileSync(path.join(folder, 'certificate', file), 'utf8');
  return Mocks.start(namespace, { official: { address: PROVIDERS_ADDRESS, certificate: { key: read('tls.key'), cert: read('tls.crt') } } });
}

/** A value for each key that pods mount from the Secret which users make. */
export function keysIn(objects: any[]): { [key: string]: string } {
  const volumes = objects.filter(({ kind }) => kind === 'Deployment').flatMap(({ spec }) => spec.template.spec.volumes);
  const names: string[] = volumes.filter(({ secret }: any) => secret?.secretName === 'openclaw-secrets').flatMap(({ secret }: any) => secret.items.map(({ key }: any) => key));
  return Object.fromEntries(names.filter(name => name !== 'OPENCLAW_GATEWAY_TOKEN').map(name => [name, `key-of-${name}`]));
}

/** The vault that the ExternalSecrets of an example read, with a value for each. */
export function vaultOf(objects: any[]): object {
  const entries: string[] = objects.flatMap(({ kind, spec }) => (kind === 'ExternalSecret' ? (spec.data ?? []).map(({ remoteRef }: any) => remoteRef.key) : []));
  const data = entries.map(key => ({ key, value: JSON.stringify({ 'api-key': `key-of-${key}` }) }));
  return { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: 'vault' }, spec: { provider: { fake: { data } } } };
}

/** The gateway's token, from where its pod has it. */
export async function tokenOf(namespace: Namespace, objects: any[]): Promise<string> {
  const [{ spec }] = gatewaysOf(objects);
  const secrets: any[] = spec.template.spec.volumes.flatMap(({ secret }: any) => secret ?? []);
  const itemOf = ({ items }: any) => items.find(({ path: file }: any) => file === 'OPENCLAW_GATEWAY_TOKEN');
  const secret = secrets.find(itemOf);
  return (await namespace.secret(secret.secretName))[itemOf(secret).key];
}
