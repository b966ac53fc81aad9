/*
 * Patterns of RE2 for JSON as `read-fields` copies it: without spaces between its parts, so that a quote that is not escaped begins or ends a text.
 */

const TEXT = '"(?:[^"\\\\]|\\\\.)*"';
const NO_BRACKET = `[^][{}"]|${TEXT}`;

/** Envoy reads no body of more levels. */
const DEEPEST = 100;

/** A list or an object up to its end. RE2 has no recursion, so each level is written out. */
function whole(levels: number): string {
  return `[[{](?:${NO_BRACKET}${levels > 1 ? `|${whole(levels - 1)}` : ''})*[]}]`;
}

/** Matches JSON that has the part anywhere, in capitals or not. */
export function withPart(part: string): string {
  return `(?is).*${part}.*`;
}

/** Matches JSON that has the part inside a list or an object of this name, at any depth. */
export function withPartInside(name: string, part: string): string {
  return withPart(`"${name}":[[{](?:${NO_BRACKET}|[[{]|${whole(DEEPEST)})*${part}`);
}
