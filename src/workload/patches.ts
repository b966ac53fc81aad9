import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';

/*
 * What kplus has no word for, and what it writes though the API server does not keep it: `kubectl apply` would find a change each time.
 */

export function patchDeployment(deployment: kplus.Deployment): void {
  ApiObject.of(deployment).addJsonPatch(
    // environment variables named after Services of the namespace could be taken for settings
    JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
    JsonPatch.remove('/spec/template/spec/hostNetwork'),
    JsonPatch.remove('/spec/minReadySeconds'),
  );
}

/** @param container the pod's first, which mounts the claim */
export function patchClaim(deployment: kplus.Deployment, container: kplus.Container, claim: kplus.Volume): void {
  const index = container.mounts.findIndex(({ volume }) => volume === claim);
  ApiObject.of(deployment).addJsonPatch(JsonPatch.remove(`/spec/template/spec/volumes/${index}/persistentVolumeClaim/readOnly`));
}

export function patchService(service: kplus.Service): void {
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
}
