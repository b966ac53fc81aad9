/** The port at which the gateway calls its providers. */
export const GUARD_PORT = 9400;

/** The port of probes and metrics. */
export const GUARD_METRICS_PORT = 9402;

/** What only a new pod takes up. */
export const BOOTSTRAP_DIR = '/etc/guard/bootstrap';

/** What is in force as soon as Kubernetes swaps it. */
export const POLICY_DIR = '/etc/guard/policy';

/** The providers' keys and secret headers, a folder each: `openai`, `openai.key.2`, `openai.x-portkey-api-key`. */
export const PROVIDER_KEYS_DIR = '/etc/guard/keys';

/** The folder of one of a provider's keys, which are counted from 1. No header has it: those of `openai` are `openai.<name>`, without a further dot. */
export function keyFolderOf(provider: string, position: number): string {
  return position === 1 ? provider : `${provider}.key.${position}`;
}

/** The folder of one of the two values of an access key of AWS. */
export function awsFolderOf(provider: string, part: 'id' | 'secret'): string {
  return `${provider}.aws.${part}`;
}

/** The file in such a folder. */
export const PROVIDER_KEY_FILE = 'key';

/** Whom the guard serves, where it has a pod of its own. */
export const CALLER_DIR = '/etc/guard/caller';

/** The file in that folder: an HTTP filter in Envoy's words. */
export const CALLER_FILE = 'caller.json';

/** The gateway's credential, among the gateway's keys. */
export const CALLER_KEY = 'MODEL_GUARD_KEY';

/** A file by the way that is there at the moment of a swap: kubelet links the names of new files into the folder itself a moment later. */
export function swapped(folder: string, file: string): string {
  return `${folder}/..data/${file}`;
}

/** What was spent, on a volume that only the guard mounts. */
export const LEDGER_DIR = '/var/lib/guard';

/** The folder in memory that the guard writes to. */
export const GUARD_RUN_DIR = '/run/guard';

/** Where the guard puts both values of an access key together. */
export function awsRunDirOf(provider: string): string {
  return `${GUARD_RUN_DIR}/aws/${provider}`;
}

/** The file in that folder, as tools of AWS have it. */
export const AWS_CREDENTIALS_FILE = 'credentials';

export const ADMIN_SOCKET = `${GUARD_RUN_DIR}/admin.sock`;
