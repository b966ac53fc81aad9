/** @see https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export function isHeaderName(value: unknown): boolean {
  return typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value);
}
