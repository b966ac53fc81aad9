import { isIP } from 'net';
import { isDuration } from './kplus-shapes';

/** Whether a value is a Duration of whole seconds, at least one; `undefined` is fine. */
export function isSeconds(value: unknown, most = Infinity): boolean {
  if (value === undefined) return true;
  if (!isDuration(value)) return false;
  const seconds = value.toSeconds({ integral: false });
  return Number.isInteger(seconds) && seconds > 0 && seconds <= most;
}

/** @see https://github.com/distribution/reference */
const IMAGE = /^[a-zA-Z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/;

export function isImageName(value: unknown): boolean {
  return typeof value === 'string' && IMAGE.test(value);
}

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`; not the whole internet. */
export function isAddress(value: unknown): boolean {
  const [address, bits, ...rest] = typeof value === 'string' ? value.split('/') : [''];
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)));
}

/** What `isAddress` takes, for messages. */
export const AN_ADDRESS = ['an address or CIDR block, not the whole internet', "for example '10.244.0.0/16'"] as const;

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export function isHeaderName(value: unknown): boolean {
  return typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value);
}

/** What `subPath` of a volume mount takes: relative, without a way out. */
export function isFolder(path: unknown): boolean {
  return typeof path === 'string' && path.split('/').every(part => /^[\w.@+=,: -]+$/.test(part) && !/^\.{1,2}$/.test(part));
}
