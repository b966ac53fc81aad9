import { IConstruct } from 'constructs';
import { SecretSource } from './secret-source';
import { InputChecks } from '../input/input-checks';
import { checkPlaceholdersIn } from '../input/placeholders';

const NAMES = 'cdk8s-openclaw/tenant-names';

/** The words of a tenant. */
interface TenantNames {
  /** Puts them in place of the placeholders of a text. */
  readonly fill: (text: string) => string;
  readonly placeholders: readonly string[];
}

/** Says what stands for the placeholders in the sources of providers, for the gateways of a chart. */
export function nameTenant(chart: IConstruct, names: TenantNames): void {
  chart.node.setContext(NAMES, names);
}

/** A source of a provider as a gateway uses it. `what` names it in messages. */
export function sourceFor(gateway: IConstruct, source: SecretSource, what: string): SecretSource {
  const names: TenantNames | undefined = gateway.node.tryGetContext(NAMES);
  if (!names) return source;
  checkPlaceholdersIn(new InputChecks(`OpenClawDeployment '${gateway.node.path}'`), what, source._origin, names.placeholders).done();
  return source._named(names.fill);
}
