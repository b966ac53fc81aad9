import { POLICY_DIR, PROVIDER_KEY_FILE, PROVIDER_KEYS_DIR } from '../../guard/guard-layout';
import { GuardedProvider } from '../guarded-provider';
import { extension, Message, resources, typed, watchedFile } from '../messages';

/** Injects the key where a request leaves for its provider, and nowhere else; without a key the request does not leave. */
export function providerKey({ id, wire }: GuardedProvider): Message {
  return {
    name: 'provider-key',
    typed_config: extension('filters.http.credential_injector.v3.CredentialInjector', {
      overwrite: true,
      allow_request_without_credential: false,
      credential: {
        name: 'envoy.http.injected_credentials.generic',
        typed_config: extension('http.injected_credentials.generic.v3.Generic', {
          header: wire.keyHeader,
          ...wire.keyPrefix && { header_value_prefix: wire.keyPrefix },
          credential: { name: id, sds_config: watchedFile(POLICY_DIR, keyFileOf(id)) },
        }),
      },
    }),
  };
}

export function keyFileOf(id: string): string {
  return `key-${id}.json`;
}

/** Says where the key is, so that it may be an ordinary Secret. Of a key Envoy watches the folder that the path names. */
export function keyFile(id: string): Message {
  const folder = `${PROVIDER_KEYS_DIR}/${id}`;
  return resources(typed('extensions.transport_sockets.tls.v3.Secret', {
    name: id,
    generic_secret: { secret: { filename: `${folder}/${PROVIDER_KEY_FILE}`, watched_directory: { path: folder } } },
  }));
}
