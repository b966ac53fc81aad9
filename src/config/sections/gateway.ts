import { GATEWAY_PORT, LIVE_SYNC_PASSWORD } from '../paths';
import { secretRef } from '../secret-ref';
import { Settings } from '../settings';

/** Address, sign-in and endpoints of the gateway. */
export function gatewaySection({ features, auth, tokenFile, httpApi }: Settings): object {
  return {
    mode: 'local', // OpenClaw does not start without it
    bind: 'lan', // a loopback bind can be neither probed nor served
    port: GATEWAY_PORT,
    reload: { mode: 'hybrid' },
    ...tokenFile && { auth: { mode: 'token', token: secretRef(tokenFile.name) } },
    ...auth._proxy && proxyAuth(auth._proxy),
    ...features.sessionObserver && { controlUi: { sessionObserver: false } },
    ...httpApi && { http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } } },
  };
}

function proxyAuth({ trustedProxies, ...trustedProxy }: NonNullable<Settings['auth']['_proxy']>): object {
  return { auth: { mode: 'trusted-proxy', trustedProxy, password: secretRef(LIVE_SYNC_PASSWORD) }, trustedProxies };
}
