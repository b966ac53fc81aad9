import { extension, Message, METADATA } from '../messages';

export const READ_MODEL = 'read-model';
export const READ_MODEL_TYPE = 'filters.http.json_to_metadata.v3.JsonToMetadata';
/** JSON in UTF-8 is all that is read, written as OpenClaw does: Envoy's filters do not agree on other spellings. */
export const JSON_TYPE = 'application/json(; ?charset=utf-8)?';

/** Learns the model for the log, and whether the body is JSON at all. Other filters decide which model is called, by what `read-fields` copies. */
export function readModel(): Message {
  const learn = (key: string, value?: string) => ({ metadata_namespace: METADATA, key, ...value ? { value } : { type: 'STRING' } });
  return extension(READ_MODEL_TYPE, {
    request_rules: {
      allow_content_types_regex: { regex: JSON_TYPE },
      rules: [
        { selectors: [{ key: 'model' }], on_present: learn('model') },
        // a key that nobody sends is missing in all that is JSON
        { selectors: [{ key: '\x01never' }], on_present: learn('never'), on_missing: learn('json', 'ok'), on_error: learn('json', 'invalid') },
      ],
    },
  });
}
