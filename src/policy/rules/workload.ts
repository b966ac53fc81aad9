import { Size, SizeRoundingBehavior } from 'cdk8s';
import { isPinned, tagOf } from '../../release/image';
import { Rule } from '../rule';

export const memoryTooSmall: Rule = {
  id: 'memory-too-small',
  kind: 'judgement',
  check: ({ memory, features, release }) => {
    const floors = { request: Math.min(1024, features.memoryFloorMebibytes), limit: features.memoryFloorMebibytes };
    return (['request', 'limit'] as const).filter(key => memory[key] && inMebibytes(memory[key]) < floors[key]).map(key =>
      `resources.memory.${key} is ${inMebibytes(memory[key]!)} MiB; OpenClaw ${release} needs at least ${floors[key]} MiB`);
  },
};

export const imageNotPinned: Rule = {
  id: 'image-not-pinned',
  kind: 'judgement',
  check: ({ image, release }) => {
    if (isPinned(image)) return [];
    const tag = tagOf(image);
    return [`image '${image}' has ${tag ? `the moving tag '${tag}'` : 'no tag'}; name a release ('…:${release}-slim') or a digest`];
  },
};

export const claimShared: Rule = {
  id: 'claim-shared',
  kind: 'safety',
  check: ({ claimSharedWith }) => claimSharedWith === undefined ? [] : [
    `stateClaim is also that of '${claimSharedWith}'; give each gateway a claim of its own (two gateways on one state destroy it)`,
  ],
};

function inMebibytes(size: Size): number {
  return size.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR });
}
