import { GatewayExposure } from '../../network/gateway-exposure';
import { GATEWAY_PORT, LIVE_SYNC_PASSWORD } from '../../settings/pod-layout';
import { Settings } from '../../settings/settings';
import { secretRef } from '../secret-ref';

/** Address, sign-in and endpoints of the gateway. */
export function gatewaySection({ features, auth, exposure, tokenFile, httpApi }: Settings): object {
  return {
    mode: 'local', // OpenClaw does not start without it
    bind: 'lan', // a loopback bind can be neither probed nor served
    port: GATEWAY_PORT,
    reload: { mode: 'hybrid' },
    ...tokenFile && { auth: { mode: 'token', token: secretRef(tokenFile.name) } },
    ...auth._proxy && proxyAuth(auth._proxy),
    ...exposure?.trustedProxies && { trustedProxies: exposure.trustedProxies },
    ...features.publicOrigin && exposure && publicOrigin(exposure),
    ...(features.sessionObserver || exposure) && {
      controlUi: { ...features.sessionObserver && { sessionObserver: false }, ...exposure && { allowedOrigins: exposure.origins } },
    },
    ...httpApi && { http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } } },
  };
}

function proxyAuth({ trustedProxies, ...trustedProxy }: NonNullable<Settings['auth']['_proxy']>): object {
  return { auth: { mode: 'trusted-proxy', trustedProxy, password: secretRef(LIVE_SYNC_PASSWORD) }, trustedProxies };
}

/** OpenClaw takes no other than https here, whatever is allowed. */
function publicOrigin({ origins }: GatewayExposure): object {
  const first = origins.find(origin => origin.startsWith('https:'));
  return first === undefined ? {} : { publicOrigin: first };
}
