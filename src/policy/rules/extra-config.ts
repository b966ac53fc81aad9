import { renderConfig } from '../../config/render';
import { Settings } from '../../config/settings';
import { checkExtraConfig, ExtraConfigProblem } from '../../extra-config/check';
import { Rule } from '../rule';

export const governedPath = ruleOf('governed-path');
export const configUnknownKey = ruleOf('config-unknown-key');
export const pluginOff = ruleOf('plugin-off');
export const secretInConfig = ruleOf('secret-in-config');

function ruleOf(id: ExtraConfigProblem['rule']): Rule {
  return { id, kind: 'safety', check: settings => problemsOf(settings).filter(({ rule }) => rule === id).map(({ message }) => message) };
}

const CHECKED = new WeakMap<Settings, ExtraConfigProblem[]>();

function problemsOf(settings: Settings): ExtraConfigProblem[] {
  let problems = CHECKED.get(settings);
  if (!problems) {
    problems = settings.extraConfig === undefined ? [] : checkExtraConfig({
      extra: settings.extraConfig,
      rendered: renderConfig(settings),
      release: settings.release,
      plugins: settings.plugins,
      channelPlugins: settings.catalog.channelPlugins,
      secretNames: settings.secretFiles.map(file => file.name),
      envNames: Object.keys(settings.envVariables),
    });
    CHECKED.set(settings, problems);
  }
  return problems;
}
