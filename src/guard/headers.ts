/** Headers that only the guard sets: a caller's own are dropped, and none reaches a provider. */
export const GUARD_PREFIX = 'x-guard-';

/** Whom the guard serves. */
export const CALLER_HEADER = `${GUARD_PREFIX}caller`;

/** The body's fields, copied to where policies see them. */
export const FIELD_HEADER = `${GUARD_PREFIX}field`;
export const INPUT_HEADER = `${GUARD_PREFIX}input`;
export const MODEL_HEADER = `${GUARD_PREFIX}model`;
export const TOOLS_HEADER = `${GUARD_PREFIX}tools`;

/** Without it nothing was copied: no JSON, a key written twice, deeper than Envoy reads. */
export const READ_HEADER = `${GUARD_PREFIX}read`;

export const REQUEST_HEADERS = [CALLER_HEADER, FIELD_HEADER, INPUT_HEADER, MODEL_HEADER, READ_HEADER, TOOLS_HEADER];
