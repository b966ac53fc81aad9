import { ApiObject, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FindingSeverity, GuardPlacement, ModelGuard, OpenClawVersion, Provider, ProviderSecret, SecretSource, SecretStore } from '../../src';
import { USABLE_KEY } from '../../src/secrets/usable-key';
import { CELLS } from '../contract/cells';
import { configOf, keysOf, newChain, newChart, newGateway } from '../support/gateway';
import { EXAMPLES, synthChart, synthExample } from '../support/synth';

/** What Flux (`${`), Kubernetes (`$(`) and Helm (`{{` and `}}`) interpret. */
const INTERPRETED = /\$\{|\$\(|\{\{|\}\}/;
const VERSIONS = [OpenClawVersion.V2026_6_11, OpenClawVersion.V2026_7_1, OpenClawVersion.V2026_8_2, OpenClawVersion.V2026_9_6];
const GUARDS: [string, ModelGuard][] = [
  ['no guard', ModelGuard.none()],
  ['a guard beside the gateway', ModelGuard.sidecar()],
  ['a guard in pods of its own', ModelGuard.pod()],
  ['a guard whose credential is in a vault', ModelGuard.pod({ caller: SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: 'guard' }) })],
  ['a guard whose credential is in a Secret', ModelGuard.pod({ caller: SecretSource.fromSecretName('guard', 'key') })],
];

/** The lines that hold such text, but for templates of the External Secrets Operator. */
function interpreted(manifests: any[]): string[] {
  return manifests.flatMap(manifest => {
    const lines = Yaml.stringify(manifest.kind === 'ExternalSecret' ? withoutTemplate(manifest) : manifest).split('\n');
    return lines.filter(line => INTERPRETED.test(line)).map(line => `${manifest.kind}: ${line.trim().slice(0, 100)}`);
  });
}

function withoutTemplate({ spec: { target: { template: _, ...target }, ...spec }, ...secret }: any): any {
  return { ...secret, spec: { ...spec, target } };
}

/** What the templates of the External Secrets Operator insert. */
function templates(manifests: any[]): string[] {
  const texts = manifests.filter(({ kind }) => kind === 'ExternalSecret').flatMap(({ spec }) => Object.values<string>(spec.target.template?.data ?? {}));
  return texts.flatMap(text => text.match(/\{\{.*?\}\}/g) ?? []);
}

describe.each(GUARDS)('with %s', (_, guard) => {
  const versions = guard.placement === GuardPlacement.POD ? VERSIONS.slice(-1) : VERSIONS; // what a guard adds is the same for every version
  test.each(versions.map(version => [version.version, version] as const))('%s: no manifest holds text that another layer interprets', (_release, version) => {
    const found = CELLS.flatMap(({ name, build }) => interpreted(synthChart(build(version, { guard }))).map(line => `${name}: ${line}`));
    expect(found).toEqual([]);
  });
});

test.each(EXAMPLES)('example %s: no manifest holds text that another layer interprets', name => {
  expect(interpreted(Object.values(synthExample(name).objects).flat())).toEqual([]);
}, 60_000);

test('the only templates are those of a guard whose credential the External Secrets Operator brings, as docs/gitops.md says', () => {
  const build = ([, guard]: [string, ModelGuard]) => templates(CELLS.flatMap(cell => synthChart(cell.build(OpenClawVersion.V2026_9_6, { guard }))));
  const [none, sidecar, generated, vault, secret] = GUARDS.map(build).map(found => [...new Set(found)]);
  expect([none, sidecar, secret]).toEqual([[], [], []]);
  const checked = (key: string) => [
    `{{ $value := .${key} | trim }}`,
    `{{ if not (regexMatch "^(?:${USABLE_KEY})$" $value) }}`,
    `{{ fail "${key} must be one line of visible ASCII without quotes around it" }}`,
    '{{ end }}',
  ];
  expect(generated.sort()).toEqual([...checked('password'), '{{ $value }}', '{{ $value | toJson }}'].sort());
  expect(vault.sort()).toEqual([...checked('MODEL_GUARD_KEY'), '{{ $value }}', '{{ $value | toJson }}'].sort());
});

describe('text of users', () => {
  const TEXT = 'a ${TZ} $(HOME) {{ .x }} }}} {{{ $${B} $$ \\${TZ} \\\\$( "$\\"{" }';

  test('reaches openclaw.json as it is, in a form that no layer interprets', () => {
    const chart = newChart();
    const extraConfig = { agents: { defaults: { userTimezone: TEXT } } };
    const gateway = newGateway(chart, { extraConfig, envVariables: { TZ: kplus.EnvValue.fromValue('Europe/Vienna') } });
    expect(configOf(gateway)).toMatchObject(extraConfig);
    expect(interpreted([gateway.configMap].map(each => ApiObject.of(each).toJson()))).toEqual([]);
  });

  test('reaches the files of a guard as it is, in a form that no layer interprets', () => {
    const chart = newChart();
    const provider = Provider.ANTHROPIC.customize({ headers: { 'x-note': '$( {{ x }} }}' } });
    const gateway = newGateway(chart, {
      guard: ModelGuard.sidecar(),
      chain: newChain(chart, [provider.model('claude-sonnet-5')]),
      providerSecrets: keysOf(chart, provider),
      acknowledge: { 'chain-single-provider': 'a test' },
    });
    const [{ virtual_hosts: [{ routes }] }] = JSON.parse(gateway.guard!.policy.data['routes.json']).resources;
    expect(routes.find(({ name }: any) => name === 'anthropic').request_headers_to_add).toMatchObject([{ header: { key: 'x-note', value: '$( {{ x }} }}' } }]);
    expect(interpreted([ApiObject.of(gateway.guard!.policy).toJson()])).toEqual([]);
  });

  test('outside JSON files gets a notice, and the Deployment can be kept from Flux as it says', () => {
    const chart = newChart();
    const keyOf = ({ id }: Provider) => SecretSource.fromStore({ store: SecretStore.cluster('vault'), remoteKey: `keys/\${cluster}/${id}` });
    const gateway = newGateway(chart, {
      envVariables: { GREETING: kplus.EnvValue.fromValue('{{ hello }}'), NODE: kplus.EnvValue.fromValue('$(NODE_NAME)') },
      providerSecrets: [Provider.ANTHROPIC, Provider.OPENAI].map(provider =>
        new ProviderSecret(chart, provider.id, { provider, source: keyOf(provider) })),
    });
    expect(gateway.findings.filter(({ rule }) => rule === 'text-interpreted').map(({ severity, message }) => [severity, message])).toEqual([
      [FindingSeverity.NOTICE, "envVariables['GREETING'] contains '{{', which Helm takes for a template where the manifests are put into a chart; docs/gitops.md says how to prevent it"],
      ...["ProviderSecret 'prod/anthropic'", "ProviderSecret 'prod/openai'"].map(prop => [FindingSeverity.NOTICE,
        `the source of ${prop} contains '\${', which Flux takes for a variable where a Kustomization has 'postBuild'; docs/gitops.md says how to prevent it`]),
    ]);
    ApiObject.of(gateway).metadata.addAnnotation('kustomize.toolkit.fluxcd.io/substitute', 'disabled');
    expect(ApiObject.of(gateway).toJson().metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' });
  });
});
