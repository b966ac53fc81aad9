import { ApiObjectMetadata, Chart, Names } from 'cdk8s';
import { Construct } from 'constructs';
import { isObjectName } from '../input/kubernetes-names';

/**
 * A name for an object whose ids, as those of secrets do (`TELEGRAM_BOT_TOKEN`), hold what Kubernetes takes in no name. It has a hash also where the
 * chart leaves hashes out, by which `BOT_TOKEN` and `BOT-TOKEN` differ.
 */
export function metadataOf(scope: Construct, id: string): ApiObjectMetadata | undefined {
  if (Chart.of(scope).generateObjectName !== Chart.prototype.generateObjectName) return undefined;
  const name = Names.toDnsLabel(scope, { extra: [id] });
  return isObjectName(name) ? undefined : { name: name.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '') };
}
