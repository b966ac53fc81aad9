import { renderConfig } from '../../config/openclaw-json';
import { checkExtraConfig, ExtraConfigInput, ExtraConfigProblem } from '../../extra-config/check-extra-config';
import { madeOnce } from '../../input/made-once';
import { plainJson } from '../../input/plain-json';
import { Params, renderedParams } from '../../models/model-params';
import { credentialsOf, Settings } from '../../settings/settings';
import { Rule } from '../rule';

export const governedPath = ruleOf('governed-path');
export const configMalformed = ruleOf('config-malformed');
export const configUnknownKey: Rule = { ...ruleOf('config-unknown-key'), restsOnFacts: true };
export const configRefused: Rule = { ...ruleOf('config-refused'), restsOnFacts: true };
export const pluginOff = ruleOf('plugin-off');
export const secretInConfig = ruleOf('secret-in-config');

function ruleOf(id: ExtraConfigProblem['rule']): Rule {
  return { id, kind: 'safety', check: settings => problemsOf(settings).filter(({ rule }) => rule === id).map(({ message }) => message) };
}

const OF_SETTINGS = new WeakMap<Settings, ExtraConfigProblem[]>();

/** The gateways of one definition share one check. */
const checkedOnce = madeOnce(checkExtraConfig);

function problemsOf(settings: Settings): ExtraConfigProblem[] {
  let problems = OF_SETTINGS.get(settings);
  if (!problems) {
    const input = settings.extraConfig === undefined && !settings.namedModels.some(({ params }) => params) ? undefined : {
      rendered: renderConfig(settings),
      release: settings.release,
      plugins: settings.plugins,
      secretNames: settings.secretFiles.map(file => file.name),
      providerKeyNames: credentialsOf(settings).map(({ name }) => name),
      envNames: Object.keys(settings.envVariables),
      guarded: settings.guard !== undefined,
    };
    problems = input ? [
      ...checkOnce({ extra: settings.extraConfig, ...input }),
      ...settings.namedModels.flatMap(({ ref, params }) => params ? checkOnce({ ...input, ...asExtraConfig(ref, params) }) : []),
    ] : [];
    OF_SETTINGS.set(settings, problems);
  }
  return problems;
}

/** The params of a model are checked as if they were those of all models. */
function asExtraConfig(ref: string, params: Params): Pick<ExtraConfigInput, 'extra' | 'part'> {
  const at = ['agents', 'defaults', 'params'];
  return { extra: { agents: { defaults: { params: renderedParams(params) } } }, part: { name: `model '${ref}': params`, at } };
}

/** What JSON cannot hold is not told apart by it. */
function checkOnce(input: ExtraConfigInput): ExtraConfigProblem[] {
  return plainJson(input.extra).faults.length > 0 ? checkExtraConfig(input) : checkedOnce(input);
}
