import { ApiObject, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';

/*
 * What kplus has no word for, and what it writes though the API server does not keep it: `kubectl apply` would find a change each time.
 */

const POD = '/spec/template/spec';

/** To be called when the pod has its containers. */
export function patchDeployment(deployment: kplus.Deployment): void {
  ApiObject.of(deployment).addJsonPatch(
    // environment variables named after Services of the namespace could be taken for settings
    JsonPatch.add(`${POD}/enableServiceLinks`, false),
    JsonPatch.remove(`${POD}/hostNetwork`),
    JsonPatch.remove('/spec/minReadySeconds'),
    ...deployment.initContainers.flatMap((container, i) => quantities(`${POD}/initContainers/${i}`, container)),
    ...deployment.containers.flatMap((container, i) => quantities(`${POD}/containers/${i}`, container)),
  );
}

/** @param container the pod's first, which mounts the claim */
export function patchClaim(deployment: kplus.Deployment, container: kplus.Container, claim: kplus.Volume): void {
  const index = container.mounts.findIndex(({ volume }) => volume === claim);
  ApiObject.of(deployment).addJsonPatch(JsonPatch.remove(`${POD}/volumes/${index}/persistentVolumeClaim/readOnly`));
}

export function patchService(service: kplus.Service): void {
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
}

/** 2048Mi is kept as 2Gi, and 1000m as 1. */
function quantities(path: string, { resources: { cpu, memory } = {} }: kplus.Container): JsonPatch[] {
  const inPlace = (kind: string, value: string | undefined) => value === undefined ? [] : [JsonPatch.replace(`${path}/resources/${kind}`, kplus.k8s.Quantity.fromString(value))];
  return [
    ...inPlace('requests/cpu', wholeCpus(cpu?.request)),
    ...inPlace('limits/cpu', wholeCpus(cpu?.limit)),
    ...inPlace('requests/memory', wholeGibibytes(memory?.request)),
    ...inPlace('limits/memory', wholeGibibytes(memory?.limit)),
  ];
}

function wholeCpus(cpu: kplus.Cpu | undefined): string | undefined {
  const millis = /^(\d+)m$/.exec(cpu?.amount ?? '')?.[1];
  return Number(millis) % 1000 === 0 ? String(Number(millis) / 1000) : undefined;
}

function wholeGibibytes(memory: Size | undefined): string | undefined {
  const mebibytes = memory?.toMebibytes() ?? NaN;
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : undefined;
}
