import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { goProgram } from './go-program';

const VERSION = 'v0.5.6';

/** One end of a connection. A pod has a namespace; everything else has an address alone. */
export interface End {
  readonly ip: string;
  readonly namespace?: string;
  readonly labels?: { readonly [name: string]: string };
}

export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

const inItsWords = ({ ip, namespace, labels = {} }: End) => ({
  IP: ip,
  Internal: namespace === undefined ? null : { Namespace: namespace, NamespaceLabels: { 'kubernetes.io/metadata.name': namespace }, PodLabels: labels },
});

/**
 * Whether the policies let each of the connections be made. `folder` is an empty one.
 *
 * @see https://github.com/mattfenwick/cyclonus
 */
export function judge(policies: any[], connections: Connection[], folder: string): boolean[] {
  const write = (name: string, content: unknown) => {
    fs.writeFileSync(path.join(folder, name), JSON.stringify(content));
    return path.join(folder, name);
  };
  const traffic = connections.map(({ from, to, port, protocol }) =>
    ({ Source: inItsWords(from), Destination: inItsWords(to), ResolvedPort: port, ResolvedPortName: '', Protocol: protocol }));
  const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: policies };
  const args = ['analyze', '--mode', 'query-traffic', '--policy-path', write('policies.json', list), '--traffic-path', write('traffic.json', traffic)];
  const said = execFileSync(goProgram('github.com/mattfenwick/cyclonus/cmd/cyclonus', VERSION), args, { encoding: 'utf8', stdio: 'pipe' });
  const answers = [...said.matchAll(/^\|\s*is allowed\?\s*\|\s*(true|false)\s*\|/gim)].map(([, answer]) => answer.toLowerCase() === 'true');
  if (answers.length !== connections.length) throw new Error(`cyclonus answered ${answers.length} of ${connections.length} questions:\n${said}`);
  return answers;
}
