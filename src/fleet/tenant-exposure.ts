import { Tenant } from './tenant';
import { filled } from './tenant-placeholders';
import { GatewayExposure } from '../network/gateway-exposure';

/** The exposure of a tenant's gateway: `{tenant}` and `{namespace}` in origins stand for the tenant's. */
export function exposureOf(tenant: Tenant, exposure: GatewayExposure | undefined): GatewayExposure | undefined {
  if (!Array.isArray(exposure?.origins)) return exposure;
  const origins = exposure.origins.map(origin => typeof origin === 'string' ? filled(origin, tenant) : origin);
  return { ...exposure, origins };
}
