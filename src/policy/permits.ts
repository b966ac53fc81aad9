import { Route } from '../models/resolve-models';

/** Whether an agent's allowlist permits a model for an answer. */
export function permits({ allowedModels, allowedPatterns }: Route, ref: string): boolean {
  return allowedModels.some(model => model.ref === ref) || allowedPatterns.some(pattern => pattern.matches(ref));
}
