import { readFileSync } from 'fs';
import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { INSTALL_FILE } from './plugin-install';
import { packageFile } from '../package-file';
import { CONFIG_DIR, GATEWAY_PORT, KEYS_DIR, LIVE_SYNC_DIR, RUN_DIR, STATE_DIR, TMP_DIR, TMP_FOLDER } from '../settings/pod-layout';
import { credentialsOfGateway, Settings } from '../settings/settings';

const FILE = 'live-sync.mjs';

/** What the program needs to copy files into workspaces. */
const SEED_FILE = 'seed-files.mjs';

const scripts = new Map<string, string>();

/** The program that hands changed files to the gateway. */
export function liveSyncScript({ workspace, packages }: Settings): { [file: string]: string } {
  const files = [FILE, ...workspace.length > 0 ? [SEED_FILE] : [], ...packages.length > 0 ? [INSTALL_FILE] : []];
  return Object.fromEntries(files.map(file => {
    const text = scripts.get(file) ?? readFileSync(packageFile('assets', file), 'utf8');
    scripts.set(file, text);
    return [file, text];
  }));
}

/** The init step, which makes the first files, or the sidecar, which keeps them up to date. */
export function liveSyncCommand(settings: Settings, step: 'init' | 'sidecar'): string[] {
  const { tokenFile, toolSecrets, providerHeaders, guard } = settings;
  return [
    'node', `${LIVE_SYNC_DIR}/${FILE}`,
    ...step === 'init' ? ['--once', '--state', STATE_DIR, '--tmp', `${TMP_DIR}/${TMP_FOLDER}`] : ['--gateway', `ws://127.0.0.1:${GATEWAY_PORT}`],
    '--config', CONFIG_DIR,
    '--keys', KEYS_DIR,
    '--out', RUN_DIR,
    ...tokenFile ? ['--token-key', tokenFile.name] : [],
    ...toolSecrets.flatMap(name => ['--tool', name]),
    ...credentialsOfGateway(settings).filter(({ source }) => source._isOptional).flatMap(({ name }) => ['--optional', name]),
    ...guard ? [] : providerHeaders.filter(({ bearer }) => bearer).flatMap(({ name }) => ['--bearer', name]),
  ];
}

/** Measured: 82 MiB resident after the first reload, 93 MiB at the peak. */
export const LIVE_SYNC_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(10) },
  memory: { request: Size.mebibytes(96), limit: Size.mebibytes(160) },
};
