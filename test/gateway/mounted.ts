import { GatewayProps, manifestsOf, MODELS } from './gateways';
import { Model, ModelAllowlist, Provider } from '../../src/index';
import { keysOf, newChart } from '../support/gateway';

const { anthropic, openai, google } = MODELS;
const PROVIDERS = [Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE];

/** The route from which scenarios start and to which they return. */
export const ROUTE = [anthropic, openai, google];

export interface MountedProps extends GatewayProps {
  /** @default - the chain and the models of ROUTE */
  readonly allowed?: Model[];
}

/** A gateway that has the keys of three providers mounted whatever its route is, so that another route among them needs no other pod. */
export function mounted(chain: Model[] = ROUTE, { allowed, ...props }: MountedProps = {}): any[] {
  return manifestsOf(chain, {
    providerSecrets: keysOf(newChart('keys'), ...new Set([...PROVIDERS, ...chain.map(({ provider }) => provider)])),
    allowlist: new ModelAllowlist(newChart('allowlist'), 'Allowlist', { models: allowed ?? [...new Set([...chain, ...ROUTE])] }),
    acknowledge: {
      'chain-single-provider': 'some routes have one model',
      'provider-key-unused': 'the keys stay mounted while the routes change',
    },
    ...props,
  });
}
