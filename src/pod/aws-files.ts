import { AWS_CREDENTIALS_FILE, awsFolderOf, awsRunDirOf, PROVIDER_KEY_FILE, PROVIDER_KEYS_DIR } from '../guard/guard-layout';

const valueOf = (part: 'id' | 'secret') => `"${PROVIDER_KEYS_DIR}/${awsFolderOf('$1', part)}/${PROVIDER_KEY_FILE}"`;
const FOLDER = awsRunDirOf('$1');

/**
 * Runs a guard's command, and keeps a credentials file of AWS for each of these providers, which Envoy reads anew when it changes. An access key has two values;
 * a pair is taken up when it was the same twice, as Kubernetes may swap one before the other. While a value cannot be used the file holds
 * neither; an empty file Envoy would not read.
 *
 * Without `${`, `$(` and `$$`, which Flux and Kubernetes would interpret.
 */
export function withAwsFiles(providers: readonly string[], command: readonly string[]): string[] {
  return providers.length === 0 ? [...command] : ['bash', '-c', [...SCRIPT, `for id in ${providers.join(' ')}; do start "$id"; done`, 'exec "$@"'].join('\n'), 'guard', ...command];
}

const SCRIPT = [
  'umask 077',
  'export LC_ALL=C',
  'guard=$BASHPID',
  'line() {',
  '  local more=',
  '  value=',
  '  read -r -d "" more 2>/dev/null < "$1" && return 1', // a NUL, which lines would not show
  '  more=',
  "  { IFS=$'\\r' read -r value; IFS=$'\\r' read -r more; } 2>/dev/null < \"$1\"",
  '  [[ -n $value && -z $more && $value != *[^[:graph:]]* && $value != [\\"\\\'\\`]* && $value != *[\\"\\\'\\`] ]]',
  '}',
  'look() {',
  "  text=$'[default]\\n'",
  `  line ${valueOf('id')} || return`,
  '  local id=$text"aws_access_key_id="$value',
  `  line ${valueOf('secret')} && text=$id$'\\naws_secret_access_key='$value$'\\n'`,
  '}',
  'store() {',
  `  printf %s "$text" > "${FOLDER}/next" && mv "${FOLDER}/next" "${FOLDER}/${AWS_CREDENTIALS_FILE}" && stored=$text`,
  '}',
  'follow() {',
  '  local before=$text',
  '  while sleep 1; kill -0 "$guard"; do',
  '    look "$1"',
  '    if [[ $text == "$before" && $text != "$stored" ]]; then store "$1"; fi',
  '    before=$text',
  '  done',
  '}',
  'start() {',
  `  mkdir -p "${FOLDER}"`,
  '  look "$1"',
  '  store "$1"',
  '  follow "$1" > /dev/null 2>&1 &',
  '}',
];
