import { compareReleases } from '../../release/compare';
import { firstReleaseWith } from '../../release/features';
import { factsName, isRead } from '../../release/nearest-release';
import { NEWEST_RELEASE } from '../../release/releases';
import { Rule } from '../rule';

export const versionUnsupported: Rule = {
  id: 'version-unsupported',
  kind: 'safety',
  check: ({ release, features, retries, allowedPatterns, chainPath, httpApi, plugins, slotModels }) => {
    const found: string[] = [];
    const name = factsName(release);
    if (retries > 0 && !features.providerRetries) {
      found.push(`OpenClaw ${name} does not let retries be chosen (chain '${chainPath}' asks for ${retries});`
        + ` leave retries out or use ${firstReleaseWith('providerRetries')} or newer`);
    }
    for (const { provider, pattern } of features.namespacePatterns ? [] : allowedPatterns) {
      if (pattern !== '*') {
        found.push(`OpenClaw ${name} does not accept patterns below a whole provider ('${provider.id}/${pattern}');`
          + ` list the models or use ${firstReleaseWith('namespacePatterns')} or newer`);
      }
    }
    if (slotModels.utility && !features.utilityModel) {
      found.push(`OpenClaw ${name} has no slot for modelSlots.utility '${slotModels.utility.ref}';`
        + ` leave it out or use ${firstReleaseWith('utilityModel')} or newer`);
    }
    if (httpApi && plugins.length > 0 && !features.memorySearchSection) {
      found.push(`OpenClaw ${name} leaves /v1/embeddings open to any model when both httpApi and plugins are on;`
        + ` leave one out or use ${firstReleaseWith('memorySearchSection')} or newer`);
    }
    return found;
  },
};

export const versionUntested: Rule = {
  id: 'version-untested',
  kind: 'notice',
  check: ({ release, catalog }) => {
    const treated = `it is treated as ${catalog.release}; update cdk8s-openclaw`;
    if (compareReleases(release, NEWEST_RELEASE) > 0) {
      return [`OpenClaw ${release} is newer than ${NEWEST_RELEASE}, the newest that this version of cdk8s-openclaw was validated with; ${treated}`];
    }
    return isRead(release) ? [] : [`OpenClaw ${release} is none of the versions that this version of cdk8s-openclaw has read; ${treated}`];
  },
};
