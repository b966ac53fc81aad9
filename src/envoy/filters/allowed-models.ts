import { namesModel } from '../../models/wire-facts';
import { GuardedCall, GuardedProvider } from '../guarded-provider';
import { MODEL_HEADER } from '../headers';
import { exactly, extension, header, Message, policy, rbac, RBAC_TYPE } from '../messages';

export const ALLOWED_MODELS = 'allowed-models';

/** Without a policy of a route nothing is allowed. */
export const allowedModels: Message = {
  name: ALLOWED_MODELS,
  typed_config: extension(RBAC_TYPE, rbac('ALLOW', {})),
};

/** A policy for each model of a call, named after it. */
export function allowedModelsOfRoute(provider: GuardedProvider, calls: GuardedCall[]): Message {
  const rules = new Map<string, Message[]>();
  for (const call of calls) {
    for (const model of call.models) {
      const name = policyOf(provider, model);
      const rule = namesModel(call.path) ? inPath(provider, call, model) : header(MODEL_HEADER, exactly(model));
      rules.set(name, [...rules.get(name) ?? [], rule]);
    }
  }
  const policies = Object.fromEntries([...rules].map(([name, alternatives]) => [name, policy(alternatives)]));
  return extension(`${RBAC_TYPE}PerRoute`, { rbac: rbac('ALLOW', policies) });
}

/** The name of a model's policy: a dot would break its extraction as a label. */
export function policyOf({ id }: { readonly id: string }, model: string): string {
  return `${id}/${model}`.replace(/\./g, '_');
}

/** The whole path: what else it held, a provider or a proxy before it might read as another model. Which queries may follow, the route knows. */
function inPath({ id }: GuardedProvider, { base, path }: GuardedCall, model: string): Message {
  return { url_path: { path: { exact: `/${id}${base}${path.replace('{model}', model)}` } } };
}
