import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkEnvVariables, variablesOf } from '../input/env-variables';
import { isImageName } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isResource } from '../input/kplus-shapes';
import { isObjectName } from '../input/kubernetes-names';
import { SEAL, sealed } from '../input/sealed';
import { checkStorageSize, sizeOf } from '../input/sizes';
import { isMap } from '../input/values';

/** A container that takes each archive to another place, for example rclone or the AWS CLI. */
export interface BackupUpload {
  /** Its image, with a tag or a digest. It runs as the gateway's user, with a read-only root and a folder /tmp. */
  readonly image: string;

  /**
   * What it runs. The archive is the only file of the folder `/backups`:
   * `['rclone', 'copy', '/backups', ':s3:my-bucket/openclaw', '--s3-provider=AWS', '--s3-env-auth']`.
   */
  readonly command: string[];

  /**
   * A Secret in the gateway's namespace. Each of its keys is an environment variable of the container: `AWS_ACCESS_KEY_ID` …
   * @default - none
   */
  readonly secret?: kplus.ISecret;

  /**
   * Further environment variables: texts, or an `EnvValue` of any cdk8s-plus.
   * @default - none
   */
  readonly envVariables?: { [name: string]: any };
}

/** When archives are made, and where they are kept. */
export interface BackupScheduleOptions {
  /** When: a text in the form of cron, for example `'30 3 * * *'` or `'@daily'`, or a `Cron` of cdk8s. */
  readonly schedule: any;

  /**
   * The time zone of `schedule`, for example `Europe/Berlin`.
   * @default - that of the cluster's controller, in most clusters UTC
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones
   */
  readonly timeZone?: string;

  /**
   * How many archives are kept in the claim; older ones are removed. An object store has rules of its own for that.
   * @default 7
   */
  readonly keep?: number;

  /**
   * The claim that holds the archives, in the gateway's namespace. Each gateway has a folder of its own in it, named after its CronJob.
   * @default - a new one
   */
  readonly claim?: kplus.IPersistentVolumeClaim;

  /**
   * The size of the new claim: a `Size` of whole gibibytes, or a text such as `'10Gi'`.
   * @default '10Gi'
   */
  readonly size?: any;

  /**
   * Name of the StorageClass of the new claim.
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * Takes each archive to an object store. There is no claim then.
   * @default - archives stay in the claim
   */
  readonly upload?: BackupUpload;
}

/** What the CronJob is made of. @internal */
export interface BackupSettings {
  readonly schedule: string;
  readonly timeZone?: string;
  readonly keep: number;
  readonly claim?: kplus.IPersistentVolumeClaim;
  readonly size: Size;
  readonly storageClassName?: string;
  readonly upload?: {
    readonly image: string;
    readonly command: string[];
    readonly secret?: kplus.ISecret;
    readonly env: { [name: string]: kplus.EnvValue };
  };
}

const MACROS = '@yearly|@annually|@monthly|@weekly|@daily|@midnight|@hourly';

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
const CRON = new RegExp(`^(${MACROS}|([-0-9*,/]+ ){2}[-0-9*,/?]+ [-0-9*,/A-Za-z]+ [-0-9*,/?A-Za-z]+)$`);

/** Archives of a gateway's state, made by OpenClaw's own command while the gateway runs. */
export class Backup {
  /**
   * A CronJob that makes an archive at given times, on the node of the gateway's volume, and checks it. Needs OpenClaw 2026.8.1 or newer: the command of older
   * versions leaves out conversations.
   *
   * Archives hold sessions, memory, workspaces and paired devices, but neither keys nor the packages of plugins.
   */
  public static schedule(options: BackupScheduleOptions): Backup {
    const { schedule, timeZone, keep, claim, size, storageClassName, upload, ...others } = argumentsOf(options);
    const text = isMap(schedule) ? schedule.expressionString : schedule;
    const check = new InputChecks('Backup.schedule()')
      .that(typeof text === 'string' && CRON.test(text), 'schedule', 'a text in the form of cron, or a Cron', schedule, "for example '30 3 * * *'")
      .that(timeZone === undefined || isTimeZone(timeZone), 'timeZone', 'the name of a time zone', timeZone, "for example 'Europe/Berlin'")
      .that(keep === undefined || (Number.isInteger(keep) && keep > 0), 'keep', 'a whole number, at least 1', keep)
      .that(claim === undefined || isResource(claim, 'PersistentVolumeClaim'), 'claim', 'a kplus PersistentVolumeClaim', claim,
        "use for example kplus.PersistentVolumeClaim.fromClaimName(chart, 'Backups', 'backups')")
      .that(storageClassName === undefined || isObjectName(storageClassName), 'storageClassName', 'the name of a StorageClass', storageClassName)
      .refuse(claim !== undefined && (size ?? storageClassName) !== undefined, 'size and storageClassName are those of a new claim; leave them out, or claim')
      .refuse(upload !== undefined && (keep ?? claim ?? size ?? storageClassName) !== undefined,
        'with upload there is no claim; leave out keep, claim, size and storageClassName, and let the store remove old archives');
    const known = { schedule: true, timeZone: true, keep: true, claim: true, size: true, storageClassName: true, upload: true } as const;
    checkStorageSize(check, 'size', size).options<BackupScheduleOptions>(others as BackupScheduleOptions, known);
    checkUpload(check, upload).done();
    return new Backup(SEAL, {
      schedule: text,
      timeZone,
      keep: keep ?? 7,
      claim,
      size: sizeOf(size ?? '10Gi')!,
      storageClassName,
      upload: upload && { image: upload.image, command: [...upload.command], secret: upload.secret, env: variablesOf(upload.envVariables) },
    });
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _settings: BackupSettings,
  ) {
    sealed(seal, new.target, Backup, 'Backup.schedule()');
  }
}

function checkUpload(check: InputChecks, upload: unknown): InputChecks {
  if (upload === undefined) return check;
  if (!isMap(upload)) return check.that(false, 'upload', 'an object with image and command', upload);
  const { image, command, secret, envVariables, ...others } = upload;
  check
    .that(isImageName(image), 'upload.image', 'the name of an image, with a tag or a digest', image)
    .that(Array.isArray(command) && command.length > 0 && command.every(each => typeof each === 'string'), 'upload.command', 'an array of texts', command,
      "for example ['rclone', 'copy', '/backups', ':s3:my-bucket/openclaw']")
    .that(secret === undefined || isResource(secret, 'Secret'), 'upload.secret', 'a kplus Secret', secret, "use for example kplus.Secret.fromSecretName(chart, 'Bucket', 'bucket')")
    .options<BackupUpload>(others as any, { image: true, command: true, secret: true, envVariables: true }, 'upload');
  return checkEnvVariables(check, envVariables);
}

function isTimeZone(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z]+([/_+-][A-Za-z0-9_+-]+)*$/.test(value);
}
