import { KEY_HEADERS } from '../../models/wire-facts';
import { CALLER_HEADER } from '../headers';
import { extension, filterFile, Message } from '../messages';

export const CALLER = 'caller';
export const CALLER_TYPE = 'filters.http.api_key_auth.v3.ApiKeyAuth';

/** Lets everybody in, by a header that Envoy itself writes into each request; while the filter lacks its file, Envoy answers 500 all the same. */
export function anyCaller(): Message {
  return extension(`${CALLER_TYPE}PerRoute`, { credentials: [{ key: 'http', client: 'any' }], key_sources: [{ header: 'x-forwarded-proto' }] });
}

/** Lets in who has one of the keys, whichever header a wire format gives it in. */
export function caller(...keys: string[]): Message {
  return filterFile(CALLER, extension(CALLER_TYPE, {
    credentials: keys.map((key, i) => ({ key, client: `gateway-${i}` })),
    key_sources: KEY_HEADERS.map(header => ({ header })),
    forwarding: { header: CALLER_HEADER, hide_credentials: true },
  }));
}
