const SECRET_VALUE = [
  /\bsk-[\w-]{16,}/, /\bAIza[\w-]{30,}/, /\bxox[abeprs]-[\w-]{8,}/, /\bxapp-[\w-]{8,}/, /\bgh[pousr]_\w{16,}/, /\bgithub_pat_\w{16,}/,
  /\bgsk_\w{16,}/, /\bxai-\w{16,}/, /\bAKIA[0-9A-Z]{16}\b/, /^\d{6,}:[\w-]{30,}$/, /\beyJ[\w-]{8,}\.[\w-]{8,}\./,
  /\w:\/\/[^/\s:@]*:[^/\s@]+@/, /[?&](token|key|api_?key|secret|password)=[^&]/i, /^--?[\w-]*(token|key|secret|password)=./i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/, /^(Bearer|Basic) \S{8,}/i,
];

/** Whether a text has the form of a key or token that is in wide use. */
function looksSecret(text: string): boolean {
  return SECRET_VALUE.some(form => form.test(text));
}

/** Words that name a secret wherever they stand: `DISCORD_TOKEN_PROD`, `x-authtoken`, `PGPASSWORD`. */
const SECRET_WORD = /(authorization|passwords?|passwd|passphrase|secrets?|token|apikeys?|credentials?)$/;

/** Words that name one only at the end of a name: `x-functions-key`, `DB_PASS`. */
const LAST_WORD = /^(keys?|auth|pass|pat|pwd|dsn|cookies?)$/;

/** With these before it, a key or several tokens are secret wherever they stand: `ANTHROPIC_API_KEY_PROD`. `MAX_TOKENS` are counted. */
const BEFORE_KEY = /^(api|private|secret|access|auth|signing|encryption|subscription|service|master|bot|refresh|bearer)$/;

/** Keys that open nothing. */
const HARMLESS_KEY = /^(public|idempotency|partition|primary|foreign|sort|cache|routing|shard|gpg)$/;

/** Last words of names that speak about a secret: `AWS_WEB_IDENTITY_TOKEN_FILE`, `TOKEN_URL`, `apiKeyEnv`. */
const ABOUT = new RegExp(`^(${[
  'files?', 'paths?', 'dir', 'directory', 'names?', 'ids?', 'urls?', 'uri', 'endpoint', 'hosts?', 'domain', 'region', 'project', 'env', 'fields?', 'prefix',
  'prefixes', 'headers?', 'format', 'types?', 'modes?', 'method', 'policy', 'policies', 'providers?', 'manager', 'refs?', 'scopes?', 'store', 'ttl', 'expiry',
  'lifetime', 'limit', 'counts?', 'length', 'size', 'max', 'min', 'budget', 'usage', 'version', 'seconds', 'ms', 'minutes', 'days', 'enabled', 'required',
  'rotation', 'issuer', 'audience', 'user', 'username',
].join('|')})$`);

/** Names that carry a key without saying so. */
const BY_ITSELF = /(^|-)honeycomb-team$/i;

/**
 * Whether a name is that of a secret: of a variable, of an HTTP header, of a setting. `x-portkey-provider`, `MAX_TOKENS` and `TOKEN_URL` are none.
 */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter(word => word !== '');
  const [beforeLast = '', last = ''] = ['', '', ...words].slice(-2);
  if (BY_ITSELF.test(name) || /(^| )access key id$/.test(words.join(' '))) return true;
  if (ABOUT.test(last) || (/^keys?$/.test(last) && HARMLESS_KEY.test(beforeLast))) return false;
  return LAST_WORD.test(last) || words.some((word, i) => SECRET_WORD.test(word) || (/^(keys?|tokens)$/.test(word) && BEFORE_KEY.test(words[i - 1] ?? '')));
}

/** Texts that hold no secret, whatever their name: nothing, a switch, the path of a file. */
const HARMLESS_TEXT = /^(|true|false|yes|no|on|off|none|[01]|(file:\/\/|~|\.{1,2})?(\/[\w.@-]+){2,}|(~|\.{1,2})?\/[\w-]+\.\w{2,6})$/i;

/** Whether a text is a secret: by its form, or by its name unless it cannot be one; so is one pair of several, as in `authorization=…,tenant=a`. */
export function isSecret(name: string, text: string): boolean {
  const pairs = [...text.matchAll(/(?:^|[,;]\s*)([\w.-]+)=([^,;]*)/g)].filter(([, word]) => word.toLowerCase() !== 'key');
  return looksSecret(text) || [[text, name, text], ...pairs].some(([, word, value]) => isSecretName(word) && !HARMLESS_TEXT.test(value));
}
