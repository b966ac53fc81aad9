import { OpenClawVersion, PluginPackage, PluginSource, Preset } from '../../src/index';
import { configOf, newChart, newGateway, objects } from '../support/gateway';

const HASH = `sha512-${'A'.repeat(86)}==`;

/** The packages that the init container installs. */
function installed(version: OpenClawVersion, ...pluginPackages: PluginPackage[]): any[] {
  const chart = newChart();
  newGateway(chart, { version, pluginPackages });
  const { command } = objects(chart, 'Deployment')[0].spec.template.spec.initContainers.find(({ name }: any) => name === 'install-plugins');
  return command.flatMap((each: string, i: number) => (command[i - 1] === '--package' ? [JSON.parse(each)] : []));
}

test.each([
  [OpenClawVersion.V2026_7_1, '2026.7.1'],
  [OpenClawVersion.of('2026.7.1-2'), '2026.7.1'],
  [OpenClawVersion.of('2026.7.34'), '2026.7.1'],
  [OpenClawVersion.V2026_8_2, '2026.7.35'],
  [OpenClawVersion.of('2026.9.5'), '2026.9.5'],
  [OpenClawVersion.V2026_9_6, '2026.9.6'],
].map(([version, expected]) => [(version as OpenClawVersion).version, version, expected] as [string, OpenClawVersion, string]))('OpenClaw %s gets the newest Slack that fits it', (_, version, expected) => {
  const [slack] = installed(version, PluginPackage.official('slack'));
  expect(slack).toEqual({
    id: 'slack', name: '@openclaw/slack', version: expected, integrity: expect.stringMatching(/^sha512-/), registry: 'https://registry.npmjs.org',
  });
});

test('a version need not be that of OpenClaw', () => {
  expect(installed(OpenClawVersion.V2026_9_6, PluginPackage.official('mistral'))).toMatchObject([{ name: '@openclaw/mistral-provider', version: '2026.9.5' }]);
});

test('OpenClaw names the version of its partners, and its own is that of plugins that were not read', () => {
  expect(installed(OpenClawVersion.of('2026.7.1-2'), PluginPackage.official('openclaw-weixin'), PluginPackage.official('diagnostics-prometheus'))).toEqual([
    { id: 'openclaw-weixin', name: '@tencent-weixin/openclaw-weixin', version: '2.4.6', registry: 'https://registry.npmjs.org' },
    { id: 'diagnostics-prometheus', name: '@openclaw/diagnostics-prometheus', version: '2026.7.1', registry: 'https://registry.npmjs.org' },
  ]);
});

test('plugins of packages are switched on like bundled ones, also those of providers', () => {
  const gateway = newGateway(newChart(), {
    plugins: ['telegram'],
    pluginPackages: [PluginPackage.official('mistral'), PluginPackage.npm('@example/openclaw-jira', { version: '1.0.0', integrity: HASH, id: 'jira' })],
    extraConfig: { plugins: { entries: { jira: { config: { project: 'A' } } } } },
  });
  const { allow, entries } = configOf(gateway).plugins;
  expect(allow).toEqual(['telegram', 'mistral', 'jira']);
  expect(entries).toMatchObject({ mistral: { enabled: true }, jira: { enabled: true, config: { project: 'A' } }, groq: { enabled: false } });
});

test('a channel of a package may be configured', () => {
  const channel = { discord: { enabled: true } };
  newGateway(newChart(), { pluginPackages: [PluginPackage.official('discord')], extraConfig: { channels: channel } });
  expect(() => newGateway(newChart(), { pluginPackages: [PluginPackage.official('slack')], extraConfig: { channels: channel } }))
    .toThrow("is for plugin 'discord', which OpenClaw 2026.9.6 does not bundle");
});

test('packages of images are copied, of a folder are read where they are, and a proxy is used', () => {
  const chart = newChart();
  const image = PluginSource.image('registry.example.com/packages:1.0', { path: '/packages' });
  newGateway(chart, {
    envVariables: { HTTPS_PROXY: 'http://proxy.example.com:3128', TZ: 'UTC' },
    pluginPackages: [
      PluginPackage.official('slack', { source: image }), PluginPackage.official('discord', { source: image }),
      PluginPackage.official('matrix', { source: PluginSource.folder('/opt/packages') }),
      PluginPackage.npm('jira', { version: '1.0.0', integrity: HASH, source: PluginSource.registry('https://npm.example.com/a/') }),
    ],
  });
  const { initContainers } = objects(chart, 'Deployment')[0].spec.template.spec;
  expect(initContainers.map(({ name }: any) => name)).toEqual(['make-files', 'copy-packages-0', 'install-plugins']);
  const [, copy, install] = initContainers;
  expect(copy).toMatchObject({
    image: 'registry.example.com/packages:1.0', command: ['cp', '-R', '/packages/.', '/opt/plugin-packages'], securityContext: { readOnlyRootFilesystem: true },
  });
  expect(install.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/opt/live-sync', '/home/node/.openclaw', '/tmp', '/opt/plugin-packages']);
  expect(install.env).toEqual([{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }, { name: 'NODE_USE_ENV_PROXY', value: '1' }]);
  const places = install.command.filter((_: string, i: number) => install.command[i - 1] === '--package').map((each: string) => JSON.parse(each));
  expect(places.map(({ folder, registry }: any) => folder ?? registry)).toEqual(['/opt/plugin-packages/0', '/opt/plugin-packages/0', '/opt/packages', 'https://npm.example.com/a']);
});

test('without packages there is no init container and no program for them', () => {
  const gateway = newGateway(newChart(), { plugins: ['telegram'] });
  expect([gateway.pluginsContainer, Object.keys(gateway.liveSyncConfigMap.data)]).toEqual([undefined, ['live-sync.mjs']]);
});

test('a closed network: notices name the registry and the hosts of channels', () => {
  const messages = (props: object) => newGateway(newChart(), { pluginPackages: [PluginPackage.official('discord')], ...props }).findings
    .filter(({ rule }) => rule === 'url-unreachable').map(({ message }) => message);
  expect(messages({})).toEqual([]); // the network is open for every public address
  expect(messages({ ciliumEgress: { hosts: ['registry.npmjs.org', 'discord.com', '*.discordapp.com', 'media.discordapp.net'] } })).toEqual([
    "plugin 'discord' is at 'https://gateway.discord.gg', which the network policy keeps the gateway from; add 'gateway.discord.gg' to ciliumEgress.hosts,"
    + " or accept it: acknowledge: { 'url-unreachable': '<reason>' }",
  ]);
  expect(messages({ pluginPackages: [PluginPackage.official('matrix', { source: PluginSource.registry('http://npm.tools.svc:4873') })] })).toEqual([
    expect.stringContaining("the registry of pluginPackages (when a package is installed) is at 'http://npm.tools.svc:4873', which the network policy keeps the gateway from; add"
      + " gateway.networkPolicy?.addEgressRule(kplus.Pods.all(chart, 'registry'"),
  ]);
  expect(messages({ pluginPackages: [PluginPackage.official('discord', { source: PluginSource.folder('/opt/packages') })], ciliumEgress: { hosts: ['*.example.com'] } }))
    .toHaveLength(4);
  expect(messages({ preset: Preset.DEV })).toEqual([]);
});
