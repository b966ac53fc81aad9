import { alternativeLines, boxLines, headingOf, payerOf, traitsOf } from './labels';
import { ReportData, ReportedAgent, ReportedGateway } from './report-data';

/** The route map as a flowchart. */
export function reportMermaid({ gateways }: ReportData): string {
  return ['flowchart LR', ...gateways.flatMap((gateway, i) => gatewayLines(gateway, `g${i}`)), ''].join('\n');
}

function gatewayLines(gateway: ReportedGateway, id: string): string[] {
  const keys = gateway.keys.map(({ name }) => name);
  const paying = gateway.keys.filter(({ providers }) => providers.length > 0);
  return [
    `  subgraph ${id} [${label(headingOf(gateway), traitsOf(gateway))}]`,
    ...gateway.agents.flatMap((agent, i) => agentLines(agent, gateway, `${id}a${i}`, key => key === undefined ? [] : [`${id}k${keys.indexOf(key)}`])),
    ...paying.map(({ name, source }) => `    ${id}k${keys.indexOf(name)}[/${label(payerOf(name), source)}/]`),
    '  end',
  ];
}

function agentLines(agent: ReportedAgent, gateway: ReportedGateway, id: string, keyNode: (key?: string) => string[]): string[] {
  const paidBy = (node: string, key?: string) => keyNode(key).map(payer => `    ${node} -.- ${payer}`);
  const ofModel = (node: string, ref: string) => paidBy(node, gateway.models.find(model => model.ref === ref)?.key);
  return [
    `    ${id}([${label(`agent ${agent.id}`, `answers ${agent.answers}`)}])`,
    ...agent.route.flatMap(({ ref, role, monthlyUsd }, i) => [
      `    ${i === 0 ? id : `${id}m${i - 1}`} -->|${role}| ${id}m${i}[${label(...boxLines(ref, gateway, monthlyUsd))}]`,
      ...ofModel(`${id}m${i}`, ref),
    ]),
    ...agent.alternatives.flatMap((alternative, i) => [
      `    ${id} -.->|"/model"| ${id}x${i}[${label(...alternativeLines(alternative))}]`,
      ...paidBy(`${id}x${i}`, alternative.key),
    ]),
    ...agent.slots.flatMap(({ slot, ref }, i) => [
      `    ${id} -->|${label(slot)}| ${id}s${i}[${label(...boxLines(ref, gateway))}]`,
      ...ofModel(`${id}s${i}`, ref),
    ]),
  ];
}

/** A text in quotes, where Mermaid takes everything but a few signs as it is. */
function label(...lines: string[]): string {
  return `"${lines.map(line => line.replace(/[#"<>&`*_\\]/g, sign => `#${sign.charCodeAt(0)};`)).join('<br/>')}"`;
}
