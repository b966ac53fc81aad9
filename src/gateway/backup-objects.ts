import { ApiObject, Cron, Duration, JsonPatch, Names, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { closedNetwork } from '../network/closed-network';
import { container, podSecurity, userOf } from '../pod/container';
import { patchStorage } from '../pod/patches';
import { BackupSettings } from '../settings/backup';
import { CONFIG_DIR, HOME_DIR, STATE_DIR, TMP_DIR } from '../settings/pod-layout';
import { Settings } from '../settings/settings';

/** Where a pod has its archives. */
const BACKUPS_DIR = '/backups';

/** A CronJob's name; Kubernetes appends eleven characters for its Jobs. */
const NAME_LENGTH = 52;

/** Measured: 430 MB at the peak, for the state of a gateway with one plugin. */
const RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(100) },
  memory: { request: Size.mebibytes(512), limit: Size.mebibytes(1536) },
};

const UPLOAD_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(10) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(512) },
};

interface GatewayParts {
  readonly deployment: kplus.Deployment;
  readonly configMap: kplus.IConfigMap;
  readonly stateClaim: kplus.IPersistentVolumeClaim;
}

/** What is rendered for backups. */
export interface BackupObjects {
  readonly cronJob: kplus.CronJob;
  /** The claim of the archives; undefined where they are uploaded. */
  readonly claim?: kplus.IPersistentVolumeClaim;
}

/** An archive is moved to its place when it is whole, so that what is there is good. */
export function backupScript(keep: number | undefined): string {
  return [
    'set -eu',
    `cd ${BACKUPS_DIR}`,
    'rm -rf .new',
    'mkdir .new',
    'node /app/openclaw.mjs backup create --output .new --verify',
    'mv .new/*.tar.gz .',
    'rmdir .new',
    ...keep === undefined ? [] : [`ls -1 *.tar.gz | sort -r | tail -n +${keep + 1} | xargs -r rm --`],
  ].join('\n');
}

/** A CronJob beside the gateway, on its node: its volume is attached there alone. */
export function backupObjects(scope: Construct, settings: Settings, backup: BackupSettings, gateway: GatewayParts): BackupObjects {
  const user = userOf(settings);
  const name = Names.toDnsLabel(scope, { maxLen: NAME_LENGTH });
  const labels = { 'app.kubernetes.io/name': 'openclaw-backup' };
  const cronJob = new kplus.CronJob(scope, 'CronJob', {
    metadata: { name, labels },
    podMetadata: { labels },
    schedule: cronOf(backup.schedule),
    timeZone: backup.timeZone,
    concurrencyPolicy: kplus.ConcurrencyPolicy.FORBID,
    startingDeadline: Duration.minutes(10),
    activeDeadline: Duration.hours(1),
    backoffLimit: 2,
    automountServiceAccountToken: false,
    dockerRegistryAuth: settings.dockerRegistryAuth,
    securityContext: podSecurity(user),
  });
  cronJob.scheduling.colocate(gateway.deployment);
  const claim = backup.upload ? undefined : backup.claim ?? newClaim(scope, backup);
  const archives = claim
    ? { volume: kplus.Volume.fromPersistentVolumeClaim(scope, 'archives', claim, { name: 'archives' }), path: BACKUPS_DIR, subPath: name }
    : { volume: kplus.Volume.fromEmptyDir(scope, 'archives', 'archives', { sizeLimit: Size.mebibytes(8000) }), path: BACKUPS_DIR };
  const tmp = { volume: kplus.Volume.fromEmptyDir(scope, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(4000) }), path: TMP_DIR };
  addContainers(cronJob, settings, backup, { archives, tmp, inputs: inputsOf(scope, settings, gateway) });
  if (settings.isolateNetwork) closeNetwork(scope, cronJob, settings, backup);
  ApiObject.of(cronJob).addJsonPatch(
    JsonPatch.add('/spec/jobTemplate/spec/template/spec/enableServiceLinks', false),
    JsonPatch.remove('/spec/jobTemplate/spec/template/spec/hostNetwork'),
  );
  return { cronJob, claim };
}

/** kplus writes the expression of a Cron as it is. */
function cronOf(expressionString: string): Cron {
  return Object.assign(new Cron(), { expressionString });
}

function newClaim(scope: Construct, { size: storage, storageClassName }: BackupSettings): kplus.PersistentVolumeClaim {
  const claim = new kplus.PersistentVolumeClaim(scope, 'Archives', {
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE], storage, storageClassName,
  });
  patchStorage(claim, storage);
  return claim;
}

/** The state and the configuration, which names no key. */
function inputsOf(scope: Construct, { state }: Settings, { stateClaim, configMap }: GatewayParts): kplus.VolumeMount[] {
  const volume = kplus.Volume.fromPersistentVolumeClaim(scope, 'state', stateClaim, { name: 'state' });
  return [
    { volume, path: STATE_DIR, readOnly: true, ...state.path !== '' && { subPath: state.path } },
    { volume: kplus.Volume.fromConfigMap(scope, 'config', configMap, { name: 'config' }), path: CONFIG_DIR, readOnly: true },
  ];
}

interface BackupMounts {
  readonly archives: kplus.VolumeMount;
  readonly tmp: kplus.VolumeMount;
  readonly inputs: kplus.VolumeMount[];
}

function addContainers(cronJob: kplus.CronJob, settings: Settings, { keep, upload }: BackupSettings, { archives, tmp, inputs }: BackupMounts): void {
  const user = userOf(settings);
  const variables = { HOME: HOME_DIR, OPENCLAW_STATE_DIR: STATE_DIR, OPENCLAW_CONFIG_PATH: `${CONFIG_DIR}/openclaw.json`, XDG_CACHE_HOME: `${TMP_DIR}/.cache` };
  const create = {
    ...container('backup', settings.image, [...inputs, archives, tmp], user),
    command: ['sh', '-c', backupScript(upload ? undefined : keep)],
    envVariables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
    resources: RESOURCES,
  };
  if (!upload) {
    cronJob.addContainer(create);
    return;
  }
  cronJob.addInitContainer(create);
  cronJob.addContainer({
    ...container('upload', upload.image, [archives, tmp], user),
    command: upload.command,
    envVariables: upload.env,
    envFrom: upload.secret && [kplus.Env.fromSecret(upload.secret)],
    resources: UPLOAD_RESOURCES,
  });
}

/** An upload reaches public addresses on port 443, or the named hosts; a backup without one reaches nothing. */
function closeNetwork(scope: Construct, cronJob: kplus.CronJob, { ciliumHosts }: Settings, { upload }: BackupSettings): void {
  if (upload) {
    closedNetwork(scope, cronJob, [], ciliumHosts);
    return;
  }
  new kplus.NetworkPolicy(scope, 'NetworkPolicy', {
    selector: cronJob,
    ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
    egress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
  });
}
