import { Construct } from 'constructs';
import { FleetProps, FleetWave } from './fleet-props';
import { checkPlaceholders } from './tenant-placeholders';
import { Tenants } from './tenants';
import { chartOf } from '../input/chart-of';
import { InputChecks } from '../input/input-checks';
import { notJson } from '../input/plain-json';
import { isMap } from '../input/values';
import { Model, Provider } from '../models/provider';
import { Preset } from '../presets/preset';
import { OpenClawVersion } from '../release/openclaw-version';
import { checkDefinition, DEFINITION } from '../settings/check-definition';
import { GatewayState } from '../settings/gateway-state';

/** Reports props of the wrong type once, rather than for each tenant. */
export function checkFleet(fleet: Construct, props: FleetProps): void {
  const optional = (value: unknown, type: Function) => value === undefined || value instanceof type;
  const check = new InputChecks(`Fleet '${fleet.node.path}'`)
    .refuse(chartOf(fleet) !== undefined, 'it stands in a chart, so that cdk8s would number the files of its tenants;'
      + ' give it the app, or a Construct in it, as its scope')
    .that(props.tenants instanceof Tenants, 'tenants', 'Tenants', props.tenants, "use Tenants.fromFile('tenants.yaml') or Tenants.of([…])")
    .refuse(props.tenants instanceof Tenants && props.tenants._rows.length === 0, 'tenants is empty; name at least one tenant');
  checkDefinition(check, props)
    .refuse(props.state instanceof GatewayState && props.state.existingClaim !== undefined,
      'state is one existing claim for all tenants, and two gateways on one state destroy it; use GatewayState.claim(…)')
    .map('waves', props.waves, wave => isMap(wave) && optional(wave.version, OpenClawVersion) && optional(wave.preset, Preset),
      'a FleetWave: { version, preset }')
    .list('presets', props.presets, value => value instanceof Preset, 'a Preset')
    .list('providers', props.providers, value => value instanceof Provider, 'a Provider')
    .list('models', props.models, value => value instanceof Model, 'a Model')
    .props<FleetProps>(props, { ...DEFINITION, tenants: true, waves: true, presets: true, providers: true, models: true });
  for (const [name, wave] of wavesOf(props)) {
    check
      .options<FleetWave>(wave, { version: true, preset: true })
      .refuse(wave.version === undefined && wave.preset === undefined, `waves['${name}'] has neither version nor preset, so its tenants would be as all others`);
  }
  for (const name of ambiguous(props)) {
    check.refuse(true, `two presets are called '${name}', and a tenant may mean either; give one another name: customize({ name: '${name}-…' })`);
  }
  checkPlaceholders(check, props).done();
}

/** Names of more than one preset. That of the fleet takes the place of the one that it is made from. */
function ambiguous(props: FleetProps): string[] {
  const { preset = Preset.PROD, presets } = props;
  const others = [Preset.PROD, Preset.DEV].filter(({ name }) => name !== preset?.name);
  const known = [preset, ...others, ...wavesOf(props).map(([, wave]) => wave.preset), ...Array.isArray(presets) ? presets : []];
  const names = [...new Set(known)].flatMap(each => each instanceof Preset ? each.name : []);
  return [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
}

/** The waves that are objects as callers write them; of others the type is wrong. */
function wavesOf({ waves }: FleetProps): [string, FleetWave][] {
  return Object.entries(isMap(waves) ? waves : {}).filter(([, wave]) => isMap(wave) && notJson(wave) === undefined);
}
