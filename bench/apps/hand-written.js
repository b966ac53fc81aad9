const fs = require('fs');
const path = require('path');
const { ApiObject, App, Chart, Duration, JsonPatch, Size } = require('cdk8s');
const kplus = require('cdk8s-plus-28');
const { Construct } = require('constructs');
const measure = require('./measure');

const AppOfMany = process.env.BENCH_APP === 'App' ? App : require('cdk8s-openclaw').FleetApp;
// what a hand-writer keeps in files beside the program
const read = file => fs.readFileSync(path.join(process.env.BENCH_FILES, file), 'utf8');
const files = { config: read('openclaw.json'), agents: read('agent-settings.json'), sync: read('live-sync.mjs'), checksum: read('checksum') };
const PRIVATE = JSON.parse(read('private.json'));
const ENDS_EARLY = 'data:text/javascript,import{readFileSync}from"fs";process.on("SIGTERM",()=>{'
  + 'try{/:4965 [^ ]+ 0A/.test(readFileSync("/proc/net/tcp","latin1"))||process.exit(143)}catch{};})';
const image = 'ghcr.io/openclaw/openclaw:2026.9.6-slim';
const security = {
  user: 1000, group: 1000, ensureNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false,
  capabilities: { drop: [kplus.Capability.ALL] }, seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};
const syncResources = { cpu: { request: kplus.Cpu.millis(10) }, memory: { request: Size.mebibytes(96), limit: Size.mebibytes(160) } };
const command = (...first) => ['node', '/opt/live-sync/live-sync.mjs', ...first, '--config', '/etc/openclaw/config', '--keys', '/etc/openclaw/keys',
  '--out', '/run/openclaw', '--token-key', 'OPENCLAW_GATEWAY_TOKEN'];
const probe = (url, period, failureThreshold) => kplus.Probe.fromHttpGet(url, {
  port: 18789, periodSeconds: Duration.seconds(period), timeoutSeconds: Duration.seconds(5), failureThreshold,
});
const variables = {
  OPENCLAW_STATE_DIR: '/home/node/.openclaw', OPENCLAW_CONFIG_PATH: '/run/openclaw/openclaw.json', OPENCLAW_CONFIG_READONLY: '1', OPENCLAW_NO_AUTO_UPDATE: '1',
  OPENCLAW_DISABLE_BONJOUR: '1', XDG_CACHE_HOME: '/tmp/.cache', NODE_COMPILE_CACHE: '/home/node/.openclaw/.compile-cache',
  OPENCLAW_PACKAGED_COMPILE_CACHE_RESPAWNED: '1',
};

function gateway(chart) {
  const scope = new Construct(chart, 'Gateway');
  const config = new kplus.ConfigMap(scope, 'Config', { data: { 'openclaw.json': files.config, 'agent-settings.json': files.agents } });
  const sync = new kplus.ConfigMap(scope, 'LiveSync', { data: { 'live-sync.mjs': files.sync } });
  const claim = new kplus.PersistentVolumeClaim(scope, 'State', {
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE], storage: Size.gibibytes(10),
  });
  const serviceAccount = new kplus.ServiceAccount(scope, 'ServiceAccount', { automountToken: false });
  const labels = { 'app.kubernetes.io/name': 'openclaw', 'app.kubernetes.io/version': '2026.9.6' };
  const deployment = new kplus.Deployment(scope, 'Deployment', {
    metadata: { labels },
    podMetadata: { labels, annotations: { 'cdk8s-openclaw/checksum': files.checksum } },
    replicas: 1,
    strategy: kplus.DeploymentStrategy.recreate(),
    automountServiceAccountToken: false,
    serviceAccount,
    securityContext: { user: 1000, group: 1000, fsGroup: 1000, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ensureNonRoot: true },
    terminationGracePeriod: Duration.seconds(330),
  });
  ApiObject.of(deployment).addJsonPatch(
    JsonPatch.add('/spec/template/spec/enableServiceLinks', false), JsonPatch.remove('/spec/template/spec/hostNetwork'),
    JsonPatch.remove('/spec/minReadySeconds'), JsonPatch.remove('/spec/template/spec/volumes/1/persistentVolumeClaim/readOnly'),
    JsonPatch.replace('/spec/template/spec/containers/0/resources/requests/memory', kplus.k8s.Quantity.fromString('2Gi')),
    JsonPatch.replace('/spec/template/spec/containers/0/resources/limits/memory', kplus.k8s.Quantity.fromString('3Gi')),
  );
  const secret = kplus.Secret.fromSecretName(scope, 'Keys', 'openclaw-secrets');
  const names = ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'OPENCLAW_GATEWAY_TOKEN'];
  const keys = kplus.Volume.fromSecret(scope, 'keys-0', secret, {
    name: 'keys-0', items: Object.fromEntries(names.map(name => [name, { path: name }])), defaultMode: 0o440,
  });
  const run = { volume: kplus.Volume.fromEmptyDir(deployment, 'run', 'run', { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(8) }), path: '/run/openclaw' };
  const state = { volume: kplus.Volume.fromPersistentVolumeClaim(deployment, 'state', claim, { name: 'state' }), path: '/home/node/.openclaw', subPath: 'openclaw' };
  const tmp = { volume: kplus.Volume.fromEmptyDir(deployment, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(4000) }), path: '/tmp' };
  const inputs = [
    { volume: kplus.Volume.fromConfigMap(deployment, 'config', config, { name: 'config' }), path: '/etc/openclaw/config', readOnly: true },
    { volume: kplus.Volume.fromConfigMap(deployment, 'live-sync', sync, { name: 'live-sync' }), path: '/opt/live-sync', readOnly: true },
    { volume: keys, path: '/etc/openclaw/keys/keys-0', readOnly: true },
  ];
  const common = { image, imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT, securityContext: security };
  deployment.addInitContainer({
    ...common, name: 'make-files', command: command('--once', '--state', '/home/node/.openclaw', '--tmp', '/tmp/gateway'), resources: syncResources,
    volumeMounts: [...inputs, run, state, tmp],
  });
  deployment.addContainer({
    ...common,
    name: 'openclaw',
    command: ['node', '--import', ENDS_EARLY, '/app/openclaw.mjs', 'gateway', 'run'],
    ports: [{ number: 18789, name: 'gateway' }],
    envVariables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
    resources: { cpu: { request: kplus.Cpu.millis(500) }, memory: { request: Size.gibibytes(2), limit: Size.gibibytes(3) } },
    volumeMounts: [{ ...run, readOnly: true }, state, { ...tmp, subPath: 'gateway' }],
    startup: probe('/startupz', 2, 150),
    readiness: probe('/startupz', 5, 3),
    liveness: probe('/healthz', 20, 3),
  });
  deployment.addContainer({
    ...common, name: 'live-sync', command: command('--gateway', 'ws://127.0.0.1:18789'), resources: syncResources, volumeMounts: [...inputs, run],
  });
  const service = new kplus.Service(scope, 'Service', { selector: deployment, ports: [{ port: 18789, targetPort: 18789, name: 'gateway' }] });
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
  network(scope, deployment);
}

function network(scope, deployment) {
  const { NetworkPolicyIpBlock: Block, NetworkPolicyPort: Port, NetworkPolicyTrafficDefault: Default } = kplus;
  const policy = new kplus.NetworkPolicy(scope, 'NetworkPolicy', { selector: deployment, ingress: { default: Default.DENY }, egress: { default: Default.DENY } });
  const dns = [Port.udp(53), Port.tcp(53)];
  policy.addEgressRule(kplus.Pods.select(policy, 'ClusterDns', {
    labels: { 'k8s-app': 'kube-dns' }, namespaces: kplus.Namespaces.select(policy, 'ClusterDnsNamespace', { names: ['kube-system'] }),
  }), dns);
  policy.addEgressRule(Block.ipv4(policy, 'NodeLocalDns', '169.254.20.10/32'), dns);
  policy.addEgressRule(Block.ipv4(policy, 'Public443', '0.0.0.0/0', PRIVATE.ipv4), [Port.tcp(443)]);
  policy.addEgressRule(Block.ipv6(policy, 'PublicIpv6443', '::/0', PRIVATE.ipv6), [Port.tcp(443)]);
}

measure(AppOfMany, (app, count) => {
  for (let i = 0; i < count; i++) gateway(new Chart(app, `tenant-${i}`, { namespace: `tenant-${i}` }));
});
