/** Whether an image is always the same: a digest, or a tag with a version, a date or a commit in it. OpenClaw's `slim`, `main` and the like move. */
export function isPinned(image: string): boolean {
  return image.includes('@sha256:') || /\d\.\d|\d{6}|[0-9a-f]{7}/.test(tagOf(image) ?? '');
}

/** An image's tag; undefined where it has none. */
export function tagOf(image: string): string | undefined {
  return /:([^/@]+)$/.exec(image)?.[1];
}
