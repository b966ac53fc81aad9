import { Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Backup, BackupScheduleOptions, GatewayState, OpenClawVersion, Preset } from '../../src/index';
import { messageOf, newChart, newGateway, objects } from '../support/gateway';

/** The pod of a gateway's CronJob, the CronJob, and what else there is for it. */
function backedUp(options: Partial<BackupScheduleOptions> = {}, props: object = {}) {
  const chart = newChart();
  const gateway = newGateway(chart, { backup: Backup.schedule({ schedule: '30 3 * * *', ...options }), ...props });
  const [cronJob] = objects(chart, 'CronJob');
  const policies = objects(chart, 'NetworkPolicy').filter(({ metadata }) => metadata.name.includes('backup'));
  return { chart, gateway, cronJob, pod: cronJob.spec.jobTemplate.spec.template.spec, policies };
}

test('a CronJob archives the state on the node of the gateway, and keeps seven archives in a claim of its own', () => {
  const { chart, gateway, cronJob, pod, policies } = backedUp();
  expect(cronJob.spec).toMatchObject({ schedule: '30 3 * * *', concurrencyPolicy: 'Forbid' });
  expect(cronJob.metadata.name.length).toBeLessThanOrEqual(52);
  const [{ topologyKey, labelSelector }] = pod.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  expect(topologyKey).toBe('kubernetes.io/hostname');
  expect(labelSelector.matchLabels).toEqual(objects(chart, 'Deployment')[0].spec.selector.matchLabels);
  expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, restartPolicy: 'Never', securityContext: { runAsUser: 1000 } });
  const [backup] = pod.containers;
  expect(backup.command).toEqual(['sh', '-c', expect.stringContaining('backup create --output .new --verify\nmv .new/*.tar.gz .\nrmdir .new\nls -1 *.tar.gz | sort -r | tail -n +8')]);
  expect(backup.volumeMounts.map(({ mountPath, readOnly, subPath }: any) => [mountPath, readOnly ?? false, subPath])).toEqual([
    ['/home/node/.openclaw', true, 'openclaw'], ['/etc/openclaw/config', true, undefined], ['/backups', false, cronJob.metadata.name], ['/tmp', false, undefined],
  ]);
  expect(JSON.stringify(pod.volumes)).not.toContain('secret');
  expect(gateway.backupClaim).toBeDefined();
  expect(policies.map(({ spec: { ingress = [], egress = [], policyTypes } }) => [ingress, egress, policyTypes])).toEqual([[[], [], ['Egress', 'Ingress']]]);
});

test('archives go to a claim that exists', () => {
  const claim = kplus.PersistentVolumeClaim.fromClaimName(newChart(), 'Backups', 'backups');
  const { pod } = backedUp({ claim, keep: 30 });
  expect(pod.volumes.map((volume: any) => volume.persistentVolumeClaim?.claimName)).toContain('backups');
  expect(pod.containers[0].command[2]).toContain('tail -n +31');
});

test('archives are uploaded by an image of the user, which sees no state', () => {
  const secret = kplus.Secret.fromSecretName(newChart(), 'Bucket', 'bucket');
  const command = ['rclone', 'copy', '/backups', ':s3:my-bucket/openclaw'];
  const { pod, gateway, policies } = backedUp({ upload: { image: 'rclone/rclone:1.71.2', command, secret, envVariables: { RCLONE_S3_PROVIDER: 'AWS' } } });
  expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['backup']);
  expect(pod.initContainers[0].command[2]).not.toContain('tail');
  expect(pod.containers).toEqual([expect.objectContaining({
    image: 'rclone/rclone:1.71.2', command, env: [{ name: 'RCLONE_S3_PROVIDER', value: 'AWS' }], envFrom: [{ secretRef: { name: 'bucket' } }],
  })]);
  expect(pod.containers[0].volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/backups', '/tmp']);
  expect(gateway.backupClaim).toBeUndefined();
  expect(JSON.stringify(policies)).toContain('"port":443');
});

test('the schedule may be a Cron, and an open network gets no policy', () => {
  const { cronJob, policies } = backedUp({ schedule: Cron.schedule({ hour: '4', minute: '0' }), timeZone: 'Europe/Berlin' }, { preset: Preset.DEV });
  expect([cronJob.spec.schedule, cronJob.spec.timeZone, policies]).toEqual(['0 4 * * *', 'Europe/Berlin', []]);
});

test('versions whose archives lack conversations are refused, with the way that works', () => {
  expect(messageOf(() => backedUp({}, { version: OpenClawVersion.V2026_7_1 }))).toContain(
    '[version-unsupported] OpenClaw 2026.7.1 leaves conversations out of its backups and says that they are complete; leave backup out and copy the volume as'
    + ' docs/operations.md describes, or use 2026.8.1 or newer');
});

test('archives do not go to the volume that they are of', () => {
  const chart = newChart();
  const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'State', 'state');
  const options = { state: GatewayState.existing(claim, { path: '' }), backup: Backup.schedule({ schedule: '@daily', claim }) };
  expect(messageOf(() => newGateway(chart, options))).toContain('the claim of backup is that of state, so archives would be lost with it; give another one, or leave it out');
});

test.each<[string, object, string]>([
  ['no schedule', { schedule: undefined }, "schedule must be a text in the form of cron, or a Cron, got undefined; for example '30 3 * * *'"],
  ['four fields', { schedule: '30 3 * *' }, 'schedule must be a text in the form of cron'],
  ['shell', { schedule: '0 0 * * $(id)' }, 'schedule must be a text in the form of cron'],
  ['none kept', { keep: 0 }, 'keep must be a whole number, at least 1, got 0'],
  ['a size beside a claim', { claim: kplus.PersistentVolumeClaim.fromClaimName(newChart(), 'B', 'b'), size: '5Gi' }, 'size and storageClassName are those of a new claim; leave them out, or claim'],
  ['keep beside upload', { keep: 3, upload: { image: 'a:1', command: ['a'] } }, 'with upload there is no claim; leave out keep, claim, size and storageClassName, and let the store remove old archives'],
  ['upload without a command', { upload: { image: 'a:1' } }, 'upload.command must be an array of texts, got undefined'],
  ['upload as a text', { upload: 's3://x' }, "upload must be an object with image and command, got the string 's3://x'"],
  ['a misspelt option', { keeep: 3 }, "unknown option 'keeep'; did you mean 'keep'?"],
])('%s', (_, options, message) => {
  expect(messageOf(() => Backup.schedule({ schedule: '@daily', ...options } as any))).toContain(message);
});
