import { POLICY_DIR, PROVIDER_KEY_FILE, PROVIDER_KEYS_DIR } from '../../guard/guard-layout';
import { USABLE_KEY } from '../../secrets/usable-key';
import { GuardedCredential } from '../guarded-provider';
import { extension, Message, resources, typed, watchedFile } from '../messages';

/** Injects the key, or a secret header, where a request leaves for its provider, and nowhere else; without it the request does not leave. */
export function providerKey(credential: GuardedCredential): Message {
  const { name } = credential;
  return injector('provider-key', credential, { name, sds_config: watchedFile(POLICY_DIR, keyFileOf(name)) });
}

/** A secret without content, which Envoy refuses to inject. */
const NO_KEY = 'no-key';

/** The bootstrap's part of it. */
export function noKey(): Message {
  return { name: NO_KEY, generic_secret: { secret: { inline_string: '' } } };
}

/** Treats a key that cannot be used as if there were none. Envoy itself cuts line breaks at the end. */
export function usableKey(credential: GuardedCredential): Message {
  return refusedUnless('usable-key', credential, `${credential.prefix}${USABLE_KEY}`);
}

/** Refuses a request as if its key were missing, unless its header has this form. */
export function refusedUnless(name: string, credential: GuardedCredential, regex: string): Message {
  const keyHeader = typed('type.matcher.v3.HttpRequestHeaderMatchInput', { header_name: credential.header });
  return {
    name,
    typed_config: extension('common.matching.v3.ExtensionWithMatcher', {
      xds_matcher: {
        matcher_list: {
          matchers: [{
            predicate: {
              single_predicate: {
                input: { name: 'key', typed_config: keyHeader },
                value_match: { safe_regex: { google_re2: {}, regex } },
              },
            },
            on_match: { action: { name: 'skip', typed_config: extension('filters.common.matcher.action.v3.SkipFilter') } },
          }],
        },
      },
      extension_config: injector(NO_KEY, credential, { name: NO_KEY }),
    }),
  };
}

function injector(name: string, { header, prefix }: GuardedCredential, credential: Message): Message {
  return {
    name,
    typed_config: extension('filters.http.credential_injector.v3.CredentialInjector', {
      overwrite: true,
      allow_request_without_credential: false,
      credential: {
        name: 'envoy.http.injected_credentials.generic',
        typed_config: extension('http.injected_credentials.generic.v3.Generic', {
          header, ...prefix && { header_value_prefix: prefix }, credential,
        }),
      },
    }),
  };
}

export function keyFileOf(name: string): string {
  return `key-${name}.json`;
}

/** Says where the key is, so that it may be an ordinary Secret. Of a key Envoy watches the folder that the path names. */
export function keyFile(name: string): Message {
  const folder = `${PROVIDER_KEYS_DIR}/${name}`;
  return resources(typed('extensions.transport_sockets.tls.v3.Secret', {
    name,
    generic_secret: { secret: { filename: `${folder}/${PROVIDER_KEY_FILE}`, watched_directory: { path: folder } } },
  }));
}
