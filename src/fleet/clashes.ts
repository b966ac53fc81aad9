import { ApiObject } from 'cdk8s';
import { FleetMember } from './fleet-props';

/** Objects that two tenants of one namespace have under one name. The fleet itself makes none; who adds objects to charts may. */
export function clashes(members: FleetMember[]): string[] {
  const neighbours = new Map<string | undefined, FleetMember[]>();
  for (const member of members) {
    const { namespace } = member.chart;
    if (!neighbours.get(namespace)?.push(member)) neighbours.set(namespace, [member]);
  }
  return [...neighbours.values()].filter(each => each.length > 1).flatMap(clashesAmong);
}

function clashesAmong(members: FleetMember[]): string[] {
  const owners = new Map<string, string>();
  return members.flatMap(({ tenant, chart }) => objectsOf(chart).flatMap(({ apiGroup, kind, name, metadata: { namespace } }) => {
    const id = [apiGroup, kind, namespace, name].join(' ');
    const owner = owners.get(id);
    owners.set(id, owner ?? tenant.name);
    return owner === undefined || namespace === undefined ? [] : `tenants '${owner}' and '${tenant.name}' both have ${kind} '${name}' in namespace`
      + ` '${namespace}'; name it after the tenant, or give the tenants namespaces of their own`;
  }));
}

function objectsOf(chart: FleetMember['chart']): ApiObject[] {
  return chart.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}
