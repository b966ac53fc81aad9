import { DaemonFolder } from './up/daemon';

const { CLUSTER_FOLDER } = process.env;

/** The cluster that this suite has brought up, undefined where it runs on another one. */
export const ownCluster = CLUSTER_FOLDER ? new DaemonFolder(CLUSTER_FOLDER) : undefined;
