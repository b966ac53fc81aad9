import { firstReleaseWith, isUntested, NEWEST_RELEASE } from '../../release/features';
import { Rule } from '../rule';

export const versionUnsupported: Rule = {
  id: 'version-unsupported',
  kind: 'safety',
  check: ({ release, features, retries, allowedPatterns, chainPath, httpApi, plugins, slotModels }) => {
    const found: string[] = [];
    if (retries > 0 && !features.providerRetries) {
      found.push(`OpenClaw ${release} does not let retries be chosen (chain '${chainPath}' asks for ${retries});`
        + ` leave retries out or use ${firstReleaseWith('providerRetries')} or newer`);
    }
    for (const { provider, pattern } of features.namespacePatterns ? [] : allowedPatterns) {
      if (pattern !== '*') {
        found.push(`OpenClaw ${release} knows no pattern below a whole provider ('${provider.id}/${pattern}');`
          + ` list the models or use ${firstReleaseWith('namespacePatterns')} or newer`);
      }
    }
    if (slotModels.utility && !features.utilityModel) {
      found.push(`OpenClaw ${release} has no slot for modelSlots.utility '${slotModels.utility.ref}';`
        + ` leave it out or use ${firstReleaseWith('utilityModel')} or newer`);
    }
    if (httpApi && plugins.length > 0 && !features.memorySearchSection) {
      found.push(`OpenClaw ${release} leaves /v1/embeddings open to any model when both httpApi and plugins are on;`
        + ` leave one out or use ${firstReleaseWith('memorySearchSection')} or newer`);
    }
    return found;
  },
};

export const versionUntested: Rule = {
  id: 'version-untested',
  kind: 'notice',
  check: ({ release }) => !isUntested(release) ? [] : [
    `OpenClaw ${release} is newer than ${NEWEST_RELEASE}, the newest that this version of cdk8s-openclaw was tested with; it is treated as that one`,
  ],
};
