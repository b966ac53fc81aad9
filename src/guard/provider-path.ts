import { ModelApi } from '../models/model-api';
import { Provider } from '../models/provider';
import { baseUrlOf } from '../models/provider-kinds';
import { WIRE_FACTS } from '../models/wire-facts';

/** Where the gateway finds a provider behind its guard. */
export function pathBehindGuard(provider: Provider, api = provider.api): string {
  return `/${provider.id}${basePathOf(provider, api)}`;
}

/** The path of a provider's base URL, without a slash at its end, and without the version that OpenClaw itself puts into each call. */
export function basePathOf(provider: Provider, api: ModelApi): string {
  const path = new URL(baseUrlOf(provider._facts, api)).pathname.replace(/\/+$/, '');
  const { versionInCalls } = WIRE_FACTS[api];
  return versionInCalls && path.endsWith(versionInCalls) ? path.slice(0, -versionInCalls.length) : path;
}
