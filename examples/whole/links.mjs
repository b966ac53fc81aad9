// An MCP server with one tool: links to the company's files, signed with a key that this container alone has.
//
// No template literals here: the program is part of a manifest, where Flux would substitute their placeholders.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const KEY = '/etc/links/key';
const DAY = 24 * 60 * 60;

function linkTo(file) {
  const key = readFileSync(KEY, 'utf8').trim(); // each time: Kubernetes writes a changed one into the same file
  const unsigned = new URL(encodeURI(file), process.env.BASE_URL);
  unsigned.searchParams.set('until', Math.floor(Date.now() / 1000) + DAY);
  // in the results of tools, OpenClaw masks the values of names such as 'signature' or 'token'
  unsigned.searchParams.set('mac', createHmac('sha256', key).update(unsigned.pathname + unsigned.search).digest('hex'));
  return unsigned.href;
}

const SHARE = {
  name: 'share_file',
  description: 'A link to a file of the company. Who has it can read the file for a day.',
  inputSchema: { type: 'object', properties: { file: { type: 'string', description: 'path of the file: reports/march.pdf' } }, required: ['file'] },
};

const METHODS = {
  'initialize': ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'links', version: '1.0.0' } }),
  'ping': () => ({}),
  'tools/list': () => ({ tools: [SHARE] }),
  'tools/call': ({ arguments: { file } }) => ({ content: [{ type: 'text', text: linkTo(file) }] }),
};

function answerTo({ id, method, params }) {
  try {
    if (!METHODS[method]) return { jsonrpc: '2.0', id, error: { code: -32601, message: 'unknown method ' + method } };
    return { jsonrpc: '2.0', id, result: METHODS[method](params ?? {}) };
  } catch ({ message }) {
    return { jsonrpc: '2.0', id, error: { code: -32603, message } };
  }
}

createServer(async (call, answer) => {
  if (call.method !== 'POST') return answer.writeHead(405).end();
  const message = JSON.parse(await text(call));
  if (message.id === undefined) return answer.writeHead(202).end(); // a notification
  return answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(message)));
}).listen(8700, '127.0.0.1');

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
