const SECRET_VALUE = [
  /\bsk-[\w-]{16,}/, /\bAIza[\w-]{30,}/, /\bxox[abeprs]-[\w-]{8,}/, /\bxapp-[\w-]{8,}/, /\bgh[pousr]_\w{16,}/, /\bgithub_pat_\w{16,}/,
  /\bgsk_\w{16,}/, /\bxai-\w{16,}/, /\bAKIA[0-9A-Z]{16}\b/, /^\d{6,}:[\w-]{30,}$/, /\beyJ[\w-]{8,}\.[\w-]{8,}\./,
  /\w:\/\/[^/\s:@]*:[^/\s@]+@/, /[?&](token|key|api_?key|secret|password)=[^&]/i, /^--?[\w-]*(token|key|secret|password)=./i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/, /^(Bearer|Basic) \S{8,}/i,
];

/** HTTP headers that carry keys: `Authorization`, `x-api-key`, `Ocp-Apim-Subscription-Key`, `Cookie` … */
export const SECRET_HEADER = /authorization|(^|-)auth(-|$)|key|token|secret|cookie|password|credential|honeycomb-team/i;

/** Whether a text has the form of a key or token that is in wide use. */
export function looksSecret(text: string): boolean {
  return SECRET_VALUE.some(form => form.test(text));
}
