import { Chart } from 'cdk8s';
import { Tenant } from './tenant';
import { Tenants } from './tenants';
import { OpenClawDeployment } from '../gateway/openclaw-deployment';
import { Model, Provider } from '../models/provider';
import { Preset } from '../presets/preset';
import { OpenClawVersion } from '../release/openclaw-version';
import { GatewayDefinition } from '../settings/gateway-props';

/**
 * One definition of a gateway, and the tenants that have one each. In the origins of `exposure`, and in the paths and fields of a vault that `auth` and
 * `secrets` name, `{tenant}` and `{namespace}` stand for the tenant's.
 */
export interface FleetProps extends GatewayDefinition {
  /** The tenants. */
  readonly tenants: Tenants;

  /**
   * Groups of tenants that are ahead of the rest, or behind, by the name that tenants give as their `wave`.
   * @default - none
   */
  readonly waves?: { [name: string]: FleetWave };

  /**
   * Presets that tenants may name, besides `Preset.PROD`, `Preset.DEV` and those of the fleet and its waves.
   * @default - none
   */
  readonly presets?: Preset[];

  /**
   * Providers that tenants may name, besides the official ones and those of the fleet's chain and allowlist.
   * @default - none
   */
  readonly providers?: Provider[];

  /**
   * Models with facts of your own (an alias, a window) that are meant when a tenant names them. Others are looked up in the version's catalog.
   * @default - none
   */
  readonly models?: Model[];
}

/** What a group of tenants has instead of what the fleet has. */
export interface FleetWave {
  /**
   * The version of the wave.
   * @default - that of the fleet
   */
  readonly version?: OpenClawVersion;

  /**
   * The preset of the wave.
   * @default - that of the fleet
   */
  readonly preset?: Preset;
}

/** What a fleet made for a tenant. */
export interface FleetMember {
  /** The tenant, as it was given. */
  readonly tenant: Tenant;

  /** The tenant's chart; what is added to it goes into the tenant's file. */
  readonly chart: Chart;

  /** The tenant's gateway. */
  readonly gateway: OpenClawDeployment;
}
