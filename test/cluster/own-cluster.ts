import { scenario } from './scenario';
import { DaemonFolder } from './up/daemon';

const { CLUSTER_FOLDER } = process.env;

/** The cluster that this suite has brought up, undefined where it runs on another one. */
export const ownCluster = CLUSTER_FOLDER ? new DaemonFolder(CLUSTER_FOLDER) : undefined;

/** A scenario for a cluster of the suite's own; on another one it is said that it did not run. */
export function onOwnCluster(title: string, body: (cluster: DaemonFolder) => Promise<void>, timeoutMs: number): void {
  if (ownCluster) scenario(title, async () => body(ownCluster), timeoutMs);
  else process.stdout.write(`cluster    did not run  ${title}: it needs a cluster of the suite's own\n`); // jest keeps console.log from other reporters
}
