import { Testing } from 'cdk8s';
import { keysIn, officialMocks, tokenOf, vaultOf } from './applied-example';
import { GATEWAY_PORT, keysSecret } from './gateways';
import { tryKubectl } from './kubectl';
import { Namespace, RESTRICTED } from './namespace';
import { onOwnCluster } from './own-cluster';
import { RELEASES } from './releases';
import { scenario } from './scenario';
import { DaemonFolder } from './up/daemon';
import { GatewayAuth, Preset, Provider, ProviderSecret, SecretSource, SecretStore } from '../../src/index';
import { newChart, newGateway } from '../support/gateway';
import { configIn, gatewayContainer, gatewaysOf } from '../support/gateway-pod';
import { OpenClawClient } from '../support/openclaw-client';
import { EXAMPLES, synthExample } from '../support/synth';

const TIMEOUT_MS = 600_000;
const namespacesOf = (objects: any[]): string[] => [...new Set(objects.map(({ metadata }) => metadata.namespace))];

describe('examples', () => {
  const examples = new Map(EXAMPLES.map(name => [name, Object.values(synthExample(name).objects)]));
  examples.set('a gateway with secrets of every source', [secretsOfEverySource()]);

  /** Creates nothing but the namespaces of the objects, for a while. */
  async function dryRun(name: string, kubeconfig: string): Promise<void> {
    const objects = examples.get(name)!.flat().map(ofTheSuite);
    const namespaces = namespacesOf(objects).map(namespace => (
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: RESTRICTED } }
    ));
    const on = ['--kubeconfig', kubeconfig];
    const list = (items: object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    try {
      await tryKubectl([...on, 'delete', '--filename', '-', '--ignore-not-found'], list(namespaces)); // of a run that was interrupted
      expect(await tryKubectl([...on, 'create', '--filename', '-'], list(namespaces))).toMatchObject({ code: 0, stderr: '' });
      const { code, stdout, stderr } = await tryKubectl([...on, 'create', '--dry-run=server', '--warnings-as-errors', '--filename', '-'], list(objects));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trim().split('\n').filter(line => line.endsWith('(server dry run)')).length).toBe(objects.length);
    } finally {
      await tryKubectl([...on, 'delete', '--filename', '-', '--wait=false'], list(namespaces));
    }
  }

  for (const name of examples.keys()) {
    scenario(`a server-side dry run of ${name} has no warning`, async () => dryRun(name, process.env.KUBECONFIG!), TIMEOUT_MS);
    onOwnCluster(`a server-side dry run of ${name} on Kubernetes 1.28 has no warning`, async () => dryRun(name, process.env.OLDEST_KUBECONFIG!), TIMEOUT_MS);
  }

  /** Charts of examples: the manifests of each, and the model that answers. */
  const charts: { [title: string]: any[] } = {
    ...Object.fromEntries(['multi-provider', 'guarded'].flatMap(name => examples.get(name)!).map(objects => [namespacesOf(objects).join(), objects])
      .filter(([name]) => name !== 'openclaw-dev')), // the gateway suite runs it
    [`a tenant of the fleet on ${RELEASES[0]}`]: examples.get('fleet')!.find(objects => runs(objects, RELEASES[0]))!,
  };

  async function answers(objects: any[], cluster: DaemonFolder): Promise<void> {
    const namespace = await Namespace.create(namespacesOf(objects)[0]);
    try {
      const mocks = await officialMocks(namespace, cluster);
      await namespace.apply([keysSecret(namespace, keysIn(objects)), vaultOf(objects)]);
      await namespace.apply(objects);
      await namespace.kubectl('wait', 'deployments', '--all', '--for=condition=Available', `--timeout=${TIMEOUT_MS / 2000}s`);
      expect(await namespace.diff(objects)).toBe('');
      const said = (await namespace.apply(objects)).filter(line => !line.endsWith(' unchanged'));
      expect(said.filter(line => !line.startsWith('poddisruptionbudget'))).toEqual([]); // kubectl replaces its selector by the same one each time
      expect((await namespace.get('poddisruptionbudgets')).items.filter(({ metadata }: any) => metadata.generation !== 1)).toEqual([]);
      const service = objects.find(({ kind, spec }) => kind === 'Service' && spec.ports[0].port === GATEWAY_PORT).metadata.name;
      const { address } = await namespace.forward(`service/${service}`, GATEWAY_PORT);
      const client = await OpenClawClient.connect(`ws://${address}`, { token: await tokenOf(namespace, objects) });
      const [, primary] = /^[^/]*\/(.*)$/.exec(configIn(objects).agents.defaults.model.primary)!;
      expect(await client.turn('hello')).toMatchObject({ text: `answer of ${primary}` });
      await client.close();
      expect((await mocks.calls()).filter(({ api }) => api !== 'unknown').map(({ model }) => model)).toContain(primary);
    } finally {
      await namespace.delete();
    }
  }

  for (const [title, objects] of Object.entries(charts)) {
    onOwnCluster(`${title} answers as it is synthesised, at the official hosts`, async cluster => answers(objects, cluster), TIMEOUT_MS);
  }
});

/** An object in a namespace of the suite's own, since that of the example may be somebody's. */
function ofTheSuite({ metadata, ...object }: any): any {
  return { ...object, metadata: { ...metadata, namespace: `openclaw-test-${metadata.namespace}` } };
}

function secretsOfEverySource(): any[] {
  const chart = newChart('assistant', 'assistants');
  const stored = (remoteKey: string) => SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey });
  newGateway(chart, {
    providerSecrets: [Provider.ANTHROPIC, Provider.OPENAI].map(provider => new ProviderSecret(chart, `key_of_${provider.id}`, { provider, source: stored(provider.id) })),
    secrets: { 'TELEGRAM_BOT_TOKEN': stored('telegram'), 'MADE_UP': SecretSource.generated(), 'in.plain_text': SecretSource.unsafePlainText('of-a-test') },
    auth: GatewayAuth.token(SecretSource.generated()),
    preset: Preset.PROD.customize({ noticeRules: ['secret-plain-text'] }),
  });
  return Testing.synth(chart);
}

function runs(objects: any[], release: string): boolean {
  return gatewayContainer(gatewaysOf(objects)[0]).image.includes(`:${release}`);
}
