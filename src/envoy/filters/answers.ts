import { GUARD_PREFIX } from '../headers';
import { extension, Message } from '../messages';

const MUTATION_TYPE = 'filters.http.header_mutation.v3.HeaderMutation';
const RESPONSE_TYPE = 'filters.http.custom_response.v3.CustomResponse';

/** Headers of an answer that steer proxies and browsers. OpenClaw is neither. */
const DROPPED_PREFIXES = ['x-envoy-', GUARD_PREFIX];
const DROPPED_HEADERS = ['alt-svc', 'set-cookie'];

/** Drops headers that a provider has no reason to send. */
export const dropHeaders: Message = {
  name: 'drop-headers',
  typed_config: extension(MUTATION_TYPE, {
    mutations: {
      response_mutations: [
        ...DROPPED_PREFIXES.map(prefix => ({ remove_on_match: { key_matcher: { prefix } } })),
        ...DROPPED_HEADERS.map(name => ({ remove: name })),
      ],
    },
  }),
};

/** Makes a 502 of a redirect, which no API of models needs and which the gateway would follow, and of a status after which no answer comes. */
export const finalAnswers: Message = {
  name: 'final-answers',
  typed_config: extension(RESPONSE_TYPE, {
    custom_response_matcher: {
      matcher_list: {
        matchers: [{
          predicate: {
            single_predicate: {
              input: {
                name: 'status',
                typed_config: { '@type': 'type.googleapis.com/envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput' },
              },
              value_match: { safe_regex: { google_re2: {}, regex: '[^245].*|..?' } },
            },
          },
          on_match: { action: { name: 'bad-gateway', typed_config: extension('http.custom_response.local_response_policy.v3.LocalResponsePolicy', { status_code: 502 }) } },
        }],
      },
    },
  }),
};
