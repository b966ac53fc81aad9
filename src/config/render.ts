import { KEYS_FILE } from './paths';
import { KEY_PROVIDER } from './secret-ref';
import { mergeExtraConfig } from '../extra-config/merge';
import { closedSection } from './sections/closed';
import { gatewaySection } from './sections/gateway';
import { modelsSection } from './sections/models';
import { pluginsSection } from './sections/plugins';
import { routeSection } from './sections/route';
import { Settings } from './settings';

/** The gateway's `openclaw.json` without `extraConfig`. */
export function renderConfig(settings: Settings): Record<string, unknown> {
  const closed = closedSection(settings);
  return {
    ...closed,
    gateway: gatewaySection(settings),
    models: modelsSection(settings),
    agents: { defaults: { ...closed.agents.defaults, ...routeSection(settings) } },
    plugins: pluginsSection(settings),
    secrets: { providers: { [KEY_PROVIDER]: { source: 'file', path: KEYS_FILE, mode: 'json' } } },
  };
}

/** The text of `openclaw.json`: keys sorted, the same from run to run. */
export function openclawJson(settings: Settings): string {
  const config = mergeExtraConfig(renderConfig(settings), settings.extraConfig ?? {});
  // several agents are refused without a word on who owns what
  const entries = agentEntries(settings);
  if (entries && !Object.values(entries).some(entry => entry?.default)) config.agents = { ownership: 'explicit', ...config.agents as object };
  return `${JSON.stringify(sorted(config), undefined, 2)}\n`;
}

/**
 * The agents' settings.json, by agent: how often a model is tried again before the next one is.
 * Undefined on releases that decide this by themselves.
 */
export function agentSettingsJson(settings: Settings): string | undefined {
  if (!settings.features.providerRetries) return undefined;
  const agents = [...new Set(['main', ...Object.keys(agentEntries(settings) ?? {})])].sort();
  const retry = { retry: { provider: { maxRetries: settings.retries } } };
  return `${JSON.stringify(Object.fromEntries(agents.map(agent => [agent, retry])), undefined, 2)}\n`;
}

function agentEntries({ extraConfig }: Settings): { [agent: string]: { default?: boolean } } | undefined {
  return (extraConfig as { agents?: { entries?: { [agent: string]: { default?: boolean } } } } | undefined)?.agents?.entries;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1).map(([key, each]) => [key, sorted(each)]));
}
