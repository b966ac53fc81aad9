import { SecretSource } from './secret-source';
import { AN_ADDRESS, isAddress, isHeaderName } from '../input/forms';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';

/** A proxy that signs users in and names them in a header. */
export interface TrustedProxyOptions {
  /** The header in which the proxy names the user, for example `x-forwarded-user`. */
  readonly userHeader: string;

  /** Addresses or CIDR blocks from which the proxy connects, for example `['10.244.0.0/16']`. */
  readonly trustedProxies: string[];

  /**
   * Headers that each request must carry besides.
   * @default - none
   */
  readonly requiredHeaders?: string[];

  /**
   * The only users let in.
   * @default - everyone whom the proxy names
   */
  readonly allowUsers?: string[];
}

/**
 * How the gateway knows its users. OpenClaw does not start without one of these behind a Service.
 *
 * @see https://docs.openclaw.ai/gateway/configuration
 */
export class GatewayAuth {
  /** Clients present a token. */
  public static token(source: SecretSource): GatewayAuth {
    new InputChecks('GatewayAuth.token()')
      .that(source instanceof SecretSource, 'source', 'a SecretSource', source,
        "use for example SecretSource.fromSecretName('openclaw-secrets', 'OPENCLAW_GATEWAY_TOKEN')")
      .refuse(source instanceof SecretSource && source._isOptional, 'source is optional, and a gateway does not start without its token; leave out optional')
      .done();
    return new GatewayAuth(SEAL, source, undefined);
  }

  /**
   * A proxy in front of the gateway signs users in.
   *
   * @see https://docs.openclaw.ai/gateway/trusted-proxy-auth
   */
  public static trustedProxy(options: TrustedProxyOptions): GatewayAuth {
    const { userHeader, trustedProxies, requiredHeaders, allowUsers } = argumentsOf(options);
    const isText = (value: unknown) => typeof value === 'string' && value !== '';
    new InputChecks('GatewayAuth.trustedProxy()')
      .that(isHeaderName(userHeader), 'userHeader', 'the name of an HTTP header', userHeader)
      .that(Array.isArray(trustedProxies) && trustedProxies.length > 0, 'trustedProxies', 'an array of at least one address or CIDR block', trustedProxies)
      .list('trustedProxies', trustedProxies, isAddress, ...AN_ADDRESS)
      .list('requiredHeaders', requiredHeaders, isHeaderName, 'the name of an HTTP header')
      .that(!Array.isArray(allowUsers) || allowUsers.length > 0, 'allowUsers', 'an array of at least one user, or left out', allowUsers, 'OpenClaw takes an empty list to mean everyone')
      .list('allowUsers', allowUsers, isText, 'the name of a user')
      .options(options, { userHeader: true, trustedProxies: true, requiredHeaders: true, allowUsers: true })
      .done();
    return new GatewayAuth(SEAL, undefined, {
      userHeader,
      trustedProxies: [...trustedProxies],
      requiredHeaders: requiredHeaders && [...requiredHeaders],
      allowUsers: allowUsers && [...allowUsers],
    });
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _token: SecretSource | undefined,
    /** @internal */
    public readonly _proxy: TrustedProxyOptions | undefined,
  ) {
    sealed(seal, new.target, GatewayAuth, 'GatewayAuth.token() or GatewayAuth.trustedProxy()');
  }

  /** The same with the names of the token in the vault changed. @internal */
  public _named(change: (name: string) => string): GatewayAuth {
    const token = this._token?._named(change);
    return token === this._token ? this : new GatewayAuth(SEAL, token, this._proxy);
  }
}
