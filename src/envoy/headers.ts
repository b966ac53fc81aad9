import { KEY_HEADERS } from '../models/wire-facts';

/** Headers that only the guard sets: a caller's own are dropped, and none reaches a provider. */
export const GUARD_PREFIX = 'x-guard-';

/** Whom the guard serves. */
export const CALLER_HEADER = `${GUARD_PREFIX}caller`;

/** The body's fields, copied to where policies see them. */
export const FIELD_HEADER = `${GUARD_PREFIX}field`;
/** The limits of an answer, by field; where there are budgets. */
export const LIMITS_HEADER = `${GUARD_PREFIX}limits`;
export const INPUT_HEADER = `${GUARD_PREFIX}input`;
export const MESSAGES_HEADER = `${GUARD_PREFIX}messages`;
export const MODEL_HEADER = `${GUARD_PREFIX}model`;
export const SYSTEM_HEADER = `${GUARD_PREFIX}system`;
export const TOOLS_HEADER = `${GUARD_PREFIX}tools`;

/** Without it nothing was copied: no JSON, a key written twice, deeper than Envoy reads. */
export const READ_HEADER = `${GUARD_PREFIX}read`;

/** A caller in the same pod counts as internal, and could steer Envoy by headers; others steer a gateway of models that stands for a provider. */
export const STEERING_PREFIXES = [
  'x-envoy-', GUARD_PREFIX, 'x-forwarded-', 'x-portkey-', 'helicone-', 'cf-aig-', 'x-litellm-', 'x-bf-', 'x-hf-', 'x-ms-', 'x-amz-', 'x-amzn-', 'azureml-',
  'x-tfy-', 'x-bt-', 'x-ai-eg-', 'x-gateway-', 'x-smg-',
];

/** What a caller must not tell a provider: keys, accounts, and what proxies on the way may take for the path or the caller. */
export const REMOVED_HEADERS = [
  ...KEY_HEADERS, 'proxy-authorization', 'cookie', 'openai-organization', 'openai-project', 'x-goog-user-project', 'anthropic-workspace-id',
  'anthropic-user-profile-id', 'ocp-apim-subscription-key', 'forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip',
  'x-envoy-internal', 'x-original-host', 'x-original-url', 'x-rewrite-url', 'x-rewrite-uri', 'x-http-method-override', 'x-http-method', 'x-method-override',
  'x-goog-request-params', 'http-referer', CALLER_HEADER, FIELD_HEADER, INPUT_HEADER, MESSAGES_HEADER, MODEL_HEADER, READ_HEADER, SYSTEM_HEADER, TOOLS_HEADER,
];
