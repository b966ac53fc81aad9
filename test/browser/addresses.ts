import { execFileSync } from 'child_process';

/** Who is who in the network of the suite. */
export const ADDRESSES = {
  /** The machine of the person at the browser. */
  person: '203.0.113.7',
  /** Where the proxy listens for the world. */
  public: '198.51.100.10',
  /** The proxy among the pods. */
  proxy: '10.244.1.9',
  /** A proxy that nobody has told the gateway of. */
  strangeProxy: '10.244.1.10',
};

export function makeNetwork(): void {
  const ip = (...args: string[]) => execFileSync('ip', args);
  ip('addr', 'replace', `${ADDRESSES.person}/32`, 'dev', 'lo');
  ip('route', 'replace', 'local', `${ADDRESSES.public}/32`, 'dev', 'lo', 'src', ADDRESSES.person);
}
