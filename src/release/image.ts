/** Whether an image is always the same: a digest, or a tag other than `latest`. */
export function isPinned(image: string): boolean {
  return image.includes('@sha256:') || !['latest', undefined].includes(tagOf(image));
}

/** An image's tag; undefined where it has none. */
export function tagOf(image: string): string | undefined {
  return /:([^/@]+)$/.exec(image)?.[1];
}
