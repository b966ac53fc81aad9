import { Settings } from '../settings/settings';

/** Whether a gateway's allowlist permits a model for an answer. */
export function permits({ allowedModels, allowedPatterns }: Settings, ref: string): boolean {
  return allowedModels.some(model => model.ref === ref) || allowedPatterns.some(pattern => pattern.matches(ref));
}
