/** A turn of an agent ends by then. */
export const LONGEST_ANSWER_SECONDS = 1800;

/** Measured, before the first request. */
export const MEMORY_AT_REST_MEBIBYTES = 67;

/** The part of the memory's limit that is for requests under way; above it no more are taken. */
export const HEAP_SHARE = 3 / 4;
