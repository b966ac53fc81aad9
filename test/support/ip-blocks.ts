import { BlockList, isIP } from 'net';

/**
 * What an API server says of the address blocks of a NetworkPolicy beyond its schema: each exception lies within its block.
 * Go takes an IPv4-mapped IPv6 address for IPv4, so no IPv6 block holds one.
 */
export function judgeIpBlocks(manifests: any[]): string[] {
  return manifests.filter(({ kind }) => kind === 'NetworkPolicy').flatMap(({ spec }) =>
    [...spec.egress ?? [], ...spec.ingress ?? []]
      .flatMap((rule: any) => [...rule.to ?? [], ...rule.from ?? []])
      .flatMap(({ ipBlock }: any) => ipBlock ? (ipBlock.except ?? []).filter((each: string) => !isWithin(each, ipBlock.cidr))
        .map((each: string) => `except ${each} must be a strict subset of cidr ${ipBlock.cidr}`) : []));
}

function isWithin(inner: string, outer: string): boolean {
  const [[address, bits], [network, prefix]] = [inner.split('/'), outer.split('/')];
  if (isIP(address) !== isIP(network) || /^::ffff:/i.test(address) || Number(bits) <= Number(prefix)) return false;
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), family);
  return block.check(address, family);
}
