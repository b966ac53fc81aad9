import { GuardedProvider } from './guarded-provider';
import { GUARD_PREFIX } from './headers';
import { exactly, extension, Message } from './messages';

/** By it a listener of a key says that the request did not leave, for want of a usable key. Only the guard itself sets it. */
export const NO_KEY_HEADER = `${GUARD_PREFIX}no-key`;

/** Tries a provider again that has not got the request yet. */
export function connectRetries({ firstByteSeconds }: GuardedProvider): Message {
  return { retry_on: 'reset-before-request', num_retries: 1, per_try_timeout: `${firstByteSeconds}s` };
}

/**
 * Tries each further key once, in order, if the provider refused the call for its key, or if it did not leave for want of a key. A call that failed in another
 * way is not tried again: the provider may have taken it.
 */
export function keyRetries({ keys }: GuardedProvider): Message {
  return {
    retry_on: 'retriable-status-codes,retriable-headers',
    retriable_status_codes: [401, 403, 429],
    retriable_headers: [{ name: NO_KEY_HEADER, ...exactly('true') }],
    num_retries: keys.length - 1,
    retry_back_off: { base_interval: '0.005s', max_interval: '0.02s' },
    retry_priority: {
      name: 'envoy.retry_priorities.previous_priorities',
      typed_config: extension('retry.priority.previous_priorities.v3.PreviousPrioritiesConfig', { update_frequency: 1 }),
    },
  };
}
