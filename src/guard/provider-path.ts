import { ModelApi } from '../models/model-api';
import { Provider } from '../models/provider';

/** Where the gateway finds a provider behind its guard. */
export function pathBehindGuard(provider: Provider): string {
  return `/${provider.id}${basePathOf(provider)}`;
}

/** OpenClaw puts `/v1/messages` behind the base of Anthropic's format, whether that ends in `/v1` or not. */
export function basePathOf({ baseUrl, api }: Provider): string {
  const path = new URL(baseUrl).pathname.replace(/\/+$/, '');
  return api === ModelApi.ANTHROPIC_MESSAGES ? path.replace(/\/v1$/, '') : path;
}
