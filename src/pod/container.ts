import * as kplus from 'cdk8s-plus-28';
import { isPinned } from '../release/image';

/** The name of the gateway's own container. */
export const GATEWAY_CONTAINER = 'openclaw';

/** The user of every container: OpenClaw's own in its image. */
export const USER = 1000;

export const POD_SECURITY: kplus.PodSecurityContextProps = {
  user: USER, group: USER, fsGroup: USER, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ensureNonRoot: true,
};

const CONTAINER_SECURITY: kplus.ContainerSecurityContextProps = {
  user: USER,
  group: USER,
  ensureNonRoot: true,
  readOnlyRootFilesystem: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: [kplus.Capability.ALL] },
  seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
};

/** What every container has in common. */
export function container(name: string, image: string, volumeMounts: kplus.VolumeMount[]) {
  const imagePullPolicy = isPinned(image) ? kplus.ImagePullPolicy.IF_NOT_PRESENT : kplus.ImagePullPolicy.ALWAYS;
  return { name, image, imagePullPolicy, securityContext: CONTAINER_SECURITY, volumeMounts };
}
