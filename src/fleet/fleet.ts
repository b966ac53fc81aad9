import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkFleet } from './check-fleet';
import { FleetApp } from './fleet-app';
import { FleetMember, FleetProps } from './fleet-props';
import { FleetTerms, TenantPlan } from './fleet-terms';
import { Tenant } from './tenant';
import { exposureOf } from './tenant-exposure';
import { filled, keyProblems, OF_TENANT } from './tenant-placeholders';
import { nameOf, RowProblem, rowProblems, TenantRow, tenantOf } from './tenant-row';
import { ownedBy, refuseNameClashes } from '../gateway/name-clashes';
import { OpenClawDeployment } from '../gateway/openclaw-deployment';
import { argumentsOf } from '../input/input-checks';
import { countOf, listOf, problemsOf } from '../input/problems';
import { isMap } from '../input/values';
import { ProviderSecret } from '../keys/provider-secret';
import { FallbackChain } from '../models/fallback-chain';
import { ModelAllowlist } from '../models/model-allowlist';
import { SecretSource } from '../secrets/secret-source';
import { nameTenant } from '../secrets/tenant-names';

/** From this many tenants on, `App` takes several times as long as `FleetApp`. */
const MANY = 100;
const SLOW = 'App validates the whole app again for every chart; FleetApp writes the same files and is faster: use new FleetApp() instead of new App()';

/**
 * A gateway for each tenant, in a chart and a file of its own, by one definition.
 *
 * The charts stand beside the fleet, not in it, and each is named after its tenant: a tenant's objects keep their names when a chart that was
 * written by hand becomes a tenant. What is wrong with any tenant is said in one error, and what is wrong with all of them once.
 *
 * Its scope is the app or a Construct in it; in a chart cdk8s would number the files. Use `FleetApp` as the app of a large fleet: it writes the same files
 * as `App` in a time that does not grow with the square of the number of tenants.
 */
export class Fleet extends Construct {
  private readonly _members = new Map<string, FleetMember>();
  private readonly _plans: TenantPlan[] = [];

  public constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const given = argumentsOf(props);
    checkFleet(this, given);
    refuseNameClashes(this);
    const terms = new FleetTerms(given);
    const rows = new Map<string, TenantRow>();
    const found = given.tenants._rows.map(row => this.addTenant(row, given, terms, rows));
    const faulty = found.filter(problems => problems.length > 0).length;
    if (faulty > 0) {
      const lines = linesOf(found);
      throw new Error(`Fleet '${this.node.path}' has ${countOf(lines)} in ${faulty} of ${found.length} tenants${listOf(lines)}`);
    }
  }

  /** What was made for each tenant, in the order in which the tenants were given. */
  public get members(): FleetMember[] {
    return [...this._members.values()];
  }

  /** The charts of the tenants, in the order in which the tenants were given. They stand beside the fleet: `fleet.node` does not lead to them. */
  public get charts(): Chart[] {
    return this.members.map(({ chart }) => chart);
  }

  /** What was made for a tenant; undefined for a name that no tenant has. */
  public member(name: string): FleetMember | undefined {
    return this._members.get(name);
  }

  /** How many tenants there are on each version and preset, what is worth knowing of them, and whether another app would be faster: a text for people. */
  public get summary(): string {
    const notices = this.members.flatMap(({ gateway }) => [...new Set(gateway.findings.map(({ rule }) => rule))]);
    return [
      `${this.node.path}: ${this._plans.length} tenants`,
      `  versions  ${tally(this._plans.map(({ version }) => version.version))}`,
      `  presets   ${tally(this._plans.map(({ preset }) => preset.name))}`,
      ...notices.length > 0 ? [`  notices   ${tally(notices)}`] : [],
      ...this._plans.length >= MANY && !(this.node.root instanceof FleetApp) ? [`  synthesis ${SLOW}`] : [],
    ].join('\n');
  }

  /** What is wrong with a tenant; it is added when nothing is. */
  private addTenant(row: TenantRow, props: FleetProps, terms: FleetTerms, rows: Map<string, TenantRow>): TenantProblem[] {
    const say = ({ path, message }: RowProblem) => ({ place: `${row.placeOf(path)} ${nameOf(row)}`, message, ofRow: true });
    const problems = rowProblems(row);
    const tenant = tenantOf(row, problems);
    const { name } = tenant;
    problems.push(...keyProblems(tenant));
    const plan = terms.planOf(tenant, problems);
    if (name !== undefined) {
      const taken = rows.get(name)?.placeOf(['name']) ?? this.holderOf(name);
      if (taken) problems.push({ path: ['name'], message: `name is taken by ${taken}; give each tenant a name of its own` });
      else rows.set(name, row);
    }
    if (problems.length > 0) return problems.map(say);
    return this.addMember(tenant as Tenant, plan, props).map(message => ({ place: `${row.placeOf([])} ${this.pathOf(name!)}`, message, ofRow: false }));
  }

  private holderOf(name: string): string | undefined {
    const holder: unknown = this.node.scope!.node.tryFindChild(name);
    if (holder === this) return 'the fleet itself, whose id it is';
    if (holder === undefined) return undefined;
    return Construct.isConstruct(holder) ? 'something else in the app' : 'JavaScript, so that no construct can have it';
  }

  private addMember(tenant: Tenant, plan: TenantPlan, props: FleetProps): readonly string[] {
    try {
      this._members.set(tenant.name, this.newMember(tenant, plan, props));
      this._plans.push(plan);
      return [];
    } catch (error) {
      return problemsOf(error, `OpenClawDeployment '${this.pathOf(tenant.name)}'`);
    }
  }

  private newMember(tenant: Tenant, { version, preset, links, allowed, providers }: TenantPlan, props: FleetProps): FleetMember {
    const { tenants, providerKeys, waves, presets, providers: _, models, ...definition } = props;
    const chart = new Chart(this.node.scope!, tenant.name, { namespace: tenant.namespace ?? tenant.name, labels: tenant.labels });
    ownedBy(`tenant '${tenant.name}'`, chart);
    const { auth, secrets } = definition;
    const fill = (text: string) => filled(text, tenant);
    nameTenant(chart, { fill, placeholders: OF_TENANT });
    const named = (source: SecretSource) => source instanceof SecretSource ? source._named(fill) : source; // what is none is the gateway's to report
    const gateway = new OpenClawDeployment(chart, 'Gateway', {
      ...definition,
      version,
      auth: auth._named(fill),
      secrets: isMap(secrets) ? Object.fromEntries(Object.entries(secrets).map(([name, source]) => [name, named(source)])) : secrets,
      exposure: exposureOf(tenant, definition.exposure),
      preset,
      // the options of the fleet's chain, with other links
      chain: links ? FallbackChain._of(chart, 'Chain', links, definition.chain) : definition.chain,
      allowlist: allowed ? new ModelAllowlist(chart, 'Allowlist', { ...allowed, embeddings: definition.allowlist?.embeddings }) : definition.allowlist,
      providerSecrets: providerKeys && providers.map(provider =>
        new ProviderSecret(chart, provider.id, { provider, source: providerKeys._sourceOf(provider, fill, tenant.keys?.[provider.id]) })),
    });
    return { tenant, chart, gateway };
  }

  private pathOf(name: string): string {
    return [this.node.scope!.node.path, name, 'Gateway'].filter(part => part !== '').join('/');
  }
}

/** What is wrong with a tenant: with its row, or with the gateway that the row asks for. */
interface TenantProblem {
  readonly place: string;
  readonly message: string;
  readonly ofRow: boolean;
}

/** A line a problem. What is wrong with every gateway is said once: it is the fleet's. */
function linesOf(found: TenantProblem[][]): string[] {
  const gateways = found.filter(problems => problems.every(({ ofRow }) => !ofRow));
  const [first = [], ...others] = gateways.map(problems => problems.map(({ message }) => message));
  const common = others.length === 0 ? [] : first.filter(message => others.every(messages => messages.includes(message)));
  return [
    ...common.map(message => `each gateway: ${message}`),
    ...found.flat().filter(({ message, ofRow }) => ofRow || !common.includes(message)).map(({ place, message }) => `${place}: ${message}`),
  ];
}

/** How often each word is there: `dev (12), prod (38)`. */
function tally(words: string[]): string {
  return [...new Set(words)].sort().map(word => `${word} (${words.filter(each => each === word).length})`).join(', ');
}
