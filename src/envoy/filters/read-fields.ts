import { SERVER_FIELDS } from '../../guard/server-tools';
import { FIELD_HEADER, INPUT_HEADER, LIMITS_HEADER, MESSAGES_HEADER, MODEL_HEADER, READ_HEADER, SYSTEM_HEADER, TOOLS_HEADER } from '../headers';
import { extension, Message } from '../messages';

export const READ_FIELDS = 'read-fields';
export const READ_FIELDS_TYPE = 'filters.http.transform.v3.TransformConfig';

/**
 * Copies fields of the body, whatever they hold, to headers on which policies can be written. Envoy calls this filter alpha. It reads no body with a key
 * that is written twice, of which a provider may read the other one, nor one of more than a hundred levels.
 *
 * @param more fields that are forbidden here
 * @param limits fields whose values are copied with their names
 */
export function readFields(more: readonly string[], limits: readonly string[]): Message {
  const set = (key: string, value: string) => ({ append: { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' } });
  const copy = (key: string, fields: readonly string[]) => set(key, fields.map(field => `%REQUEST_BODY(${field})%`).join(''));
  return extension(READ_FIELDS_TYPE, {
    request_transformation: {
      headers_mutations: [
        copy(FIELD_HEADER, [...SERVER_FIELDS, ...more, ...otherSpellings('model'), ...otherSpellings('tools')]),
        copy(TOOLS_HEADER, ['tools']),
        copy(INPUT_HEADER, ['input']),
        copy(MESSAGES_HEADER, ['messages']),
        copy(SYSTEM_HEADER, ['system']),
        copy(MODEL_HEADER, ['model']),
        ...limits.length > 0 ? [set(LIMITS_HEADER, limits.map(field => `,${field}=%REQUEST_BODY(${field})%,`).join(''))] : [],
        set(READ_HEADER, 'yes'),
      ],
    },
  });
}

/** Letters beyond ASCII that a parser which does not tell capitals apart takes for those within, as Go's does. */
export const FOLDED: { readonly [letter: string]: string } = { s: '\u017f', k: '\u212a' };

/** `Model`, `mOdel`, `toolſ` …: some parsers do not tell them apart. */
function otherSpellings(word: string): string[] {
  const all = [...word].reduce((found, letter) => found.flatMap(start => [letter, letter.toUpperCase(), FOLDED[letter] ?? []].flat().map(each => start + each)), ['']);
  return all.filter(spelling => spelling !== word);
}
