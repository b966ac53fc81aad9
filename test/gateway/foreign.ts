import { since } from './scenario';
import { World } from './world';
import { Model } from '../../src/index';
import { Call, describeCall } from '../support/providers/call';

/** Asked once a start for a list of plugins; no setting turns it off. */
const UNAVOIDABLE = since('2026.8.1') ? ['clawhub.ai'] : [];

const hostOf = ({ provider }: Model) => new URL(provider.baseUrl).hostname;

/** A list of models, or an attempt to open a websocket. */
export const asksNoModel = ({ method, model }: Call) => method === 'GET' && model === undefined;

/** Every call to another model than those given, and every look-up of another host than their providers'. */
export function foreign({ providers, names }: World, models: Model[]): string[] {
  const allowed = new Set(models.map(model => `${hostOf(model)} ${model.id}`));
  const hosts = new Set([...models.map(hostOf), ...UNAVOIDABLE]);
  const calls = providers.calls.filter(call => !allowed.has(`${call.host} ${call.model}`) && !(hosts.has(call.host) && asksNoModel(call)));
  return [...calls.map(describeCall), ...names.asked.filter(name => !hosts.has(name)).map(name => `look-up of ${name}`)];
}
