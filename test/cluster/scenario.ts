import { Namespace } from './namespace';

/** A test that, when it fails, shows what there is in the namespaces that the suite has made. */
export function scenario(title: string, body: () => Promise<void>, timeoutMs: number): void {
  test(title, async () => {
    try {
      await body();
    } catch (error) {
      if (error instanceof Error) error.message += `\n\n${await Namespace.describeAll()}`;
      throw error;
    }
  }, timeoutMs);
}
