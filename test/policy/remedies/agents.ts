import { Chart } from 'cdk8s';
import { keysFor, OLD, Props, RuleRemedies } from './remedy';
import { AgentOptions, ModelAllowlist, ModelInput, OpenClawDeploymentProps, PluginPackage, Provider } from '../../../src/index';
import { GPT, newChain, SONNET } from '../../support/gateway';

const { ANTHROPIC, GOOGLE, OPENAI } = Provider;
const GEMINI = GOOGLE.model('gemini-2.5-pro');
const MINI = OPENAI.model('gpt-5.4-mini', { input: [ModelInput.TEXT, ModelInput.IMAGE] });
const ALL = [SONNET, GPT, GEMINI];

const all = (chart: Chart) => new ModelAllowlist(chart, 'All', { models: ALL });

/** A gateway with an agent that has a chain of its own. */
function withCoder(chart: Chart, options: AgentOptions = {}, props: Props = {}): Props {
  return {
    providerSecrets: keysFor(chart, [ANTHROPIC, OPENAI, GOOGLE]),
    agents: { coder: { chain: newChain(chart, [GEMINI, GPT], 'Coder'), ...options } },
    ...props,
  };
}

const bound = (...channels: string[]) => (plugins: string[], extraConfig?: OpenClawDeploymentProps['extraConfig']) => (chart: Chart) =>
  withCoder(chart, { bindings: channels.map(each => ({ channel: each.split(':')[0], accountId: each.split(':')[1] })) }, { plugins, extraConfig });

const accounts = (...ids: string[]) => ({ channels: { telegram: { accounts: Object.fromEntries(ids.map(id => [id, {}])) } } });

export const AGENTS: RuleRemedies = {
  'agent-isolation-unsupported': [{
    wrong: chart => withCoder(chart, {}, { version: OLD }),
    remedies: {
      'render one gateway per agent': () => ({ version: OLD }),
      'use 2026.8.1 or newer': chart => withCoder(chart),
      'give agents.coder.allowlist and the gateway the same ModelAllowlist': chart => {
        const allowlist = all(chart);
        return withCoder(chart, { allowlist }, { version: OLD, allowlist });
      },
    },
  }],
  'binding-unusable': [
    { wrong: bound('telegram')([]), remedies: { "add 'telegram' to 'plugins'": bound('telegram')(['telegram']) } },
    { wrong: bound('telegrm')(['telegram']), remedies: { "did you mean 'telegram'?": bound('telegram')(['telegram']) } },
    { wrong: bound('carrier-pigeon')(['telegram']), remedies: { 'remove it': bound()(['telegram']) } },
    {
      wrong: bound('slack')(['telegram']),
      remedies: {
        'remove it': bound()(['telegram']),
        "add PluginPackage.official('slack') to 'pluginPackages'": chart => ({ ...bound('slack')(['telegram'])(chart), pluginPackages: [PluginPackage.official('slack')] }),
      },
    },
    { wrong: bound('telegram:codr')(['telegram'], accounts('coder')), remedies: { "did you mean 'coder'?": bound('telegram:coder')(['telegram'], accounts('coder')) } },
    { wrong: bound('telegram:work')(['telegram'], accounts()), remedies: { 'leave accountId out': bound('telegram')(['telegram'], accounts()) } },
    { wrong: bound('telegram', 'telegram')(['telegram']), remedies: { 'remove one of them': bound('telegram')(['telegram']) } },
  ],
  'slot-outside-allowlist': [{
    wrong: chart => withCoder(chart, {}, { modelSlots: { image: MINI } }),
    remedies: {
      'add it to an allowlist in agents.coder.allowlist': chart => withCoder(chart, { allowlist: new ModelAllowlist(chart, 'All', { models: [...ALL, MINI] }) }, { modelSlots: { image: MINI } }),
      'leave the slot out': chart => withCoder(chart),
    },
  }],
  'slot-unfit': [{
    wrong: chart => withCoder(chart, {}, { modelSlots: { pdf: GPT } }),
    remedies: {
      'leave the slot out': chart => withCoder(chart),
      'give every agent the same allowlist': chart => {
        const allowlist = all(chart);
        return withCoder(chart, { allowlist }, { allowlist, modelSlots: { pdf: GPT } });
      },
    },
  }],
};
