/** The ids of the rules whose findings a preset may turn into notices, in the order in which findings are reported. */
export const NOTICE_RULES: readonly string[] = [
  'model-deprecated', 'context-window-tight', 'model-too-expensive', 'chain-single-provider', 'provider-url-unencrypted', 'provider-key-unused', 'provider-keys-unused', 'provider-key-shared',
  'guard-environment-unused', 'secret-plain-text', 'secret-text-shown', 'exposure-insecure',
  'exposure-proxy-unknown', 'exposure-closed', 'memory-too-small', 'image-not-pinned', 'image-other-version',
];
