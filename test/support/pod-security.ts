/** The pods of the workloads, with the place of their spec. */
export function podsOf(manifests: any[]): { where: string; spec: any }[] {
  return manifests.flatMap(manifest => {
    const spec = manifest.kind === 'Pod' ? manifest.spec
      : manifest.kind === 'CronJob' ? manifest.spec.jobTemplate.spec.template.spec
        : manifest.spec?.template?.spec;
    return spec?.containers ? [{ where: `${manifest.kind} '${manifest.metadata.name}'`, spec }] : [];
  });
}

const VOLUME_TYPES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const SECCOMP_TYPES = ['RuntimeDefault', 'Localhost'];
const SYSCTLS = ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'];
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

interface Check {
  readonly expected: string;
  readonly ok: (subject: any, pod: any) => boolean;
}

/** The Pod Security Standard `restricted`, with `baseline` that it includes. */
const POD_CHECKS: Check[] = [
  ...['hostNetwork', 'hostPID', 'hostIPC'].map(field => ({ expected: `${field} must not be true`, ok: (pod: any) => !pod[field] })),
  {
    expected: `volumes must be one of ${VOLUME_TYPES.join(', ')}`,
    ok: pod => (pod.volumes ?? []).every((volume: any) => Object.keys(volume).every(key => key === 'name' || VOLUME_TYPES.includes(key))),
  },
  {
    expected: `securityContext.sysctls must be one of ${SYSCTLS.join(', ')}`,
    ok: pod => (pod.securityContext?.sysctls ?? []).every((sysctl: any) => SYSCTLS.includes(sysctl.name)),
  },
  // refused even where every container says better
  { expected: 'securityContext.runAsNonRoot must not be false', ok: pod => pod.securityContext?.runAsNonRoot !== false },
  { expected: 'securityContext.runAsUser must not be 0', ok: pod => pod.securityContext?.runAsUser !== 0 },
  { expected: 'securityContext.seccompProfile.type must not be Unconfined', ok: pod => pod.securityContext?.seccompProfile?.type !== 'Unconfined' },
];

/** A field that a container inherits from its pod. */
function effective(field: string, container: any, pod: any): any {
  return container.securityContext?.[field] ?? pod.securityContext?.[field];
}

const CONTAINER_CHECKS: Check[] = [
  { expected: 'securityContext.privileged must not be true', ok: container => !container.securityContext?.privileged },
  {
    expected: 'securityContext.allowPrivilegeEscalation must be false',
    ok: container => container.securityContext?.allowPrivilegeEscalation === false,
  },
  { expected: 'securityContext.capabilities.drop must include ALL', ok: container => !!container.securityContext?.capabilities?.drop?.includes('ALL') },
  {
    expected: 'securityContext.capabilities.add must hold nothing but NET_BIND_SERVICE',
    ok: container => (container.securityContext?.capabilities?.add ?? []).every((capability: string) => capability === 'NET_BIND_SERVICE'),
  },
  { expected: 'securityContext.runAsNonRoot must be true', ok: (container, pod) => effective('runAsNonRoot', container, pod) === true },
  { expected: 'securityContext.runAsUser must not be 0', ok: (container, pod) => effective('runAsUser', container, pod) !== 0 },
  {
    expected: `securityContext.seccompProfile.type must be one of ${SECCOMP_TYPES.join(', ')}`,
    ok: (container, pod) => SECCOMP_TYPES.includes(effective('seccompProfile', container, pod)?.type),
  },
  {
    expected: 'securityContext.appArmorProfile.type must not be Unconfined',
    ok: (container, pod) => effective('appArmorProfile', container, pod)?.type !== 'Unconfined',
  },
  {
    expected: 'securityContext.seLinuxOptions must be of a container type, without user and role',
    ok: (container, pod) => {
      const options = effective('seLinuxOptions', container, pod) ?? {};
      return SELINUX_TYPES.includes(options.type ?? '') && !options.user && !options.role;
    },
  },
  {
    expected: 'securityContext.procMount must be Default',
    ok: container => (container.securityContext?.procMount ?? 'Default') === 'Default',
  },
  {
    expected: 'probes must name no host',
    ok: container => ['startupProbe', 'readinessProbe', 'livenessProbe']
      .every(probe => !container[probe]?.httpGet?.host && !container[probe]?.tcpSocket?.host),
  },
  { expected: 'ports must have no hostPort', ok: container => (container.ports ?? []).every((port: any) => !port.hostPort) },
];

/** What a namespace with `pod-security.kubernetes.io/enforce: restricted` would say against these objects. */
export function judgePodSecurity(manifests: any[]): string[] {
  const failed = (checks: Check[], where: string, subject: any, pod: any) =>
    checks.filter(check => !check.ok(subject, pod)).map(check => `${where}: ${check.expected}`);
  return podsOf(manifests).flatMap(({ where, spec }) => [
    ...failed(POD_CHECKS, where, spec, spec),
    ...['initContainers', 'containers', 'ephemeralContainers'].flatMap(list => (spec[list] ?? []).flatMap((container: any) =>
      failed(CONTAINER_CHECKS, `${where}, container '${container.name}'`, container, spec))),
  ]);
}
