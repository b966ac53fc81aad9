import { isImageName } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';

/** Where an image has packages. */
export interface PluginImageOptions {
  /**
   * The folder of the image that holds the packages, absolute, for example `/packages`. Its files are named as `npm pack` names them:
   * `openclaw-discord-2026.9.6.tgz`.
   */
  readonly path: string;
}

/** Where plugin packages come from: a registry of npm, or files as `npm pack` makes them. */
export class PluginSource {
  /** The public registry, https://registry.npmjs.org. */
  public static readonly NPM = new PluginSource(SEAL, { registry: 'https://registry.npmjs.org' });

  /**
   * A registry of your own, which the pod reaches without signing in.
   *
   * @param url for example `https://npm.corp.example.com/repository/npm`
   */
  public static registry(url: string): PluginSource {
    const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
    new InputChecks('PluginSource.registry()')
      .that(parsed !== undefined && /^https?:$/.test(parsed.protocol), 'url', 'an http or https URL', url, "for example 'https://npm.corp.example.com'")
      .refuse(parsed !== undefined && (parsed.username !== '' || parsed.password !== ''),
        'url has a password, which the manifest would show; use a registry that lets the pod read without one, or PluginSource.image(…)')
      .refuse(parsed !== undefined && (parsed.search !== '' || parsed.hash !== ''), 'url has a query or a fragment; remove it')
      .done();
    return new PluginSource(SEAL, { registry: url.replace(/\/+$/, '') });
  }

  /**
   * An image with the packages as files, and with the program `cp`. The pod's credentials (`dockerRegistryAuth`) pull it. Nothing is fetched from a registry
   * of npm.
   *
   * @param image with a tag or a digest, for example `registry.example.com/openclaw-packages:2026-11`
   */
  public static image(image: string, options: PluginImageOptions): PluginSource {
    const given = argumentsOf(options);
    new InputChecks('PluginSource.image()')
      .that(isImageName(image), 'image', 'the name of an image, with a tag or a digest', image)
      .that(isAbsolute(given.path), 'path', 'an absolute folder of the image', given.path, "for example '/packages'")
      .options<PluginImageOptions>(given, { path: true })
      .done();
    return new PluginSource(SEAL, { image, folder: given.path });
  }

  /**
   * A folder of the gateway's own `image` with the packages as files. Nothing is fetched from a registry of npm.
   *
   * @param path absolute, for example `/opt/packages`; its files are named as `npm pack` names them: `openclaw-discord-2026.9.6.tgz`
   */
  public static folder(path: string): PluginSource {
    new InputChecks('PluginSource.folder()')
      .that(isAbsolute(path), 'path', "an absolute folder of the gateway's image", path, "for example '/opt/packages'")
      .done();
    return new PluginSource(SEAL, { folder: path });
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _place: PluginPlace,
  ) {
    sealed(seal, new.target, PluginSource, 'PluginSource.NPM, .registry(), .image() or .folder()');
  }
}

/** The URL of a registry, or a folder of an image: of the gateway's own, unless another is named. @internal */
export interface PluginPlace {
  readonly registry?: string;
  readonly image?: string;
  readonly folder?: string;
}

function isAbsolute(path: unknown): boolean {
  return typeof path === 'string' && /^(\/[\w.@+=,-]+)+$/.test(path) && !path.split('/').some(part => /^\.{1,2}$/.test(part));
}
