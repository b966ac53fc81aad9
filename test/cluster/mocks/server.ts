import * as fs from 'fs';
import * as http from 'http';
import { performance } from 'perf_hooks';
import { json } from 'stream/consumers';
import { MockProviders } from '../../support/providers/mock-providers';

const TLS_FOLDER = '/tls';

/** The pod that stands in for the providers: they at 8000 and, with a certificate, at 8443, and at 9000 what tells it how to behave. */
async function main(): Promise<void> {
  const tls = fs.existsSync(TLS_FOLDER) && { key: fs.readFileSync(`${TLS_FOLDER}/key`, 'utf8'), cert: fs.readFileSync(`${TLS_FOLDER}/cert`, 'utf8') };
  const providers = await MockProviders.start({ address: '0.0.0.0', ...tls && { tls }, ports: { http: [8000], https: tls ? [8443] : [] } });
  let release = () => {};
  let released: Promise<void>;
  const hold = () => { released = new Promise(resolve => { release = resolve; }); };
  hold();
  const commands: { [path: string]: (body: any) => unknown } = {
    '/when': ({ match, behaviour, held }) => providers.when(match, { ...behaviour, ...held && { until: released } }),
    '/release': () => { release(); hold(); },
    '/reset': () => providers.reset(),
    '/calls': () => providers.calls.map(({ headers, ...call }) => ({ ...call, at: performance.timeOrigin + call.at })),
  };
  http.createServer(async (request, response) => {
    const body = request.method === 'POST' ? await json(request) : {};
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(commands[request.url!]?.(body) ?? null));
  }).listen(9000);
}

void main();
