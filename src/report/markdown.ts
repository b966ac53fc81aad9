import { headingOf, traitsOf } from './labels';
import { reportMermaid } from './mermaid';
import { amountText, dollars } from './monthly-cost';
import { ReportData, ReportedAgent, ReportedGateway, ReportedModel } from './report-data';

/** The whole report as a page. */
export function reportMarkdown(data: ReportData): string {
  const parts = [
    '# Models and costs',
    ...data.load ? costs(data) : [],
    '## Route map',
    `\`\`\`mermaid\n${reportMermaid(data)}\`\`\``,
    'A fallback answers when the models before it fail. Users may ask for the models behind `/model`. A dotted line leads to the key that pays.',
    ...data.gateways.flatMap(gateway => gatewayParts(gateway, data)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function costs({ load, days, gateways, monthly }: ReportData): string[] {
  const { turnsPerDay, inputTokens, outputTokens, cacheHitRatio } = load!;
  const rows = gateways.flatMap(({ path, agents }) => agents.map(({ id, route, monthly: amounts }) =>
    [path, id, route[0].ref, amountText(amounts!.primary), amountText(amounts!.dearest)]));
  return [
    '## Costs in a month',
    `${turnsPerDay} turns a day for each agent, ${days} days. A turn sends ${inputTokens} tokens and gets ${outputTokens}; `
      + `the provider's cache has ${Math.round(cacheHitRatio * 1000) / 10} % of what is sent.`,
    table(['gateway', 'agent', 'primary', 'if the primary answers', 'if the dearest of its route answers'],
      [...rows, ['all', '', '', amountText(monthly!.primary), amountText(monthly!.dearest)]]),
    ...monthly!.dearest.isLowerBound ? ['**Some prices are unknown. Totals that begin with "at least" are lower bounds: what such a model costs comes on top.**'] : [],
    'This is an estimate from list prices. It leaves out model slots, web searches, taxes and discounts. Input from the cache is charged at its price if there is one,'
      + ' else as other input; if there is a cache, the rest of the input is charged as written to it, where that costs more.',
  ];
}

function gatewayParts(gateway: ReportedGateway, { load }: ReportData): string[] {
  return [
    `## ${text(headingOf(gateway))}`,
    `${text(traitsOf(gateway))}.`,
    '### Models',
    table(
      ['model', 'tier', 'window', '$ in', '$ out', '$ cache read', '$ cache write', 'price from', 'key'],
      gateway.models.map(modelRow),
    ),
    'Prices are in US dollars per million tokens.',
    ...gateway.agents.flatMap(agent => agentParts(agent, gateway.agents.length > 1, load !== undefined)),
    ...gateway.budgets.length === 0 ? [] : [
      '### Budgets',
      table(['budget', 'limit', 'counts'], gateway.budgets.map(({ name, limit, models }) => [name, limit, models?.join(', ') ?? 'all models'])),
    ],
    '### Keys',
    table(['key', 'pays', 'from', 'rotation'], gateway.keys.map(({ name, providers, source, rotation }) => [name, providers.join(', ') || 'no model', source, rotation])),
    '### Findings',
    gateway.findings.length === 0 ? 'None.' : table(
      ['rule', 'finding', 'accepted, because'],
      gateway.findings.map(({ rule, message, acknowledged }) => [rule, message, acknowledged ?? 'a notice']),
    ),
  ];
}

function agentParts(agent: ReportedAgent, isOneOfSeveral: boolean, hasLoad: boolean): string[] {
  const { id, answers, route, alternatives, slots } = agent;
  return [
    isOneOfSeveral ? `### Agent ${text(id)}: answers ${text(answers)}` : '### Route',
    table(
      ['', 'model', ...hasLoad ? ['a month, if it answers everything'] : []],
      route.map(({ role, ref, monthlyUsd }) => [role, ref, ...hasLoad ? [monthlyUsd === undefined ? 'unknown' : dollars(monthlyUsd)] : []]),
    ),
    ...alternatives.length > 0 ? [`Behind \`/model\`: ${alternatives.map(({ ref }) => code(ref)).join(', ')}.`] : ['Behind `/model`: only the route.'],
    ...slots.length > 0 ? [`Slots: ${slots.map(({ slot, ref }) => `${text(slot)} ${code(ref)}`).join(', ')}.`] : [],
  ];
}

function modelRow({ ref, tiers, contextWindow, price, key = 'none' }: ReportedModel): string[] {
  const number = (value?: number) => value === undefined ? '' : `${value}`;
  const listed = price?.listed && `; ${price.listed.source}: $${price.listed.input} / $${price.listed.output}`;
  const prices = price ? [number(price.input), number(price.output), number(price.cacheRead), number(price.cacheWrite), `${price.source}${listed ?? ''}`] : ['', '', '', '', 'unknown'];
  return [ref, tiers.join(', '), number(contextWindow), ...prices, key];
}

function table(heads: string[], rows: string[][]): string {
  return [heads, heads.map(() => '---'), ...rows.map(row => row.map(text))].map(row => `| ${row.join(' | ')} |`).join('\n');
}

/** A text that Markdown shows as it is. */
function text(value: string): string {
  return value.replace(/[\\`*_[\]<>|~&#]/g, '\\$&').replace(/\s+/g, ' ');
}

function code(value: string): string {
  return `\`${value}\``;
}
