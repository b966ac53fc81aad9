import { GuardSettings } from './model-guard';
import { Settings } from '../config/settings';
import { hostOf, isEncrypted, isLocal, portOf } from '../models/endpoint';
import { LOCAL_PATIENCE, PATIENCE } from '../models/patience';
import { Provider } from '../models/provider';
import { WIRE_FACTS, WireFacts } from '../models/wire-facts';

/** One provider as the guard serves it. */
export interface GuardedProvider {
  readonly id: string;
  /** For the Host header. */
  readonly host: string;
  /** For DNS and for the certificate. */
  readonly hostname: string;
  readonly port: number;
  readonly tls: boolean;
  /** The path of the base URL, without a slash at its end. */
  readonly base: string;
  readonly api: Provider['api'];
  readonly wire: WireFacts;
  readonly calls: GuardedCall[];
  readonly headers: { readonly [name: string]: string };
  readonly hasKey: boolean;
  /** PEM. */
  readonly authority?: string;
  /** As Envoy writes it. */
  readonly connectTimeout: string;
  readonly firstByteSeconds: number;
  readonly idleSeconds: number;
  readonly requestsPerMinute?: number;
}

/** A path of a provider, and the models that may be called there. */
export interface GuardedCall {
  readonly path: string;
  readonly models: string[];
}

/** What a gateway may call: the models that it is rendered with, and that of memory search. */
export function guardedProviders(settings: Settings, guard: GuardSettings): GuardedProvider[] {
  const providers = new Map(settings.providers.map(provider => [provider.id, provider]));
  return [...providers.values()].map(provider => guarded(provider, settings, guard)).sort((a, b) => a.id < b.id ? -1 : 1);
}

/** Where the gateway finds a provider behind its guard. */
export function pathBehindGuard({ id, baseUrl }: Provider): string {
  return `/${id}${basePathOf(baseUrl)}`;
}

function guarded(provider: Provider, settings: Settings, guard: GuardSettings): GuardedProvider {
  const { id, baseUrl, api, _facts: facts } = provider;
  const patience = patienceOf(provider, settings);
  return {
    id,
    host: new URL(baseUrl).host,
    hostname: hostOf(baseUrl),
    port: portOf(baseUrl),
    tls: isEncrypted(baseUrl),
    base: basePathOf(baseUrl),
    api,
    wire: WIRE_FACTS[api],
    calls: callsOf(id, WIRE_FACTS[api], settings),
    headers: facts.headers ?? {},
    hasKey: provider.requiresKey,
    authority: guard.certificateAuthorities[id],
    connectTimeout: `${guard.connectTimeout.toSeconds({ integral: false })}s`,
    firstByteSeconds: guard.firstByteTimeout?.toSeconds() ?? patience,
    idleSeconds: guard.idleTimeout?.toSeconds() ?? patience,
    requestsPerMinute: guard.requestsPerMinute[id],
  };
}

function callsOf(id: string, wire: WireFacts, { models, slotModels }: Settings): GuardedCall[] {
  const answering = models.filter(model => model.provider.id === id).map(model => model.id);
  const vectors = slotModels.memoryEmbeddings?.provider.id === id ? [slotModels.memoryEmbeddings.id] : [];
  return [
    ...wire.answers.map(path => ({ path, models: answering })),
    ...wire.embeddings.map(path => ({ path, models: vectors })),
  ].filter(call => call.models.length > 0);
}

/** At least what the gateway itself grants, so that no turn is cut that it would wait for. */
function patienceOf({ baseUrl, _facts: { timeout } }: Provider, { idleTimeout }: Settings): number {
  const granted = timeout ?? idleTimeout;
  return Math.max((granted ?? (isLocal(baseUrl) ? LOCAL_PATIENCE : PATIENCE)).toSeconds(), PATIENCE.toSeconds());
}

function basePathOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/+$/, '');
}
