import { json, WireFormat } from './wire-format';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Speech in both directions, and images. */
export const openaiMedia: WireFormat = {
  api: 'openai-media',
  path: /\/(audio\/(transcriptions|translations|speech)|images\/(generations|edits|variations))$/,
  parts: ({ input, prompt }) => [{ user: String(input ?? prompt ?? '') }],
  whole: ({ pieces }, _, path) => {
    if (path.endsWith('/audio/speech')) return { contentType: 'audio/mpeg', body: Buffer.from('ID3mock') };
    if (path.includes('/audio/')) return json({ text: pieces.join('') });
    return json({ created: 1, data: [{ b64_json: PNG }] });
  },
};
