/**
 * The versions whose facts are shipped. A version in between takes those of the newest one below it, so one is listed where
 * facts that are used change: the configuration's shape with 2026.7.1 and 2026.8.1, the models with each of them.
 */
export const CATALOG_RELEASES = ['2026.6.11', '2026.7.1', '2026.8.1', '2026.8.2', '2026.9.3', '2026.9.6'] as const;
