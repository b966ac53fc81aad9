import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { patchStorage } from './patches';
import { Settings } from '../settings/settings';

/** The claim of a new volume for the gateway's state. */
export function newStateClaim(scope: Construct, settings: Settings): kplus.PersistentVolumeClaim {
  return newClaim(scope, 'State', settings.storageSize, settings);
}

/** A line takes 60 bytes; the files of two periods are kept. */
const LEDGER_SIZE = Size.gibibytes(1);

/** The claim of a new volume for what is spent, of the same class as that of the state. */
export function newLedgerClaim(scope: Construct, settings: Settings): kplus.PersistentVolumeClaim {
  return newClaim(scope, 'Ledger', LEDGER_SIZE, settings);
}

function newClaim(scope: Construct, id: string, storage: Size, { state }: Settings): kplus.PersistentVolumeClaim {
  const claim = new kplus.PersistentVolumeClaim(scope, id, {
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE], storage, storageClassName: state._storageClassName,
  });
  patchStorage(claim, storage);
  return claim;
}
