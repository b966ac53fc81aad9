import { compareReleases } from '../../release/compare';
import { Features, firstReleaseWith } from '../../release/features';
import { factsName, isRead } from '../../release/nearest-release';
import { NEWEST_RELEASE } from '../../release/releases';
import { AgentSettings } from '../../settings/agents';
import { eachAgent } from '../each-agent';
import { Rule } from '../rule';

export const versionUnsupported: Rule = {
  id: 'version-unsupported',
  kind: 'safety',
  check: settings => {
    const { release, features, httpApi, plugins, backup } = settings;
    const name = factsName(release);
    return [
      ...eachAgent(settings, agent => unsupportedOf(agent, features, name)),
      ...httpApi && plugins.length > 0 && !features.memorySearchSection ? [
        `OpenClaw ${name} leaves /v1/embeddings open to any model when both httpApi and plugins are on;`
          + ` leave one out or use ${firstReleaseWith('memorySearchSection')} or newer`,
      ] : [],
      ...backup && !features.completeBackups ? [
        `OpenClaw ${name} leaves conversations out of its backups and says that they are complete; leave backup out and copy the volume as docs/operations.md`
          + ` describes, or use ${firstReleaseWith('completeBackups')} or newer`,
      ] : [],
    ];
  },
};

function unsupportedOf({ retries, chainPath, allowedPatterns, slotModels, slotsProp }: AgentSettings, features: Features, name: string): string[] {
  return [
    ...retries > 0 && !features.providerRetries ? [
      `OpenClaw ${name} does not let retries be chosen (chain '${chainPath}' asks for ${retries});`
        + ` leave retries out or use ${firstReleaseWith('providerRetries')} or newer`,
    ] : [],
    ...allowedPatterns.filter(({ pattern }) => pattern !== '*' && !features.namespacePatterns).map(({ provider, pattern }) =>
      `OpenClaw ${name} does not accept patterns below a whole provider ('${provider.id}/${pattern}');`
        + ` list the models or use ${firstReleaseWith('namespacePatterns')} or newer`),
    ...slotModels.utility && !features.utilityModel ? [
      `OpenClaw ${name} has no slot for ${slotsProp}.utility '${slotModels.utility.ref}';`
        + ` leave it out or use ${firstReleaseWith('utilityModel')} or newer`,
    ] : [],
  ];
}

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
