import * as kplus from 'cdk8s-plus-28';
import { isPinned } from '../release/image';
import { Settings } from '../settings/settings';

/** The name of the gateway's own container. */
export const GATEWAY_CONTAINER = 'openclaw';

/** The name of the guard's container. */
export const GUARD_CONTAINER = 'model-guard';

/** OpenClaw's own user in its image. live-sync has it too: OpenClaw reads only files of its own user. */
export const USER = 1000;

/** The guard's user: containers of a pod share more than it seems, and a user of one's own keeps others from processes, files and memory. */
export const GUARD_USER = 65532;

/** A user of containers; undefined where the cluster assigns one to the whole pod. */
export function userOf({ clusterAssignsUser }: Settings, user = USER): number | undefined {
  return clusterAssignsUser ? undefined : user;
}

/** What the containers of a pod have in common; volumes belong to a group that all of them are in. */
export function podSecurity(user: number | undefined): kplus.PodSecurityContextProps {
  return { user, group: user, fsGroup: user, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ensureNonRoot: true };
}

/** What every container has in common. */
export function container(name: string, image: string, volumeMounts: kplus.VolumeMount[], user: number | undefined) {
  const imagePullPolicy = isPinned(image) ? kplus.ImagePullPolicy.IF_NOT_PRESENT : kplus.ImagePullPolicy.ALWAYS;
  const securityContext: kplus.ContainerSecurityContextProps = {
    user,
    group: user,
    ensureNonRoot: true,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: [kplus.Capability.ALL] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  };
  return { name, image, imagePullPolicy, securityContext, volumeMounts };
}
