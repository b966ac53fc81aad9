import { isIP } from 'net';
import * as fc from 'fast-check';
import { hasAddress } from '../../src/models/endpoint';

const label = fc.stringMatching(/^([a-z0-9]{1,3}|0x[0-9a-f]{1,2}|xn--[a-z]{2})$/);
const host = fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6().map(address => `[${address}]`), fc.domain(), fc.array(label, { minLength: 1, maxLength: 5 }).map(labels => labels.join('.')));

test('a host is an address where Node says so', () => {
  fc.assert(fc.property(host, fc.constantFrom('', '.'), fc.constantFrom('', ':8080'), (name, dot, port) => {
    const url = `http://${name}${name.endsWith(']') ? '' : dot}${port}/v1`;
    fc.pre(URL.canParse(url));
    expect(hasAddress(url)).toBe(isIP(new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')) !== 0);
  }), { numRuns: 5000 });
});
