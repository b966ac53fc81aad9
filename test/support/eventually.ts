/** Turns a condition that must come true into a fact to wait for. */
export async function eventually<T>(
  what: string, look: () => T | undefined | false | Promise<T | undefined | false>, timeoutMs = 30_000, everyMs = 25,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}
