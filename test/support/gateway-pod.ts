/** What the pod of a gateway finds on its volumes, and how it prepares them, read from the manifests alone. */
export interface GatewayPod {
  readonly env: { [name: string]: string };
  /** The init container that makes the gateway's files. */
  readonly init?: { readonly name: string; readonly command: string[]; readonly env: { [name: string]: string } };
  /** Where the volumes are mounted, with their files; none for a volume that starts empty. */
  readonly folders: Map<string, { [file: string]: string } | undefined>;
  /** The files of the folders under /etc/openclaw/keys: file name → where it comes from. */
  readonly keyFiles: Map<string, string>;
  /** What would keep the pod from getting that far. */
  readonly problems: string[];
}

const CONFIG_FOLDER = '/etc/openclaw/config';
const KEYS_FOLDER = '/etc/openclaw/keys/';
/** Stands for every value that the manifests do not hold; long enough for OpenClaw's own checks of strength. */
export const DUMMY_VALUE = 'dummy-0123456789abcdef0123456789abcdef';

/** The gateway's own container; undefined in an object without one. */
export function gatewayContainer(manifest: any): any {
  return manifest.kind === 'Deployment'
    && manifest.spec?.template?.spec?.containers.find((container: any) => container.env?.some((entry: any) => entry.name === 'OPENCLAW_CONFIG_PATH'));
}

/** The Deployments that run a gateway. */
export function gatewaysOf(manifests: any[]): any[] {
  return manifests.filter(gatewayContainer);
}

/** The `openclaw.json` among the objects of a gateway. */
export function configIn(objects: any[]): any {
  return JSON.parse(objects.find(({ kind, data }) => kind === 'ConfigMap' && data['openclaw.json']).data['openclaw.json']);
}

/** A template of the External Secrets Operator with a dummy for each value. */
function filled(text: string): string {
  return text.replace(/\{\{ \$value := .*?\{\{ end \}\}/, '').replace('{{ $value | toJson }}', JSON.stringify(DUMMY_VALUE)).replace('{{ $value }}', DUMMY_VALUE);
}

/** The values of a Secret as far as the manifests tell; undefined for one that somebody else creates. */
function secretData(secretName: string, objects: any[]): { [key: string]: string } | undefined {
  const dummies = (keys: string[]) => Object.fromEntries(keys.map(key => [key, DUMMY_VALUE]));
  const secret = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === secretName);
  if (secret) {
    const decoded = Object.entries<string>(secret.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
    return { ...Object.fromEntries(decoded), ...secret.stringData };
  }
  const external = objects.find(({ kind, metadata, spec }) => kind === 'ExternalSecret' && (spec.target?.name ?? metadata.name) === secretName);
  if (!external) return undefined;

  const { target, data = [], dataFrom = [] } = external.spec;
  const template = Object.fromEntries(Object.entries<string>(target?.template?.data ?? {}).map(([key, text]) => [key, filled(text)]));
  if (Object.keys(template).length > 0 && target.template.mergePolicy !== 'Merge') return template;
  // a Password generator gives the one key 'password'; what a rewrite or another generator gives is not told by the manifest
  const plain = dataFrom.every((entry: any) => entry.sourceRef?.generatorRef?.kind === 'Password' && !entry.rewrite);
  return plain ? { ...template, ...dummies([...data.map((entry: any) => entry.secretKey), ...dataFrom.map(() => 'password')]) } : undefined;
}

/** What the volumes of a pod hold, read from the ConfigMaps, Secrets and ExternalSecrets among some objects. */
export class VolumeReader {
  readonly keyFiles = new Map<string, string>();

  constructor(private readonly objects: any[], readonly problems: string[]) {}

  /** The files of a volume; undefined where it starts empty. */
  public read(volume: any, mountPath: string): { [file: string]: string } | undefined {
    if (volume.secret) return this.secretFiles(volume, mountPath.startsWith(KEYS_FOLDER));
    if (!volume.configMap) return undefined;
    const { name, items } = volume.configMap;
    const configMap = this.objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name);
    if (!configMap) this.problems.push(`volume '${volume.name}' wants ConfigMap '${name}', which is not among the manifests`);
    const data = configMap?.data ?? {};
    return items ? Object.fromEntries(items.map(({ key, path }: any) => [path, data[key]])) : data;
  }

  private secretFiles({ name, secret: { secretName, items: listed, optional } }: any, holdsKeys: boolean): { [file: string]: string } {
    const data = secretData(secretName, this.objects);
    const items: { key: string; path: string }[] = listed ?? Object.keys(data ?? {}).map(key => ({ key, path: key }));
    if (!listed && !data) this.problems.push(`volume '${name}' takes every key of Secret '${secretName}', which is not among the manifests; list its items`);
    for (const { key, path } of items) {
      const source = `key '${key}' of Secret '${secretName}'`;
      if (data && !(key in data) && !optional) this.problems.push(`volume '${name}' wants ${source}, which has only ${Object.keys(data).join(', ')}`);
      if (!holdsKeys) continue;
      if (this.keyFiles.has(path)) this.problems.push(`file '${path}' comes from ${this.keyFiles.get(path)} and from ${source}`);
      this.keyFiles.set(path, source);
    }
    const there = items.filter(({ key }) => !optional || !data || key in data);
    return Object.fromEntries(there.map(({ key, path }) => [path, data?.[key] ?? DUMMY_VALUE]));
  }
}

/** The environment of a container. */
export function envOf(container: any): { [name: string]: string } {
  if (container.envFrom) throw new Error(`container '${container.name}': envFrom is not read; list the variables in env`);
  return Object.fromEntries((container.env ?? []).map((entry: any) => [entry.name, entry.valueFrom ? DUMMY_VALUE : entry.value ?? '']));
}

function mountsOf(pod: any, problems: string[]): Map<string, any> {
  const mounts = new Map<string, any>();
  for (const container of [...pod.initContainers ?? [], ...pod.containers]) {
    for (const mount of container.volumeMounts ?? []) {
      const volume = pod.volumes?.find(({ name }: any) => name === mount.name);
      if (volume) mounts.set(mount.mountPath.replace(/\/$/, ''), volume);
      else problems.push(`container '${container.name}' mounts volume '${mount.name}', which the pod does not have`);
    }
  }
  return mounts;
}

export function readGatewayPod(manifests: any[]): GatewayPod {
  const gateways = gatewaysOf(manifests);
  if (gateways.length !== 1) throw new Error(`the manifests hold ${gateways.length} gateways; give those of exactly one`);
  const [deployment] = gateways;
  const pod = deployment.spec.template.spec;
  const problems: string[] = [];
  const mounts = mountsOf(pod, problems);
  const reader = new VolumeReader(manifests.filter(({ metadata }) => metadata.namespace === deployment.metadata.namespace), problems);
  const folders = new Map([...mounts].map(([mountPath, volume]) => [mountPath, reader.read(volume, mountPath)]));
  if (!folders.get(CONFIG_FOLDER)?.['openclaw.json']) problems.push(`no container mounts a ConfigMap with openclaw.json at ${CONFIG_FOLDER}`);

  const [init] = pod.initContainers ?? [];
  return {
    env: envOf(gatewayContainer(deployment)),
    init: init?.command && { name: init.name, command: [...init.command, ...init.args ?? []], env: envOf(init) },
    folders,
    keyFiles: reader.keyFiles,
    problems,
  };
}
