import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { cacheFolder, installOpenClaw, node24 } from '../../../scripts/openclaw';

/** A layer of an image: an uncompressed tar file. */
export interface Layer {
  readonly file: string;
  /** Of the file, SHA-256 in hex. */
  readonly digest: string;
}

export const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 });

const digestOf = (file: string): string => run('sha256sum', file).toString().slice(0, 64);

/** A layer from the cache, where `write` makes it the first time. */
function cached(name: string, write: (tarFile: string) => void): Layer {
  const file = path.join(cacheFolder(), 'layers', `${name}.tar`);
  if (!fs.existsSync(`${file}.sha256`)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    write(file);
    fs.writeFileSync(`${file}.sha256`, digestOf(file));
  }
  return { file, digest: fs.readFileSync(`${file}.sha256`, 'utf8') };
}

function inFolder(make: (folder: string) => void): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'layer-'));
  try {
    make(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Debian with Node 24 and the user `node`, which OpenClaw's image is made from. */
export function baseLayer(): Layer {
  const node = fs.realpathSync(node24());
  return cached(`debian-12-node-${run(node, '--version').toString().trim().slice(1)}`, tarFile => inFolder(root => {
    run('debootstrap', '--variant=minbase', 'bookworm', root);
    run('chroot', root, 'groupadd', '--gid', '1000', 'node');
    run('chroot', root, 'useradd', '--uid', '1000', '--gid', '1000', '--create-home', 'node');
    fs.copyFileSync(node, path.join(root, 'usr', 'local', 'bin', 'node'));
    run('tar', '--numeric-owner', '--exclude=./var/cache/apt', '--exclude=./var/lib/apt', '-C', root, '-cf', tarFile, '.');
  }));
}

/** The npm package of OpenClaw as its image has it: in /app, with what it depends on in /app/node_modules. */
export function openclawLayer(release: string): Layer {
  const modules = path.dirname(installOpenClaw(release));
  return cached(`openclaw-${release}`, tarFile => run(
    'tar', '--owner=0', '--group=0', '-C', path.dirname(modules), '-cf', tarFile,
    '--transform', 's,^node_modules/openclaw,app,;s,^node_modules,app/node_modules,;s,^app/node_modules/openclaw,app,', 'node_modules',
  ));
}

/** One program, in a folder of the image. */
export function programLayer(program: string, folder: string): Layer {
  const name = path.basename(program);
  return cached(`${name}-${path.basename(path.dirname(program))}`, tarFile => run(
    'tar', '--owner=0', '--group=0', '--mode=0755', '--transform', `s,^,${folder}/,`, '-C', path.dirname(program), '-cf', tarFile, name,
  ));
}

/** Debian's chromium with what it needs, as this machine has it. */
export function chromiumLayer(): Layer {
  const program = '/usr/lib/chromium/chromium';
  const version = run('dpkg-query', '--show', '--showformat', '${Version}', 'chromium').toString();
  return cached(`chromium-${version}`, tarFile => {
    const linked = [...run('ldd', program).toString().matchAll(/ => (\/\S+)/g)].map(([, library]) => library);
    const folder = path.dirname(fs.realpathSync(linked.find(library => path.basename(library).startsWith('libnss3'))!));
    const loaded = fs.readdirSync(folder).filter(name => /^lib(softokn3|freebl\w*|nss\w*)\.(so|chk)/.test(name)).map(name => path.join(folder, name));
    // in the image /lib is a link
    const libraries = [...linked, ...loaded].map(library => path.join(fs.realpathSync(path.dirname(library)), path.basename(library)));
    const names = [...new Set([...libraries, '/usr/lib/chromium', '/usr/bin/chromium', '/etc/chromium.d', '/etc/fonts', '/usr/share/fonts'])].filter(name => fs.existsSync(name));
    run('tar', '--dereference', '--owner=0', '--group=0', '-C', '/', '-cf', tarFile, ...names.map(name => name.slice(1)));
  });
}

/** A certificate where Debian has those of public authorities; its tar file is written into a folder. */
export function certificateLayer(certFile: string, folder: string): Layer {
  const file = path.join(folder, 'certificate.tar');
  const name = path.basename(certFile);
  run('tar', '--owner=0', '--group=0', '--mode=0644', '--transform', `s,^${name}$,${AUTHORITIES.slice(1)},`, '-C', path.dirname(certFile), '-cf', file, name);
  return { file, digest: digestOf(file) };
}

/** What runs in a container of an image. */
export interface ImageConfig {
  readonly Env?: string[];
  readonly Entrypoint?: string[];
  readonly User?: string;
  readonly WorkingDir?: string;
}

export interface Image {
  readonly name: string;
  readonly layers: Layer[];
  readonly config: ImageConfig;
}

/** Writes images as a folder, in the form of `docker save`, whose tar `ctr images import` takes; a layer that they share is there once. */
export function writeImages(folder: string, images: Image[]): void {
  const manifest = images.map(({ name, layers, config }) => {
    const text = JSON.stringify({
      architecture: { x64: 'amd64' }[process.arch as string] ?? process.arch,
      os: 'linux',
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => `sha256:${digest}`) },
      history: layers.map(() => ({})),
    });
    const file = `${createHash('sha256').update(text).digest('hex')}.json`;
    fs.writeFileSync(path.join(folder, file), text);
    return { Config: file, RepoTags: [name], Layers: layers.map(({ digest }) => `${digest}.tar`) };
  });
  const layers = new Map(images.flatMap(image => image.layers).map(({ digest, file }) => [digest, file]));
  for (const [digest, file] of layers) fs.symlinkSync(file, path.join(folder, `${digest}.tar`));
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
}
