import { Attachment } from '../support/openclaw-client';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const PDF = `%PDF-1.1
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 24 Tf 20 100 Td (Hello PDF) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF`;

/** A second of silence, 8 kHz, 16 bit. */
function wav(): Buffer {
  const samples = 16_000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples, 4);
  header.write('WAVEfmt ', 8);
  [[16, 16], [24, 8000], [28, 16_000], [40, samples]].forEach(([at, value]) => header.writeUInt32LE(value, at));
  [[20, 1], [22, 1], [32, 2], [34, 16]].forEach(([at, value]) => header.writeUInt16LE(value, at));
  header.write('data', 36);
  return Buffer.concat([header, Buffer.alloc(samples)]);
}

const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\0\0\x02\0isomiso2'), Buffer.alloc(2000)]);

/** Small files of the kinds that users attach to a message. */
export const ATTACHMENTS: { readonly [kind: string]: Attachment } = {
  image: { mimeType: 'image/png', fileName: 'a.png', content: Buffer.from(PNG, 'base64') },
  recording: { mimeType: 'audio/wav', fileName: 'a.wav', content: wav() },
  video: { mimeType: 'video/mp4', fileName: 'a.mp4', content: MP4 },
  PDF: { mimeType: 'application/pdf', fileName: 'a.pdf', content: Buffer.from(PDF) },
};
