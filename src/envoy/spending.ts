import { policyOf } from './filters/allowed-models';
import { USAGE } from './filters/usage';
import { GuardedCall, GuardedProvider } from './guarded-provider';
import { Message, METADATA } from './messages';
import { own } from '../input/values';

/*
 * What a call took and cost, in CEL: Envoy calculates it when an answer has ended. A CEL expression that fails has no value, so all arithmetic is done with
 * doubles, which do not overflow.
 */

const ANSWER = `metadata.typed_filter_metadata["${USAGE}"]`;
const POLICY = 'metadata.filter_metadata["envoy.filters.http.rbac"]["allowed_enforced_effective_policy_id"]';
const PRICES = `xds.route_metadata.filter_metadata["${METADATA}"]["prices"]`;

/** No call has more tokens than this. A provider that says so is wrong or hostile, and one such answer would spoil every sum. */
const MOST_TOKENS = '1e8';

/** As Envoy reads each format: input and output tokens include all of their kinds. */
const FIELDS = {
  input_tokens: 'input_tokens',
  output_tokens: 'output_tokens',
  cached_tokens: 'input_token_details.cached_tokens',
  cache_write_tokens: 'input_token_details.cache_creation_tokens',
};

export type TokenKind = keyof typeof FIELDS;

export const TOKEN_KINDS = Object.keys(FIELDS) as TokenKind[];

const [INPUT, OUTPUT, CACHED, WRITTEN] = TOKEN_KINDS.map(kind => `double(${ANSWER}.${FIELDS[kind]})`);

/** Whether the answer said anything credible about its tokens. */
export const METERED = `"${USAGE}" in metadata.typed_filter_metadata && ${INPUT} <= ${MOST_TOKENS} && ${OUTPUT} <= ${MOST_TOKENS} && ${CACHED} + ${WRITTEN} <= ${INPUT}`;

/** Whether it said all. Status 1 is Envoy's `COMPLETE`, which it also says of an answer without input tokens. */
const FULLY_METERED = `${METERED} && ${ANSWER}.extraction_status == 1 && ${INPUT} > 0.0`;

/** Whether it is also known what they cost. */
export const PRICED = `${METERED} && ${POLICY} in ${PRICES}`;

/** Whether a call may have cost something that is not counted: an allowed one which no error answered. */
export const UNMETERED = `${POLICY} != "" && response.code < 400 && !(${FULLY_METERED})`;

/** As the provider said it, credible or not; no value where it said nothing. */
export function tokens(kind: TokenKind): string {
  return `int(${ANSWER}.${FIELDS[kind]})`;
}

const price = (kind: string) => `${PRICES}[${POLICY}]["${kind}"]`;
const COST = `(${INPUT} - ${CACHED} - ${WRITTEN}) * ${price('input')} + ${CACHED} * ${price('cacheRead')} + ${WRITTEN} * ${price('cacheWrite')} + ${OUTPUT} * ${price('output')}`;

/** To the nearest one; meaningful where `PRICED`. Dollars per million tokens are micro-dollars per token. */
export const MICRODOLLARS = `int(${COST} + 0.5)`;

/** The prices of what may be called at a route, by the name of its policy. */
export function pricesOfCalls(provider: GuardedProvider, calls: GuardedCall[]): Message {
  return Object.fromEntries(calls.flatMap(({ models }) => models).flatMap(model => {
    const prices = own(provider.prices, model);
    return prices ? [[policyOf(provider, model), prices]] : [];
  }));
}
