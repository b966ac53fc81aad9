import { ApiObjectMetadata, Names } from 'cdk8s';
import { Construct } from 'constructs';
import { isObjectName } from '../input/kubernetes-names';

/** A name of its own for an object whose ids, as those of secrets do (`TELEGRAM_BOT_TOKEN`), hold what Kubernetes takes in no name. */
export function metadataOf(scope: Construct, id: string): ApiObjectMetadata | undefined {
  const name = Names.toDnsLabel(scope, { extra: [id] });
  return isObjectName(name) ? undefined : { name: name.replace(/[^a-z0-9]+/g, '-').replace(/^-/, '') };
}
