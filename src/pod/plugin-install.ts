import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { container, userOf } from './container';
import { proxyExceptions, proxyVariables } from '../input/env-variables';
import { LIVE_SYNC_DIR, PACKAGES_DIR, STATE_DIR, TMP_DIR } from '../settings/pod-layout';
import { Settings } from '../settings/settings';

/** The program that installs plugins. */
export const INSTALL_FILE = 'install-plugins.mjs';

/** Measured with @openclaw/discord, 16 MB: npm and OpenClaw together. */
const INSTALL_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(100) },
  memory: { request: Size.mebibytes(512), limit: Size.mebibytes(1024) },
};

/** Copies need little. */
const COPY_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};

/** Seconds in which a package must be there, and again in which it must be installed. */
const TIMEOUT = 300;

interface InstallMounts {
  readonly program: kplus.VolumeMount;
  readonly state: kplus.VolumeMount;
  readonly tmp: kplus.VolumeMount;
}

/** Adds the containers that install plugins before the gateway starts; none where there are no packages. */
export function addPluginInstall(deployment: kplus.Deployment, settings: Settings, mounts: InstallMounts): kplus.Container | undefined {
  const { packages, image, features, envVariables } = settings;
  if (packages.length === 0) return undefined;
  const user = userOf(settings);
  const folders = copyFolders(deployment, settings);
  const proxies = [...proxyVariables(envVariables), ...proxyExceptions(envVariables)].map(name => [name, envVariables[name]] as const);
  const wanted = packages.map(({ id, name, version, integrity, place }) => {
    const folder = place.image === undefined ? place.folder : `${PACKAGES_DIR}/${folders.places.indexOf(placeKey(place.image, place.folder!))}`;
    return JSON.stringify({ id, name, version, integrity, registry: place.registry, folder });
  });
  return deployment.addInitContainer({
    ...container('install-plugins', image, [mounts.program, mounts.state, mounts.tmp, ...folders.mounts], user),
    command: [
      'node', `${LIVE_SYNC_DIR}/${INSTALL_FILE}`, '--state', STATE_DIR, '--tmp', TMP_DIR, '--timeout', `${TIMEOUT}`,
      ...features.declaresCapabilities ? ['--flag=--accept-capabilities'] : [],
      ...wanted.flatMap(each => ['--package', each]),
    ],
    envVariables: proxies.length === 0 ? undefined : { ...Object.fromEntries(proxies), NODE_USE_ENV_PROXY: kplus.EnvValue.fromValue('1') },
    resources: INSTALL_RESOURCES,
  });
}

const placeKey = (image: string, folder: string) => `${image} ${folder}`;

/** A container for each image that brings packages, which copies them to a folder of their own. */
function copyFolders(deployment: kplus.Deployment, settings: Settings): { readonly places: string[]; readonly mounts: kplus.VolumeMount[] } {
  const given = settings.packages.flatMap(({ place: { image, folder } }) => image === undefined ? [] : [{ image, folder: folder! }]);
  const images = [...new Map(given.map(each => [placeKey(each.image, each.folder), each])).values()];
  if (images.length === 0) return { places: [], mounts: [] };
  const volume = kplus.Volume.fromEmptyDir(deployment, 'plugin-packages', 'plugin-packages', { sizeLimit: Size.mebibytes(1000) });
  images.forEach(({ image, folder }, i) => deployment.addInitContainer({
    ...container(`copy-packages-${i}`, image, [{ volume, path: PACKAGES_DIR, subPath: `${i}` }], userOf(settings)),
    command: ['cp', '-R', `${folder}/.`, PACKAGES_DIR],
    resources: COPY_RESOURCES,
  }));
  return { places: images.map(({ image, folder }) => placeKey(image, folder)), mounts: [{ volume, path: PACKAGES_DIR, readOnly: true }] };
}
