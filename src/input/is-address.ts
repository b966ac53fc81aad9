import { isIP } from 'net';

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`; not the whole internet. */
export function isAddress(value: unknown): boolean {
  const [address, bits, ...rest] = typeof value === 'string' ? value.split('/') : [''];
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)));
}

/** What `isAddress` takes, for messages. */
export const AN_ADDRESS = ['an address or CIDR block, not the whole internet', "for example '10.244.0.0/16'"] as const;
