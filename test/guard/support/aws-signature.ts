import * as crypto from 'crypto';
import { Arrival } from './judge';

const hmac = (key: crypto.BinaryLike, text: string) => crypto.createHmac('sha256', key).update(text).digest();
const sha256 = (data: crypto.BinaryLike) => crypto.createHash('sha256').update(data).digest('hex');
const FORM = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

const escaped = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Who signed a request: `<access key id> <region> <service>`, or why AWS would refuse it.
 *
 * @param secrets the secret access keys, by their ids
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signerOf({ method, url, authority, headers: received, body }: Arrival, secrets: { readonly [id: string]: string }): string {
  const headers: Arrival['headers'] = { ...received, host: received.host ?? authority };
  const [, id, date, region, service, names, signature] = FORM.exec(headers.authorization ?? '') ?? [];
  if (!id) return `unsigned: ${headers.authorization}`;
  if (!(id in secrets)) return `unknown ${id}`;
  const signed = names.split(';');
  const missing = ['host', 'x-amz-date', 'content-type'].filter(name => !signed.includes(name));
  if (missing.length > 0) return `not signed: ${missing.join(', ')}`;
  const [path, query = ''] = url.split('?');
  const time = String(headers['x-amz-date']);
  if (Math.abs(Date.now() - Date.parse(time.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))) > 300_000) return `signed at ${time}`;
  const canonical = [
    method,
    path.split('/').map(escaped).join('/'), // once more than it was sent
    query.split('&').filter(Boolean).map(pair => pair.includes('=') ? pair : `${pair}=`).sort().join('&'),
    ...signed.map(name => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<crypto.BinaryLike>((last, part) => hmac(last, part), `AWS4${secrets[id]}`);
  const text = ['AWS4-HMAC-SHA256', time, `${date}/${region}/${service}/aws4_request`, sha256(canonical)].join('\n');
  return hmac(key, text).toString('hex') === signature ? `${id} ${region} ${service}` : `wrong signature of ${id}, signed ${names}`;
}
