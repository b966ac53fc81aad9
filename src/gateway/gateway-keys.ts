import { Construct } from 'constructs';
import { Guard } from './guard-objects';
import { MountedKey } from '../pod/key-volumes';
import { RenderedSecret } from '../secrets/rendered-secret';
import { BoundSecret, renderedOf } from '../secrets/secret-strategies';
import { credentialsOfGateway, SecretFile, Settings } from '../settings/settings';

/** The secrets of a gateway, bound to the Secrets that hold them. */
export interface GatewayKeys {
  /** Those that the gateway's pod mounts; a guard has the others. */
  readonly mounted: MountedKey[];
  readonly token?: RenderedSecret;
  /** By the names in `secrets`. */
  readonly secrets: { readonly [name: string]: RenderedSecret };
}

export function gatewayKeys(scope: Construct, settings: Settings, guard?: Guard): GatewayKeys {
  const bind = (id: string, { name, source }: SecretFile): MountedKey & BoundSecret =>
    ({ file: name, ...source._bind(new Construct(scope, id), name) });
  const token = settings.tokenFile && bind('Token', settings.tokenFile);
  const secrets = settings.secretFiles.map(file => bind(`Secret-${file.name}`, file));
  const credentials = credentialsOfGateway(settings).map(({ name, secret, secretKey, source }) =>
    ({ file: name, secret, key: secretKey, optional: source._isOptional }));
  return {
    mounted: [...credentials, ...token ? [token] : [], ...secrets, ...guard?.callerKey ? [guard.callerKey] : []],
    token: token && renderedOf(token),
    secrets: Object.fromEntries(secrets.map(bound => [bound.file, renderedOf(bound)])),
  };
}
