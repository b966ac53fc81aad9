import { Settings } from '../../config/settings';
import { ModelFacts } from '../../models/resolve';
import { Rule } from '../rule';

/** Providers whose model ids are `<company>/<model>`. */
const NAMESPACED = ['openrouter', 'groq'];

export const modelIdMalformed: Rule = {
  id: 'model-id-malformed',
  kind: 'safety',
  check: settings => namedModels(settings).flatMap(model => problemOf(model) ?? []),
};

/** The models that the caller named, each once. */
export function namedModels({ chain, allowedModels }: Settings): ModelFacts[] {
  return [...new Map([...chain, ...allowedModels].map(model => [model.ref, model])).values()];
}

/** What is wrong with the form of a model's id. */
export function problemOf({ id, provider, ref }: ModelFacts): string | undefined {
  const where = `model '${ref}'`;
  const bare = id.replace(/\s/g, '');
  if (bare !== id) return `${where} has white space in its id; write '${bare}'`;
  if (id.includes('*')) return `${where} has a star in its id; use pattern() in an allowlist for several models`;
  const [first, ...rest] = id.split('/');
  const inner = rest.join('/');
  if (id.split('/').some(segment => segment === '')) return `${where} has an empty part in its id; write ids as the provider does`;
  if (rest.length > 0 && first === provider.id && !(provider.id === 'openrouter' && rest.length === 1)) {
    return `${where} names its provider twice; write model('${inner}')`;
  }
  if (rest.length > 0 && provider._facts.kind === 'official' && !NAMESPACED.includes(provider.id)) {
    return `${where} has a prefix that ${provider.id} does not know; write model('${id.split('/').pop()}')`;
  }
  if (provider.id === 'openrouter' && rest.length === 0 && id !== 'auto') {
    return `${where} lacks its company; OpenRouter writes ids as '<company>/<model>', for example 'anthropic/claude-sonnet-4.6'`;
  }
  if (provider.id === 'openrouter' && id !== id.toLowerCase()) return `${where} has capital letters; write model('${id.toLowerCase()}')`;
  return undefined;
}
