import { allOf, anyOf, exactly, extension, header, learnt, Message, not, policy, PRESENT, rbac } from '../envoy';
import { MODEL_HEADER } from './read-fields';
import { GuardedCall, GuardedProvider } from '../plan';

export const ALLOWED_MODELS = 'allowed-models';

/** Without a policy of a route nothing is allowed. */
export const allowedModels: Message = {
  name: ALLOWED_MODELS,
  typed_config: extension('filters.http.rbac.v3.RBAC', rbac('ALLOW', {})),
};

/** A policy for each model of a call, named after it. */
export function allowedModelsOfRoute(provider: GuardedProvider, calls: GuardedCall[]): Message {
  const rules = new Map<string, Message[]>();
  for (const { path, models } of calls) {
    for (const model of models) {
      const name = `${provider.id}/${model}`.replace(/\./g, '_'); // a dot would break the name's extraction as a label
      const rule = namesModel(path) ? inPath(provider, path, model) : learnt('model', exactly(model));
      rules.set(name, [...rules.get(name) ?? [], rule]);
    }
  }
  const policies = Object.fromEntries([...rules].map(([name, alternatives]) => [name, policy(alternatives)]));
  return extension('filters.http.rbac.v3.RBACPerRoute', { rbac: rbac('ALLOW', policies) });
}

/** Whether a path, rather than the body, says which model is called. */
export function namesModel(path: string): boolean {
  return path.includes('{model}');
}

function inPath({ id, base, wire }: GuardedProvider, path: string, model: string): Message {
  const whole = `/${id}${base}${path.replace('{model}', model)}`;
  const paths = [whole, ...wire.queries.map(query => `${whole}?${query}`)];
  return allOf(not(header(MODEL_HEADER, PRESENT)), anyOf(...paths.map(each => header(':path', exactly(each)))));
}
