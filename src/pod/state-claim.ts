import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { patchStorage } from './patches';
import { Settings } from '../settings/settings';

/** The claim of a new volume for the gateway's state. */
export function newStateClaim(scope: Construct, { state, storageSize: storage }: Settings): kplus.PersistentVolumeClaim {
  const claim = new kplus.PersistentVolumeClaim(scope, 'State', {
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE], storage, storageClassName: state._storageClassName,
  });
  patchStorage(claim, storage);
  return claim;
}
