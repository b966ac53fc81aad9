import { Duration, Size } from 'cdk8s';
import { Budget } from './budget';
import { ContainerResources } from '../input/container-resources';
import { SecretSource } from '../secrets/secret-source';

/** How a guard runs and how patient it is. */
export interface ModelGuardOptions {
  /**
   * Envoy's image, with a tag or a digest, for example from a registry of your own. It must hold bash.
   * @default docker.io/envoyproxy/envoy:v1.40.0
   */
  readonly image?: string;

  /**
   * How long connecting to a provider may take, from 100 milliseconds to 1800 seconds; after two attempts the next model is tried. A kept connection of HTTP/2
   * that does not answer a ping for as long is given up.
   * @default Duration.millis(1750)
   */
  readonly connectTimeout?: Duration;

  /**
   * How long a provider may take until its answer begins, in whole seconds up to 1800.
   * @default - as long as the gateway waits for that provider, at least 120 seconds
   */
  readonly firstByteTimeout?: Duration;

  /**
   * How long a provider may stay silent in the middle of an answer, in whole seconds up to 1800.
   * @default - as long as the gateway waits for that provider, at least 120 seconds
   */
  readonly idleTimeout?: Duration;

  /**
   * The largest request that is let through, from 1 to 64 MiB.
   * @default Size.mebibytes(16)
   */
  readonly bodyLimit?: Size;

  /**
   * What the guard's container requests and may use; what is left out is as by default. Three quarters of the memory's limit are for requests under way.
   * @default - 20m CPU, 96 MiB memory, at most 512 MiB
   */
  readonly resources?: ContainerResources;

  /**
   * How many requests a minute are let through, by the provider's id: 1 to 1,000,000. Beyond it the next model answers. Each pod of the guard
   * counts for itself, answers and embeddings apart.
   * @default - any number
   */
  readonly requestsPerMinute?: { [provider: string]: number };

  /**
   * The certificate authority of a provider inside the company, by the provider's id: certificates in PEM, without keys. They take the place of the public
   * ones.
   * @default - the public ones
   */
  readonly certificateAuthorities?: { [provider: string]: string };

  /**
   * What the gateway's calls of models may cost at most. For `ModelGuard.sidecar()`: what was spent is on a volume of the guard's own.
   * @default - any amount
   */
  readonly budgets?: Budget[];
}

/** A guard in pods of its own. */
export interface ModelGuardPodOptions extends ModelGuardOptions {
  /**
   * The credential by which the guard knows its gateway. An existing Secret must also hold, under `<key>.json`, what
   * docs/security.md shows.
   * @default SecretSource.generated()
   */
  readonly caller?: SecretSource;
}
