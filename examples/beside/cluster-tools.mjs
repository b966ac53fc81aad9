// An MCP server with one tool: the pods of its namespace, read with the token that this container alone has.
//
// No template literals here: the program is part of a manifest, where Flux would substitute their placeholders.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const account = (file) => readFileSync(ACCOUNT + '/' + file, 'utf8'); // each time, since the kubelet renews the token
const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;

function get(path) {
  const headers = { authorization: 'Bearer ' + account('token'), accept: 'application/json' };
  return new Promise((resolve, reject) => {
    request({ host, port, path, headers, ca: account('ca.crt') }, async (answer) => resolve(JSON.parse(await text(answer)))).on('error', reject).end();
  });
}

async function listPods() {
  const { items, message } = await get('/api/v1/namespaces/' + account('namespace') + '/pods');
  return items ? items.map(({ metadata, status }) => metadata.name + ': ' + status.phase).join('\n') : message;
}

const METHODS = {
  'initialize': ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'cluster', version: '1.0.0' } }),
  'ping': () => ({}),
  'tools/list': () => ({ tools: [{ name: 'list_pods', description: 'The pods of this namespace and their phase.', inputSchema: { type: 'object' } }] }),
  'tools/call': async () => ({ content: [{ type: 'text', text: await listPods() }] }),
};

async function answerTo({ id, method, params }) {
  try {
    if (!METHODS[method]) return { jsonrpc: '2.0', id, error: { code: -32601, message: 'unknown method ' + method } };
    return { jsonrpc: '2.0', id, result: await METHODS[method](params ?? {}) };
  } catch ({ message }) {
    return { jsonrpc: '2.0', id, error: { code: -32603, message } };
  }
}

createServer(async (call, answer) => {
  if (call.headers.origin) return answer.writeHead(403).end(); // a page of a browser beside it
  if (call.method !== 'POST') return answer.writeHead(405).end();
  const message = JSON.parse(await text(call));
  if (message.id === undefined) return answer.writeHead(202).end(); // a notification
  return answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await answerTo(message)));
}).listen(8700, '127.0.0.1');

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
