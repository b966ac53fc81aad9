import { ModelApi } from '../../models/model-api';
import { ModelFacts } from '../../models/resolve-models';
import { Rule } from '../rule';

export const modelIdMalformed: Rule = {
  id: 'model-id-malformed',
  kind: 'safety',
  check: ({ namedModels, slotModels: { memoryEmbeddings } }) =>
    [...namedModels, ...memoryEmbeddings ? [memoryEmbeddings] : []].flatMap(model => problemOf(model) ?? []),
};

/** What is wrong with the form of a model's id. */
export function problemOf({ id, provider, ref }: ModelFacts): string | undefined {
  const where = `model '${ref.replace(/[\0-\x1f\x7f]/g, letter => JSON.stringify(letter).slice(1, -1))}'`;
  if (/\s/.test(id)) return `${where} has white space in its id; write ${/\s/.test(id.trim()) ? 'ids as the provider does' : `'${id.trim()}'`}`;
  if (id.includes('*')) return `${where} has a star in its id; use pattern() in an allowlist for several models`;
  if (/[^\x21-\x7e]|\$\{/.test(id)) return `${where} has a character in its id that no provider uses; write ids as the provider does`;
  if (/@(?!\d{8}$|i?q\d|\d+bit$)[^/]*$/.test(id)) return `${where} has an '@' in its id, after which OpenClaw expects an auth profile; write the id without it`;
  const stray = provider.api === ModelApi.GOOGLE_GENERATIVE_AI && /[?#%\\]/.exec(id);
  if (stray) return `${where} has a '${stray[0]}' in its id, with which it is no part of a path; write ids as the provider does`;
  const segments = id.split('/');
  if (provider.api === ModelApi.GOOGLE_GENERATIVE_AI && segments.length > 1 && ['models', 'tunedModels'].includes(segments[0])) {
    return `${where} begins with '${segments[0]}/', which OpenClaw takes for a part of the path; ${segments[0] === 'models' ? `write model('${segments.slice(1).join('/')}')` : 'name a model of the provider'}`;
  }
  if (segments.includes('')) return `${where} has an empty part in its id; write ids as the provider does`;
  const { kind, namespacedIds } = provider._facts;
  if (kind !== 'official') return undefined;
  if (segments[0] === provider.id && segments.length > (namespacedIds ? 2 : 1)) {
    return `${where} names its provider twice; write model('${segments.slice(1).join('/')}')`;
  }
  if (segments.length > 1 && !namespacedIds) {
    return `${where} has a prefix that ${provider.id} does not know; write model('${segments[segments.length - 1]}')`;
  }
  return provider.id === 'openrouter' ? openRouterProblemOf(where, id) : undefined;
}

/**
 * Ids for which OpenRouter chooses the model, today or later: its own routers, a router of another company, presets, and the newest of a family.
 *
 * @see https://openrouter.ai/docs/guides/routing/routers/auto-router
 * @see https://openrouter.ai/docs/guides/features/presets
 */
const OPENROUTER_CHOOSES = /^(openrouter\/|switchpoint\/router|~|@preset\/)|^auto(:|$)|@preset\//i;

function openRouterProblemOf(where: string, id: string): string | undefined {
  if (OPENROUTER_CHOOSES.test(id)) return `${where} lets OpenRouter choose the model; name one`;
  if (!id.includes('/')) return `${where} lacks its company; OpenRouter writes ids as '<company>/<model>', for example 'anthropic/claude-sonnet-4.6'`;
  return id === id.toLowerCase() ? undefined : `${where} has capital letters; write model('${id.toLowerCase()}')`;
}
