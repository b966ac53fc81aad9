import { RELEASES } from '../../src/release/releases';
import { storedFacts } from '../../src/release/stored-facts';

const STORED = RELEASES.map(({ release }) => storedFacts(release));

/** The versions under whose names catalogs are stored, oldest first. */
export const STORED_CATALOGS = [...new Set(STORED.map(({ catalog }) => catalog))];

/** The versions under whose names schemas are stored, oldest first. */
export const STORED_SCHEMAS = [...new Set(STORED.map(({ schema }) => schema))];
