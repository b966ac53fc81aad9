import * as http from 'http';
import { text } from 'stream/consumers';
import { RunningPod } from './pod/running-pod';

/** The status of a turn over HTTP that comes from an address of the cluster, or from the pod itself. */
export async function askFrom(localAddress: string, headers: { readonly [name: string]: string }, agent = 'main'): Promise<number> {
  const body = JSON.stringify({ model: `openclaw/${agent}`, messages: [{ role: 'user', content: 'hello' }] });
  const hostname = localAddress === '127.0.0.1' ? localAddress : RunningPod.ADDRESS;
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options = { localAddress, hostname, port: 18789, path: '/v1/chat/completions', method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    http.request(options, resolve).on('error', reject).end(body);
  });
  await text(answer);
  return answer.statusCode!;
}
