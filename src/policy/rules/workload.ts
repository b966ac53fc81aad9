import { Size, SizeRoundingBehavior } from 'cdk8s';
import { HEAP_SHARE, MEMORY_AT_REST_MEBIBYTES } from '../../guard/guard-limits';
import { isPinned, tagOf } from '../../release/image';
import { factsName } from '../../release/nearest-release';
import { Rule } from '../rule';

export const memoryTooSmall: Rule = {
  id: 'memory-too-small',
  kind: 'judgement',
  check: ({ resources: { memory = {} }, features, release, guard }) => {
    const floors = { request: features.memoryRequestMebibytes, limit: features.memoryLimitMebibytes };
    const needed = guard ? Math.ceil((MEMORY_AT_REST_MEBIBYTES + 2 * inMebibytes(guard.bodyLimit)) / HEAP_SHARE) : 0;
    return [
      ...(['request', 'limit'] as const).filter(key => memory[key] && inMebibytes(memory[key]) < floors[key]).map(key =>
        `resources.memory.${key} is ${inMebibytes(memory[key]!)} MiB; OpenClaw ${factsName(release)} needs at least ${floors[key]} MiB`),
      ...guard && inMebibytes(guard.memoryLimit) < needed ? [
        `resources.memory.limit of guard is ${inMebibytes(guard.memoryLimit)} MiB; with bodies of ${inMebibytes(guard.bodyLimit)} MiB it needs at least ${needed} MiB`,
      ] : [],
    ];
  },
};

export const imageNotPinned: Rule = {
  id: 'image-not-pinned',
  kind: 'judgement',
  check: ({ image, release, guard, backup, packages }) => [
    ...isPinned(image) ? [] : [`image ${unpinned(image)}; name a version ('…:${release}-slim') or a digest`],
    ...guard ? unpinnedImage('of guard', guard.image) : [],
    ...backup?.upload ? unpinnedImage('of backup.upload', backup.upload.image) : [],
    ...[...new Set(packages.flatMap(({ place }) => place.image ?? []))].flatMap(each => unpinnedImage('of pluginPackages', each)),
  ],
};

export const imageOtherVersion: Rule = {
  id: 'image-other-version',
  kind: 'judgement',
  check: ({ image, release }) => {
    const [other] = /20\d\d\.\d+\.\d+(-\d+(?![\w.]))?/.exec(tagOf(image) ?? '') ?? [release];
    return other === release ? [] : [
      `image '${image}' has OpenClaw ${other}, but version is ${release}; each version accepts another configuration: name the same version in both`,
    ];
  },
};

export const claimShared: Rule = {
  id: 'claim-shared',
  kind: 'safety',
  check: ({ claimSharedWith }) => claimSharedWith === undefined ? [] : [
    `the claim of state is already used by '${claimSharedWith}'; give each gateway its own claim (two gateways on one state destroy it)`,
  ],
};

/** What is wrong with the image of a container besides OpenClaw's and the guard's. */
export function unpinnedImage(what: string, image: string): string[] {
  return isPinned(image) ? [] : [`image ${what} ${unpinned(image)}; name a version or a digest`];
}

function unpinned(image: string): string {
  const tag = tagOf(image);
  return `'${image}' has ${tag ? `the tag '${tag}', which may move` : 'no tag'}`;
}

function inMebibytes(size: Size): number {
  return size.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR });
}
