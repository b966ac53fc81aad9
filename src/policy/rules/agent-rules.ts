import { settingsAt } from '../../extra-config/find-settings';
import { nearest } from '../../input/nearest';
import { isMap, own } from '../../input/values';
import { firstReleaseWith } from '../../release/features';
import { factsName } from '../../release/nearest-release';
import { ChannelBinding } from '../../settings/agent-options';
import { permissionsOf } from '../../settings/agents';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

export const agentIsolationUnsupported: Rule = {
  id: 'agent-isolation-unsupported',
  kind: 'safety',
  check: ({ agents, features, release }) => {
    if (features.agentEntries) return [];
    const [main, ...others] = agents.map(agent => ({ id: agent.id, list: permissionsOf(agent) }));
    return others.flatMap(({ id, list }) => {
      const [extra, missing] = [list.filter(ref => !main.list.includes(ref)), main.list.filter(ref => !list.includes(ref))];
      if (extra.length + missing.length === 0) return [];
      const difference = [...extra.length > 0 ? [`'${id}' may call ${extra.join(', ')} and 'main' may not`] : [], ...missing.length > 0 ? [`'main' may call ${missing.join(', ')} and '${id}' may not`] : []];
      return `OpenClaw ${factsName(release)} has one allowlist for all agents, but ${difference.join(', ')}; render one gateway per agent, use ${firstReleaseWith('agentEntries')}`
        + ` or newer, or give agents.${id}.allowlist and the gateway the same ModelAllowlist`;
    });
  },
};

export const bindingUnusable: Rule = {
  id: 'binding-unusable',
  kind: 'safety',
  check: settings => {
    const bound = settings.agents.flatMap(({ id, bindings }) => bindings.map((binding, i) => ({ id, prop: `agents.${id}.bindings[${i}]`, binding })));
    return bound.flatMap(({ id, prop, binding }, i) => {
      const same = bound.slice(0, i).find(other => scopeOf(other.binding) === scopeOf(binding));
      const why = channelFault(binding, settings) ?? accountFault(binding, settings);
      return [
        ...why ? [`${prop} ${why}`] : [],
        ...same ? [`${prop} binds the same messages as ${same.prop}${same.id === id ? '' : `, so '${id}' would never get them`}; remove one of them`] : [],
      ];
    });
  },
};

function channelFault({ channel }: ChannelBinding, { plugins, catalog, release, extraConfig }: Settings): string | undefined {
  const served = catalog.served('channels');
  const facts = own(served, channel);
  if (settingsAt(extraConfig, 'plugins.load.paths.*').length > 0 || (facts && plugins.includes(facts.plugin))) return undefined;
  if (facts && !facts.npm) return `is for channel '${channel}', whose plugin is off; add '${facts.plugin}' to 'plugins'`;
  if (facts) return `is for channel '${channel}', whose plugin OpenClaw ${factsName(release)} does not bundle (npm has it as ${facts.npm}); remove it, or add PluginPackage.official('${facts.plugin}') to 'pluginPackages'`;
  const near = nearest(channel, Object.keys(served)).map(each => `'${each}'`).join(' or ');
  return `names channel '${channel}', which OpenClaw ${factsName(release)} does not have; ${near ? `did you mean ${near}?` : 'remove it'}`;
}

/** The accounts are settings of the channel. */
function accountFault({ channel, accountId }: ChannelBinding, { extraConfig }: Settings): string | undefined {
  const settings = settingsAt(extraConfig, `channels.${channel}`)[0]?.value;
  if (!isMap(settings) || accountId === undefined || ['*', 'default'].includes(accountId)) return undefined;
  const accounts = Object.keys(isMap(settings.accounts) ? settings.accounts : {});
  if (accounts.some(each => each.toLowerCase() === accountId.toLowerCase())) return undefined;
  const near = nearest(accountId, accounts).map(each => `'${each}'`).join(' or ');
  const known = accounts.length > 0 ? `it has ${accounts.map(each => `'${each}'`).join(', ')}` : 'it has none; leave accountId out';
  return `names account '${accountId}', which channels.${channel}.accounts of extraConfig does not have; ${near ? `did you mean ${near}?` : known}`;
}

/** The same for bindings between which OpenClaw could not choose. */
function scopeOf({ channel, accountId = 'default', peer, guildId, roles, teamId }: ChannelBinding): string {
  return JSON.stringify([channel, accountId.toLowerCase(), peer && [peer.kind, peer.id], guildId, roles && [...roles].sort(), teamId]);
}
