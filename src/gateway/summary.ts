import { budgetText } from '../guard/budget';
import { isAway, lostAwayFromHome } from '../models/home-features';
import { CATALOG_SOURCE } from '../models/model-price';
import { ModelFacts } from '../models/resolve-models';
import { Finding } from '../policy/finding';
import { AgentSettings, permissionsOf } from '../settings/agents';
import { filesOf, SecretFile, Settings } from '../settings/settings';

/** What a person wants to know of a gateway before applying it. */
export function summaryOf(settings: Settings, findings: readonly Finding[]): string {
  const { path, namespace, release, presetName, live, guard, agents } = settings;
  return [
    `${path}${namespace ? ` in namespace ${namespace}` : ''}: OpenClaw ${release}, preset ${presetName}, ${live ? 'live' : 'restart'} delivery${placeOf(guard)}`,
    ...agents.flatMap(agent => [...agents.length > 1 ? table('agent', [[agent.id, answersOf(agent)]]) : [], ...routeOf(agent)]),
    ...table('without', lostOf(settings)),
    ...table('budgets', (guard?.budgets ?? []).map(budget => [budget.name, budgetText(budget), budget.models?.join(', ') ?? 'all models'])),
    ...table('keys', filesOf(settings).map(file => [file.name, file.source._origin, rotationOf(file, settings)])),
    ...table('findings', findings.map(({ rule, message, acknowledged }) => [`${rule}: ${message}${acknowledged ? ` (accepted: ${acknowledged})` : ''}`])),
  ].join('\n');
}

function routeOf(agent: AgentSettings): string[] {
  const { chain } = agent;
  const beyondChain = permissionsOf(agent).filter(ref => !chain.some(model => model.ref === ref));
  return [
    ...table('route', chain.map((model, i) => [i === 0 ? model.ref : `-> ${model.ref}`, priceOf(model)])),
    ...table('/model', beyondChain.length > 0 ? beyondChain.map(ref => [ref]) : [['only the route']]),
    ...table('slots', slotsOf(agent)),
  ];
}

/** Which messages an agent answers. */
export function answersOf({ bindings, isDefault }: AgentSettings): string {
  const bound = bindings.map(({ channel, accountId, peer, guildId, teamId }) => [channel, accountId, peer?.id, guildId, teamId].filter(Boolean).join(':'));
  return [...bound, ...isDefault ? ['what no binding matches'] : []].join(', ') || 'clients that name it';
}

function placeOf(guard: Settings['guard']): string {
  return guard ? `, model guard ${guard.ownPod ? 'in pods of its own' : 'beside the gateway'}` : ', no model guard';
}

function slotsOf({ slotModels: { heartbeat, ...slots }, heartbeatEvery, chain }: AgentSettings): string[][] {
  return [
    ...Object.entries(slots).map(([slot, model]) => [slot, model.ref, priceOf(model)]),
    ...heartbeatEvery ? [[`heartbeat every ${heartbeatEvery.toMinutes()} min`, (heartbeat ?? chain[0]).ref, priceOf(heartbeat ?? chain[0])]] : [],
  ];
}

/** What OpenClaw sends to a provider's own host only. */
function lostOf({ models, guard, features }: Settings): string[][] {
  const lost = models.filter(({ provider }) => guard || isAway(provider._facts)).flatMap(({ id, provider }) =>
    lostAwayFromHome(provider._facts, id, features).map(({ name }): [string, string] => [provider.id, name]));
  return [...new Map(lost.map(row => [row.join(), row])).values()];
}

function priceOf({ price }: ModelFacts): string {
  if (!price) return 'price unknown';
  return `$${price.input} in, $${price.output} out per million tokens${price.source === CATALOG_SOURCE ? '' : ` (${price.source})`}`;
}

/** What has to happen before a new value of a key is used. */
export function rotationOf(file: SecretFile, { live, guard }: Settings): string {
  const { source } = file;
  if (source._isPlainText) return 'changes with the next synth';
  if (source._isGenerated) return 'stays as it is';
  return live || (guard && 'provider' in file) ? 'a new value is used without a restart' : 'a new value needs a new pod (Reloader, or kubectl rollout restart)';
}

/** Rows under a heading, columns aligned. */
function table(heading: string, rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column].length))) ?? [];
  return rows.map((row, i) => `  ${(i === 0 ? heading : '').padEnd(9)} ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd());
}
