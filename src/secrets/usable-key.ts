/**
 * A key, token or credential as it may be stored: one line of visible ASCII that neither begins nor ends with a quote. Text for RE2 and for JavaScript, to
 * be matched against the whole value. assets/live-sync.mjs has the same rule.
 */
export const USABLE_KEY = '[!#-&(-_a-~](?:[!-~]*[!#-&(-_a-~])?';

/** What most editors and `echo` put at the end of a file; it belongs to no value. */
export function withoutLineEnd(value: string): string {
  return value.replace(/[\r\n]+$/, '');
}

export function isUsableKey(value: string): boolean {
  return new RegExp(`^(?:${USABLE_KEY})$`).test(value);
}
