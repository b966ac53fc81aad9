import { GUARD_CONTAINER, GUARD_USER } from './container';
import { credentialsOf, Settings } from '../settings/settings';

/**
 * What would open the guard to the other containers of the gateway's pod, a sentence each: its user, its processes, and its keys, wherever the guard runs.
 *
 * @param pod the spec of the pod, or the parts of it that are new
 */
export function guardFaults(pod: any, settings: Settings): string[] {
  const { guard } = settings;
  if (!guard) return [];
  const containers: any[] = [...pod.initContainers ?? [], ...pod.containers ?? []].filter(({ name }) => guard.ownPod || name !== GUARD_CONTAINER);
  const keys = credentialsOf(settings).map(({ what, secret, secretKey }) => ({ what, secret: secret.name, key: secretKey }));
  return [
    ...guard.ownPod ? [] : ['shareProcessNamespace', 'hostPID'].filter(switched => pod[switched])
      .map(switched => `${switched} would show the processes of the guard to the other containers of the pod; remove it, or use ModelGuard.pod()`),
    ...containers.flatMap(container => [
      ...guard.ownPod || userIn(pod, container) !== GUARD_USER ? [] : [`container '${container.name}' runs as user ${GUARD_USER}, which is the guard's; give it another user`],
      ...container.securityContext?.privileged
        ? [`container '${container.name}' is privileged, so it could read the keys that the guard keeps; remove it`] : [],
      ...keys.filter(({ secret, key }) => reads(pod, container, secret, key)).map(({ what, secret }) =>
        `container '${container.name}' reads ${what} (Secret ${secret}), which the guard keeps from the gateway's pod; list the keys that it needs, without this one`),
    ]),
  ];
}

function userIn(pod: any, { securityContext }: any): number | undefined {
  return securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
}

/** Whether a container gets a key of a Secret: by a variable, by all variables, by a volume. */
function reads(pod: any, { env = [], envFrom = [], volumeMounts = [] }: any, secret: string, key: string): boolean {
  const mounted: any[] = volumeMounts.map((mount: any) => pod.volumes?.find(({ name }: any) => name === mount.name)).filter(Boolean);
  const projected: any[] = mounted.flatMap(volume => volume.projected?.sources ?? []);
  const sources: any[] = [...mounted, ...projected].map(source => source.secret).filter(Boolean);
  return env.some(({ valueFrom }: any) => valueFrom?.secretKeyRef?.name === secret && valueFrom.secretKeyRef.key === key)
    || envFrom.some(({ secretRef }: any) => secretRef?.name === secret)
    || sources.some(({ secretName, name, items }) => (secretName ?? name) === secret && (!items || items.some((item: any) => item.key === key)));
}
