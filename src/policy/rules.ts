import { Rule } from './rule';
import { agentIsolationUnsupported, bindingUnusable } from './rules/agent-rules';
import { budgetModelUnknown, budgetModelUnpriced, budgetParamRefused, budgetTooSmall } from './rules/budgets';
import { chainDuplicate } from './rules/chain-duplicate';
import { chainOutsideAllowlist } from './rules/chain-outside-allowlist';
import { chainSingleProvider } from './rules/chain-single-provider';
import { contextWindowTight, contextWindowTooSmall } from './rules/context-window';
import { environmentReserved, keyInEnvironment } from './rules/environment';
import { exposureClosed, exposureInsecure, exposureProxyConflict, exposureProxyUnknown } from './rules/exposure';
import { configMalformed, configRefused, configUnknownKey, governedPath, pluginOff, secretInConfig } from './rules/extra-config';
import { guardEnvironmentUnused, guardKeyExposed, guardOptionSpare, guardOptionUnused, guardPatternEmpty, guardProviderUnsupported, guardUserShared } from './rules/guard';
import { awsCredentialsNeedGuard, providerKeyDuplicate, providerKeysUnused, providerKeyMissing, providerKeyShared, providerKeyUnused } from './rules/keys-of-providers';
import { modelAliasTaken } from './rules/model-alias-taken';
import { modelConflict } from './rules/model-conflict';
import { modelDeprecated } from './rules/model-deprecated';
import { modelIdMalformed } from './rules/model-id-malformed';
import { modelParamsUnread } from './rules/model-params-unread';
import { modelPatternMalformed } from './rules/model-pattern-malformed';
import { modelTierMissing } from './rules/model-tier-missing';
import { modelTooExpensive } from './rules/model-too-expensive';
import { modelUnknown } from './rules/model-unknown';
import { ciliumEgressUnused, networkClosesPlugins } from './rules/network';
import { pluginPackageUnfit, pluginPackageUnpinned } from './rules/plugin-packages';
import { pluginRemembers, pluginUnknown } from './rules/plugin-unknown';
import { providerConflict } from './rules/provider-conflict';
import { providerIdTaken } from './rules/provider-id-taken';
import { providerUnreachable } from './rules/provider-unreachable';
import { providerUrlInsecure, providerUrlUnencrypted } from './rules/provider-url-insecure';
import { versionUnsupported, versionUntested } from './rules/release';
import { safetyRefusalModel } from './rules/safety-refusal-model';
import { secretPlainText } from './rules/secret-plain-text';
import { referenceOtherNamespace, secretNameTaken, secretOtherNamespace } from './rules/secret-references';
import { secretTextShown } from './rules/secret-texts';
import { embeddingsExposed, slotOutsideAllowlist, slotUnfit } from './rules/slot-models';
import { textInterpreted } from './rules/text-interpreted';
import { toolSecretUnknown } from './rules/tool-secrets';
import { urlUnreachable } from './rules/url-unreachable';
import { claimShared, imageNotPinned, imageOtherVersion, memoryTooSmall } from './rules/workload';
import { workspaceAgentUnknown, workspaceElsewhere } from './rules/workspace-agents';

/** Every rule, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [
  modelIdMalformed, modelUnknown, modelDeprecated, modelTierMissing, contextWindowTooSmall, contextWindowTight,
  modelConflict, modelAliasTaken, modelParamsUnread, modelPatternMalformed, modelTooExpensive,
  chainOutsideAllowlist, chainDuplicate, chainSingleProvider, slotOutsideAllowlist, slotUnfit, embeddingsExposed,
  agentIsolationUnsupported, bindingUnusable,
  providerConflict, providerIdTaken, providerUrlInsecure, providerUrlUnencrypted, providerUnreachable,
  providerKeyMissing, providerKeyUnused, providerKeyDuplicate, providerKeysUnused, awsCredentialsNeedGuard, providerKeyShared,
  guardProviderUnsupported, guardOptionUnused, guardOptionSpare, guardKeyExposed, guardUserShared, guardEnvironmentUnused, guardPatternEmpty,
  budgetModelUnpriced, budgetTooSmall, budgetModelUnknown, budgetParamRefused,
  secretPlainText, secretInConfig, secretOtherNamespace, secretNameTaken, secretTextShown, toolSecretUnknown, keyInEnvironment, environmentReserved,
  exposureInsecure, exposureProxyUnknown, exposureProxyConflict, exposureClosed, networkClosesPlugins, urlUnreachable, ciliumEgressUnused,
  governedPath, configMalformed, configUnknownKey, configRefused, pluginOff, pluginUnknown, pluginRemembers,
  pluginPackageUnfit, pluginPackageUnpinned,
  versionUnsupported, versionUntested, memoryTooSmall, imageNotPinned, imageOtherVersion, claimShared, referenceOtherNamespace,
  workspaceAgentUnknown, workspaceElsewhere, textInterpreted,
  safetyRefusalModel,
];

export function ruleOf(id: unknown): Rule | undefined {
  return RULES.find(rule => rule.id === id);
}

/** Whether `acknowledge` may silence a rule. */
export function mayBeAcknowledged({ kind, acknowledgeable = kind === 'judgement' }: Rule): boolean {
  return acknowledgeable;
}
