import { AgentOptions, ChannelBinding, ChannelPeer, ChannelPeerKind, MAIN_AGENT } from './agent-options';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isMap } from '../input/values';
import { FallbackChain } from '../models/fallback-chain';
import { ModelAllowlist } from '../models/model-allowlist';
import { AGENT_SLOTS, checkSlots } from '../models/slot-arguments';

/** OpenClaw writes other ids anew, so that two could become one; its HTTP API calls whichever agent it likes `default`. */
const isAgentId = (id: string) => /^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9_])?$/.test(id) && id !== 'default';

/** Reports agents of the wrong form; `undefined` is fine. */
export function checkAgents(check: InputChecks, agents: unknown, gateway: { readonly modelSlots?: unknown }): InputChecks {
  if (agents === undefined) return check;
  if (!isMap(agents)) return check.that(false, 'agents', 'an object with AgentOptions for each id', agents);
  check.list('ids of agents', Object.keys(agents), id => isAgentId(id as string),
    "at most 64 lower-case letters, digits, underscores and dashes, the first a letter or digit, the last no dash, and not 'default'");
  const defaults = Object.keys(agents).filter(id => argumentsOf(agents[id] as AgentOptions).default === true);
  check.refuse(defaults.length > 1, `agents has ${defaults.length} default agents, ${defaults.map(id => `'${id}'`).join(' and ')}; keep default: true for one`);
  for (const [id, options] of Object.entries(agents)) checkAgent(check, `agents.${id}`, options, id === MAIN_AGENT ? gateway : undefined);
  const { [MAIN_AGENT]: main } = agents;
  return check.refuse(isMap(main) && main.default === false && defaults.length === 0, 'agents.main.default is false, and no other agent is the default; set default: true for one');
}

function checkAgent(check: InputChecks, prop: string, options: unknown, gateway?: { readonly modelSlots?: unknown }): void {
  if (!isMap(options)) return void check.that(false, prop, 'an object with AgentOptions', options);
  const { chain, allowlist, modelSlots, bindings, default: isDefault } = options;
  check
    .options<AgentOptions>(options, { chain: true, allowlist: true, modelSlots: true, bindings: true, default: true }, prop)
    .that(chain === undefined || chain instanceof FallbackChain, `${prop}.chain`, 'a FallbackChain', chain, 'use new FallbackChain(…) or FallbackChain.fromProviders(…)')
    .that(allowlist === undefined || allowlist instanceof ModelAllowlist, `${prop}.allowlist`, 'a ModelAllowlist', allowlist, 'use new ModelAllowlist(…)')
    .that(isDefault === undefined || typeof isDefault === 'boolean', `${prop}.default`, 'a boolean', isDefault)
    .list(`${prop}.bindings`, bindings, isMap, 'a ChannelBinding');
  checkSlots(check, modelSlots, `${prop}.modelSlots`, AGENT_SLOTS);
  if (Array.isArray(bindings)) bindings.filter(isMap).forEach((binding, i) => checkBinding(check, `${prop}.bindings[${i}]`, binding));
  if (!gateway) return;
  for (const each of ['chain', 'allowlist'] as const) {
    check.refuse(options[each] !== undefined, `${prop}.${each} is given, but the ${each} of the gateway is that of 'main'; move it to the prop '${each}'`);
  }
  check.refuse(modelSlots !== undefined && gateway.modelSlots !== undefined, `${prop}.modelSlots and modelSlots are both for 'main'; keep one of them`);
}

const BINDING = { channel: true, accountId: true, peer: true, guildId: true, roles: true, teamId: true } as const;

function checkBinding(check: InputChecks, prop: string, binding: Record<string, unknown>): void {
  const { channel, accountId, peer, guildId, roles, teamId } = binding;
  check
    .options<ChannelBinding>(binding as unknown as ChannelBinding, BINDING, prop)
    .text(`${prop}.channel`, channel, "name a channel, for example 'telegram'");
  for (const [name, value] of Object.entries({ accountId, guildId, teamId })) if (value !== undefined) check.text(`${prop}.${name}`, value);
  check.list(`${prop}.roles`, roles, role => typeof role === 'string' && role !== '', 'the id of a role');
  if (peer === undefined) return;
  if (!isMap(peer)) return void check.that(false, `${prop}.peer`, 'an object with kind and id', peer);
  check
    .options<ChannelPeer>(peer as unknown as ChannelPeer, { kind: true, id: true }, `${prop}.peer`)
    .that(Object.values<unknown>(ChannelPeerKind).includes(peer.kind), `${prop}.peer.kind`, 'a ChannelPeerKind', peer.kind)
    .text(`${prop}.peer.id`, peer.id);
}
