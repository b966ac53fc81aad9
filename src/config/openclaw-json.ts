import { KEY_PROVIDER } from './secret-ref';
import { mergeExtraConfig } from '../extra-config/merge';
import { KEYS_FILE } from '../settings/pod-layout';
import { agentsSection, bindingsSection } from './sections/agent-entries';
import { closedSection } from './sections/closed';
import { failoverSection } from './sections/failover';
import { gatewaySection } from './sections/gateway';
import { modelsSection } from './sections/models';
import { pluginsSection } from './sections/plugins';
import { sortedJson } from './sorted-json';
import { Settings } from '../settings/settings';

/** The gateway's `openclaw.json` without `extraConfig`. */
export function renderConfig(settings: Settings): Record<string, unknown> {
  const closed = closedSection(settings);
  return {
    ...closed,
    ...failoverSection(settings),
    gateway: gatewaySection(settings),
    models: modelsSection(settings),
    agents: agentsSection(settings, closed),
    ...bindingsSection(settings),
    plugins: pluginsSection(settings),
    secrets: { providers: { [KEY_PROVIDER]: { source: 'file', path: KEYS_FILE, mode: 'json' } } },
  };
}

/** The text of `openclaw.json`: keys sorted, the same from run to run. */
export function openclawJson(settings: Settings): string {
  const rendered = renderConfig(settings);
  const config = settings.extraConfig ? mergeExtraConfig(rendered, settings.extraConfig) : rendered;
  // several agents are refused without a word on who owns what
  const entries = agentEntries(settings);
  if (entries && !settings.namesAgents && !Object.values(entries).some(entry => entry?.default)) {
    config.agents = { ownership: 'explicit', ...config.agents as object };
  }
  // 2026.9 lets each agent have others work for it, with their models; who wants that says so in extraConfig
  if (settings.agents.length > 1) config.tools = { agentToAgent: { enabled: false }, ...config.tools as object };
  return sortedJson(config);
}

/**
 * The agents' settings.json, by agent: how often a model is tried again before the next one is.
 * Undefined on versions that decide this by themselves.
 */
export function agentSettingsJson(settings: Settings): string | undefined {
  if (!settings.features.providerRetries) return undefined;
  const [main] = settings.agents;
  const others = Object.keys(agentEntries(settings) ?? {}).map(id => ({ id, retries: main.retries }));
  const ofAgent = (maxRetries: number) => ({ retry: { provider: { maxRetries } } });
  return sortedJson(Object.fromEntries([...others, ...settings.agents].map(({ id, retries }) => [id, ofAgent(retries)])));
}

function agentEntries({ extraConfig }: Settings): { [agent: string]: { default?: boolean } } | undefined {
  return (extraConfig as { agents?: { entries?: { [agent: string]: { default?: boolean } } } } | undefined)?.agents?.entries;
}
