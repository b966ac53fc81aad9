import { Provider } from '../models/provider';
import { WIRE_FACTS } from '../models/wire-facts';

/** Where the gateway finds a provider behind its guard. */
export function pathBehindGuard(provider: Provider): string {
  return `/${provider.id}${basePathOf(provider)}`;
}

/** The path of a provider's base URL, without a slash at its end, and without the version that OpenClaw itself puts into each call. */
export function basePathOf({ baseUrl, api }: Provider): string {
  const path = new URL(baseUrl).pathname.replace(/\/+$/, '');
  const { versionInCalls } = WIRE_FACTS[api];
  return versionInCalls && path.endsWith(versionInCalls) ? path.slice(0, -versionInCalls.length) : path;
}
