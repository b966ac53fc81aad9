import { ModelFacts } from '../../models/resolve-models';
import { routerOf } from '../../models/routers';
import { namesModel, WIRE_FACTS } from '../../models/wire-facts';
import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const modelIdMalformed: Rule = {
  id: 'model-id-malformed',
  kind: 'safety',
  check: settings => [
    ...settings.namedModels.flatMap(model => problemOf(model) ?? []),
    ...eachAgent(settings, ({ slotModels: { memoryEmbeddings: model } }) => model ? [problemOf(model)].flatMap(problem => problem ?? []) : []),
  ],
};

/** What is wrong with the form of a model's id. */
export function problemOf({ id, provider, ref }: ModelFacts): string | undefined {
  const where = `model '${ref.replace(/[\0-\x1f\x7f]/g, letter => JSON.stringify(letter).slice(1, -1))}'`;
  if (/\s/.test(id)) return `${where} has white space in its id; write ${/\s/.test(id.trim()) ? 'ids as the provider does' : `'${id.trim()}'`}`;
  if (id.includes('*')) return `${where} has a star in its id; use pattern() in an allowlist for several models`;
  if (/[^\x21-\x7e]|\$\{/.test(id)) return `${where} has a character in its id that no provider uses; write ids as the provider does`;
  if (/@(?!\d{8}$|i?q\d|\d+bit$)[^/]*$/.test(id)) return `${where} has an '@' in its id, after which OpenClaw expects an auth profile; write the id without it`;
  const inPath = WIRE_FACTS[provider.api].answers.some(namesModel);
  const stray = inPath && /[?#%\\]/.exec(id);
  if (stray) return `${where} has a '${stray[0]}' in its id, with which it is no part of a path; write ids as the provider does`;
  const segments = id.split('/');
  if (inPath && segments.length > 1 && ['models', 'tunedModels'].includes(segments[0])) {
    return `${where} begins with '${segments[0]}/', which OpenClaw takes for a part of the path; ${segments[0] === 'models' ? `write model('${segments.slice(1).join('/')}')` : 'name a model of the provider'}`;
  }
  if (segments.includes('')) return `${where} has an empty part in its id; write ids as the provider does`;
  const router = routerOf(provider._facts, id);
  if (router) return `${where} lets ${router} choose the model; name one`;
  const { company, traits: { companyInId, lowerCaseIds } } = provider._facts;
  if (companyInId === 'unknown') return undefined;
  if (segments[0] === provider.id && segments.length > (companyInId === 'never' ? 1 : 2)) {
    return `${where} names its provider twice; write model('${segments.slice(1).join('/')}')`;
  }
  if (segments.length > 1 && companyInId === 'never') {
    return `${where} has a prefix that ${provider.id} does not know; write model('${segments[segments.length - 1]}')`;
  }
  if (segments.length === 1 && companyInId === 'always') {
    return `${where} lacks its company; ${company} writes ids as '<company>/<model>', for example 'anthropic/claude-sonnet-4.6'`;
  }
  return lowerCaseIds && id !== id.toLowerCase() ? `${where} has capital letters; write model('${id.toLowerCase()}')` : undefined;
}
