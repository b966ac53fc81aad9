import { createHash } from 'crypto';

const LAST = new Map<number, { readonly texts: string[]; readonly sum: string }>();

/** The gateways of one definition have the same texts, one after the other. */
export function checksum(texts: string[]): string {
  const last = LAST.get(texts.length);
  if (last && texts.every((text, i) => text === last.texts[i])) return last.sum;
  const sum = createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 16);
  LAST.set(texts.length, { texts, sum });
  return sum;
}
