import { renderConfig } from '../../config/openclaw-json';
import { checkExtraConfig, ExtraConfigInput, ExtraConfigProblem } from '../../extra-config/check-extra-config';
import { plainJson } from '../../input/plain-json';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

export const governedPath = ruleOf('governed-path');
export const configMalformed = ruleOf('config-malformed');
export const configUnknownKey: Rule = { ...ruleOf('config-unknown-key'), restsOnFacts: true };
export const pluginOff = ruleOf('plugin-off');
export const secretInConfig = ruleOf('secret-in-config');

function ruleOf(id: ExtraConfigProblem['rule']): Rule {
  return { id, kind: 'safety', check: settings => problemsOf(settings).filter(({ rule }) => rule === id).map(({ message }) => message) };
}

const OF_SETTINGS = new WeakMap<Settings, ExtraConfigProblem[]>();

/** By all that decides about them: the gateways of one definition share one check. */
const BY_INPUT = new Map<string, ExtraConfigProblem[]>();

/** As many inputs are remembered. */
const LIMIT = 100;

function problemsOf(settings: Settings): ExtraConfigProblem[] {
  let problems = OF_SETTINGS.get(settings);
  if (!problems) {
    problems = settings.extraConfig === undefined ? [] : checkOnce({
      extra: settings.extraConfig,
      rendered: renderConfig(settings),
      release: settings.release,
      plugins: settings.plugins,
      channelPlugins: settings.catalog.channelPlugins,
      secretNames: settings.secretFiles.map(file => file.name),
      envNames: Object.keys(settings.envVariables),
    });
    OF_SETTINGS.set(settings, problems);
  }
  return problems;
}

function checkOnce(input: ExtraConfigInput): ExtraConfigProblem[] {
  if (plainJson(input.extra).faults.length > 0) return checkExtraConfig(input);
  const id = JSON.stringify(input);
  let problems = BY_INPUT.get(id);
  if (!problems) {
    if (BY_INPUT.size >= LIMIT) BY_INPUT.clear();
    problems = checkExtraConfig(input);
    BY_INPUT.set(id, problems);
  }
  return problems;
}
