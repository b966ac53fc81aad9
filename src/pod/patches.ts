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

/** To be called for a container that joins a patched pod. */
export function patchContainer(deployment: kplus.Deployment, path: string, container: kplus.Container): void {
  ApiObject.of(deployment).addJsonPatch(...quantities(path, container));
}

/** Containers start in their order, each when the image of the one before is there. To be called when all else is patched. */
export function startFirst(deployment: kplus.Deployment, container: kplus.Container): void {
  const index = deployment.containers.indexOf(container);
  ApiObject.of(deployment).addJsonPatch(JsonPatch.move(`${POD}/containers/${index}`, `${POD}/containers/0`));
}

/**
 * The JSON pointer of a container in the manifest of its Deployment.
 *
 * @param first the container that `startFirst` moved
 */
export function containerPath(deployment: kplus.Deployment, container: kplus.Container, first?: kplus.Container): string | undefined {
  const written = [...first ? [first] : [], ...deployment.containers.filter(each => each !== first)];
  const [init, main] = [deployment.initContainers.indexOf(container), written.indexOf(container)];
  if (init >= 0) return `${POD}/initContainers/${init}`;
  return main >= 0 ? `${POD}/containers/${main}` : undefined;
}

/** @param container the pod's first, which mounts the claim */
export function patchClaim(deployment: kplus.Deployment, container: kplus.Container, claim: kplus.Volume): void {
  const index = container.mounts.findIndex(({ volume }) => volume === claim);
  ApiObject.of(deployment).addJsonPatch(JsonPatch.remove(`${POD}/volumes/${index}/persistentVolumeClaim/readOnly`));
}

export function patchService(service: kplus.Service): void {
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
}

/** 1024Gi is kept as 1Ti. */
export function patchStorage(claim: kplus.PersistentVolumeClaim, size: Size): void {
  const kept = keptSize(size);
  if (kept?.endsWith('Ti')) ApiObject.of(claim).addJsonPatch(JsonPatch.replace('/spec/resources/requests/storage', kplus.k8s.Quantity.fromString(kept)));
}

/** 2048Mi is kept as 2Gi, 1000m as 1, and 0.5 as 500m. */
function quantities(path: string, { resources: { cpu, memory } = {} }: kplus.Container): JsonPatch[] {
  const inPlace = (kind: string, value: string | undefined) => value === undefined ? [] : [JsonPatch.replace(`${path}/resources/${kind}`, kplus.k8s.Quantity.fromString(value))];
  return [
    ...inPlace('requests/cpu', keptCpu(cpu?.request)),
    ...inPlace('limits/cpu', keptCpu(cpu?.limit)),
    ...inPlace('requests/memory', keptSize(memory?.request)),
    ...inPlace('limits/memory', keptSize(memory?.limit)),
  ];
}

function keptCpu(cpu: kplus.Cpu | undefined): string | undefined {
  if (!cpu) return undefined;
  const millis = cpu.amount.endsWith('m') ? Number(cpu.amount.slice(0, -1)) : Math.round(Number(cpu.amount) * 1000);
  const kept = millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
  return kept === cpu.amount ? undefined : kept;
}

function keptSize(size: Size | undefined): string | undefined {
  const mebibytes = size?.toMebibytes() ?? NaN;
  if (mebibytes % 2 ** 20 === 0) return `${mebibytes / 2 ** 20}Ti`;
  return mebibytes % 2 ** 10 === 0 ? `${mebibytes / 2 ** 10}Gi` : undefined;
}
