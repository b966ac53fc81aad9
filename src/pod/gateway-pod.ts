import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checksum } from './checksum';
import { container, GATEWAY_CONTAINER, podSecurity, userOf } from './container';
import { LIVE_SYNC_RESOURCES, liveSyncCommand } from './live-sync';
import { patchClaim } from './patches';
import { addPluginInstall } from './plugin-install';
import { WorkspaceData, workspaceVolumes } from './workspace-volumes';
import { proxyExceptions, proxyVariables } from '../input/env-variables';
import { CONFIG_DIR, CONFIG_FILE, GATEWAY_PORT, HOME_DIR, LIVE_SYNC_DIR, RUN_DIR, STATE_DIR, TMP_DIR, TMP_FOLDER } from '../settings/pod-layout';
import { Settings } from '../settings/settings';

/** OpenClaw stops waiting for running turns after 325 seconds. */
const DRAIN = Duration.seconds(330);

/**
 * Until the gateway serves its port SIGTERM would be lost on it, as on every first process of a container that does not handle it, and the pod would stay
 * for the whole grace period. Whether it serves, the table of the kernel tells (state 0A: listening); afterwards the signal is OpenClaw's own affair.
 *
 * @see https://nodejs.org/api/cli.html#--importmodule
 * @see https://docs.kernel.org/networking/proc_net_tcp.html
 */
const ENDS_EARLY = 'data:text/javascript,import{readFileSync}from"fs";process.on("SIGTERM",()=>{'
  + `try{/:${GATEWAY_PORT.toString(16).toUpperCase()} [^ ]+ 0A/.test(readFileSync("/proc/net/tcp","latin1"))||process.exit(143)}catch{};})`;

/** What the pod is made of besides the settings. */
interface PodParts {
  readonly configMap: kplus.IConfigMap;
  readonly liveSync: kplus.IConfigMap;
  readonly keyMounts: kplus.VolumeMount[];
  readonly secretNames: string[];
  /** The files of workspaces, and the ConfigMap that holds those of texts and folders. */
  readonly workspaceData: WorkspaceData;
  readonly workspace?: kplus.IConfigMap;
  readonly stateClaim: kplus.IPersistentVolumeClaim;
  readonly serviceAccount: kplus.IServiceAccount;
  /** Texts that only a new pod takes up. */
  readonly restartsOn: string[];
}

/** A gateway's pod, and its containers. */
export interface GatewayPod {
  readonly deployment: kplus.Deployment;
  readonly container: kplus.Container;
  readonly initContainer: kplus.Container;
  readonly pluginInstall?: kplus.Container;
  readonly liveSyncContainer?: kplus.Container;
  /** The gateway's state, where the gateway has it. */
  readonly state: kplus.VolumeMount;
  /** Temporary files: a folder for each container. */
  readonly tmp: kplus.Volume;
}

/** One pod at a time: an init step makes the files, the gateway reads them, under live delivery a sidecar keeps them up to date. */
export function gatewayPod(scope: Construct, settings: Settings, parts: PodParts): GatewayPod {
  const { secretNames, serviceAccount } = parts;
  const { live } = settings;
  const user = userOf(settings);
  const labels = { 'app.kubernetes.io/name': 'openclaw', 'app.kubernetes.io/version': settings.release };
  const deployment = new kplus.Deployment(scope, 'Deployment', {
    metadata: { labels },
    podMetadata: { labels, annotations: { 'cdk8s-openclaw/checksum': checksum(parts.restartsOn) } },
    replicas: 1,
    strategy: kplus.DeploymentStrategy.recreate(), // two gateways on one state destroy it
    automountServiceAccountToken: false,
    serviceAccount,
    dockerRegistryAuth: settings.dockerRegistryAuth,
    securityContext: podSecurity(user),
    terminationGracePeriod: settings.features.drains ? DRAIN : Duration.seconds(30),
  });
  if (!live && secretNames.length > 0) deployment.metadata.addAnnotation('secret.reloader.stakater.com/reload', secretNames.join(','));

  const volumes = podVolumes(deployment, parts, settings.state.path);
  const files = workspaceVolumes(deployment, settings.workspace, parts.workspaceData, parts.workspace);
  const initContainer = deployment.addInitContainer({
    ...container('make-files', settings.image, [...volumes.inputs, ...files.mounts, ...volumes.outputs, volumes.state, volumes.tmp], user),
    command: [...liveSyncCommand(settings, 'init'), ...files.args],
    resources: LIVE_SYNC_RESOURCES,
  });
  const pluginInstall = addPluginInstall(deployment, settings, { program: volumes.inputs[1], state: volumes.state, tmp: volumes.tmp });
  const gateway = deployment.addContainer({
    ...container(GATEWAY_CONTAINER, settings.image, [
      ...volumes.outputs.map(mount => ({ ...mount, readOnly: true })), volumes.state, { ...volumes.tmp, subPath: TMP_FOLDER },
    ], user),
    command: ['node', '--import', ENDS_EARLY, '/app/openclaw.mjs', 'gateway', 'run'],
    ports: [{ number: GATEWAY_PORT, name: 'gateway' }],
    envVariables: { ...environment(settings), ...settings.envVariables, ...withoutProxyToGuard(settings) },
    resources: settings.resources,
    ...probes(settings),
  });
  patchClaim(deployment, gateway, volumes.state.volume);
  const liveSyncContainer = live ? deployment.addContainer({
    ...container('live-sync', settings.image, [...volumes.inputs, ...volumes.outputs], user),
    command: liveSyncCommand(settings, 'sidecar'),
    resources: LIVE_SYNC_RESOURCES,
  }) : undefined;
  return { deployment, container: gateway, initContainer, pluginInstall, liveSyncContainer, state: volumes.state, tmp: volumes.tmp.volume };
}

/** A program that fails unless the gateway says that it has started. */
const ASK_FROM_WITHIN = `require('http').get('http://127.0.0.1:${GATEWAY_PORT}/startupz', answer => process.exit(answer.statusCode === 200 ? 0 : 1))`
  + ".on('error', () => process.exit(1))";

function podVolumes(scope: Construct, { configMap, liveSync, keyMounts, stateClaim }: PodParts, statePath: string) {
  const { Volume } = kplus;
  const config = Volume.fromConfigMap(scope, 'config', configMap, { name: 'config' });
  const program = Volume.fromConfigMap(scope, 'live-sync', liveSync, { name: 'live-sync' });
  const run = Volume.fromEmptyDir(scope, 'run', 'run', { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(8) });
  const state = Volume.fromPersistentVolumeClaim(scope, 'state', stateClaim, { name: 'state' });
  return {
    inputs: [{ volume: config, path: CONFIG_DIR, readOnly: true }, { volume: program, path: LIVE_SYNC_DIR, readOnly: true }, ...keyMounts],
    outputs: [{ volume: run, path: RUN_DIR }],
    state: { volume: state, path: STATE_DIR, ...statePath !== '' && { subPath: statePath } },
    tmp: { volume: Volume.fromEmptyDir(scope, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(4000) }), path: TMP_DIR }, // who fills it loses the pod, not the node
  };
}

function environment({ features, clusterAssignsUser }: Settings): { [name: string]: kplus.EnvValue } {
  const values = {
    ...clusterAssignsUser && { HOME: HOME_DIR }, // else of a user that the image does not know
    OPENCLAW_STATE_DIR: STATE_DIR,
    OPENCLAW_CONFIG_PATH: CONFIG_FILE,
    [features.readOnlyConfig ? 'OPENCLAW_CONFIG_READONLY' : 'OPENCLAW_NIX_MODE']: '1',
    OPENCLAW_NO_AUTO_UPDATE: '1',
    OPENCLAW_DISABLE_BONJOUR: '1',
    ...!features.resumesSessions && { OPENCLAW_SESSION_CACHE_TTL_MS: '0' }, // else a session refuses its second turn after a restart
    XDG_CACHE_HOME: `${TMP_DIR}/.cache`, // the home folder is read-only
    NODE_COMPILE_CACHE: `${STATE_DIR}/.compile-cache`, // a second start is faster
    OPENCLAW_PACKAGED_COMPILE_CACHE_RESPAWNED: '1', // else a parent process kills the gateway two seconds after SIGTERM, running turns or not
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)]));
}

/** The guard is called without an HTTP proxy that the gateway has. */
function withoutProxyToGuard({ guard, guardUrl, envVariables }: Settings): { [name: string]: kplus.EnvValue } {
  if (!guard || proxyVariables(envVariables).length === 0) return {};
  const host = guardUrl ? new URL(guardUrl).hostname : '127.0.0.1';
  const given = proxyExceptions(envVariables);
  return Object.fromEntries((given.length > 0 ? given : ['NO_PROXY']).map(name =>
    [name, kplus.EnvValue.fromValue([envVariables[name]?.value, host].filter(Boolean).join(','))]));
}

function probes({ features, exposure, auth }: Settings) {
  const get = (path: string, period: number, failureThreshold: number) => kplus.Probe.fromHttpGet(path, {
    port: GATEWAY_PORT,
    periodSeconds: Duration.seconds(period),
    timeoutSeconds: Duration.seconds(5),
    failureThreshold,
  });
  const fromWithin = (period: number, failureThreshold: number) => kplus.Probe.fromCommand(['node', '--eval', ASK_FROM_WITHIN], {
    periodSeconds: Duration.seconds(period),
    timeoutSeconds: Duration.seconds(10),
    failureThreshold,
  });
  const liveness = get('/healthz', 20, 3);
  // the kubelet may be at an address that is trusted as a proxy, and OpenClaw refuses a proxy that names no client, but for /healthz
  const refusesKubelet = features.attributesProxies && (exposure?.trustedProxies !== undefined || auth._proxy !== undefined);
  if (refusesKubelet) return { startup: fromWithin(5, 60), readiness: fromWithin(5, 3), liveness };
  const started = features.startupProbe ? '/startupz' : '/readyz';
  // where both exist, `/readyz` would take the gateway out of its Service when a single channel fails
  return { startup: get(started, 2, 150), readiness: get(started, 5, 3), liveness };
}
