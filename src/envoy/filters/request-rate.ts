import { extension, Message } from '../messages';

export const REQUEST_RATE = 'request-rate';

const TYPE = 'filters.http.local_ratelimit.v3.LocalRateLimit';

/** No limit but that of a route. */
export const requestRate: Message = { name: REQUEST_RATE, typed_config: extension(TYPE, { stat_prefix: 'guard_none' }) };

/** Refuses with 429 what exceeds so many requests a minute; each guard counts for itself. */
export function requestRateOfRoute(id: string, perMinute: number): Message {
  const always = { default_value: { numerator: 100 } };
  return extension(TYPE, {
    stat_prefix: `guard_${id}`,
    status: { code: 'TooManyRequests' },
    token_bucket: { max_tokens: perMinute, tokens_per_fill: perMinute, fill_interval: '60s' },
    filter_enabled: always,
    filter_enforced: always,
    enable_retry_after_header: true,
  });
}
