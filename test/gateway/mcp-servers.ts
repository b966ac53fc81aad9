import * as http from 'http';
import { text } from 'stream/consumers';

/** A tool `whoami` for an MCP server, in the words of its protocol. `secret` is a JavaScript expression or a value that the tool tells. */
const ANSWERS = (secret: string) => `({
  initialize: { protocolVersion: params && params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'test', version: '1' } },
  'tools/list': { tools: [{ name: 'whoami', description: 'tells the secret', inputSchema: { type: 'object', properties: {} } }] },
  'tools/call': { content: [{ type: 'text', text: 'secret-is ' + ${secret} }] },
}[method] || {})`;

/** The arguments of `node` for an MCP server that speaks over its standard streams, and tells a variable of its environment. */
export function stdioServer(variable: string): string[] {
  return ['-e', [
    "require('readline').createInterface({ input: process.stdin }).on('line', line => {",
    '  const { id, method, params } = JSON.parse(line);',
    `  const result = ${ANSWERS(`process.env.${variable}`)};`,
    "  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));",
    '});',
  ].join('\n')];
}

/** An MCP server over HTTP that tells the header `authorization` of the call. */
export class HttpMcpServer {
  public static readonly URL = 'http://127.0.0.1:8701/mcp';
  private readonly server = http.createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const { id, method, params } = JSON.parse(await text(request));
    if (id === undefined) return void response.writeHead(202).end();
    const result = new Function('method', 'params', `return ${ANSWERS(JSON.stringify(request.headers.authorization ?? ''))}`)(method, params);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  });

  public async listen(): Promise<void> {
    const { port, hostname } = new URL(HttpMcpServer.URL);
    return new Promise(resolve => this.server.listen(Number(port), hostname, resolve));
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
