/** The port that the gateway listens on. */
export const GATEWAY_PORT = 18789;

/** The home folder of OpenClaw's user in its image. */
export const HOME_DIR = '/home/node';

/** The volume of the gateway's state. */
export const STATE_DIR = `${HOME_DIR}/.openclaw`;

/** The ConfigMap as Kubernetes projects it. */
export const CONFIG_DIR = '/etc/openclaw/config';

/** The Secrets as Kubernetes projects them, a folder each. */
export const KEYS_DIR = '/etc/openclaw/keys';

/** The files of workspaces as Kubernetes projects them, a folder each. */
export const WORKSPACE_DIR = '/etc/openclaw/workspace';

/** The program that hands changed files to the gateway. */
export const LIVE_SYNC_DIR = '/opt/live-sync';

/** The plugin packages that images bring, a folder each. */
export const PACKAGES_DIR = '/opt/plugin-packages';

/** What the gateway reads, in memory only: OpenClaw takes neither symbolic links nor files that others may read. */
export const RUN_DIR = '/run/openclaw';

/** Temporary files. */
export const TMP_DIR = '/tmp';

/** The folder of the volume of temporary files that the gateway has as its own. */
export const TMP_FOLDER = 'gateway';

/** The configuration that the gateway reads. */
export const CONFIG_FILE = `${RUN_DIR}/openclaw.json`;

/** The keys that the gateway reads. */
export const KEYS_FILE = `${RUN_DIR}/keys.json`;

/** The secrets that the agent's own tools read, a file each. */
export const TOOL_SECRETS_DIR = `${RUN_DIR}/tools`;

/** The name, among the keys, of the password that the pod makes up for its own sidecar where a proxy signs users in. */
export const LIVE_SYNC_PASSWORD = 'LIVE_SYNC_PASSWORD';
