import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';

/** A value in a Secret, and the objects of the External Secrets Operator that bring it there. */
export interface RenderedSecret extends kplus.SecretValue {
  /**
   * The ExternalSecret that writes the Secret.
   * @default - none: the Secret exists already, or the manifests contain it
   */
  readonly externalSecret?: ApiObject;

  /**
   * The generator (`Password`) that makes the value up.
   * @default - none: the value is not generated
   */
  readonly generator?: ApiObject;
}

/** A further entry of the Secret, made from the value. @internal */
export interface DerivedEntry {
  readonly key: string;
  text(value: string): string;
}
