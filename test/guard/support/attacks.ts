import { gzipSync } from 'zlib';
import { PROFILE } from './fixture';
import { placedTools } from './placed-tools';
import { RawRequest, rawRequest } from './raw-http';
import { bodyOf, OTHER, Target } from './targets';
import { SERVER_FIELDS } from '../../../src/guard/server-tools';

/** A request that tries to get past the guard; `harmless`: it may arrive, as far as the judge has nothing against it. */
export interface Attack { readonly name: string; readonly bytes: Buffer; readonly harmless?: boolean }

type Body = string | Buffer;
type Headers = [string, string][];

/** What is tried against one wire format. `caller`: what the guard knows its gateway by. */
export function attacksOn(target: Target, caller: Headers): Attack[] {
  const { path, model } = target;
  const send = (name: string, request: Partial<RawRequest>, harmless?: boolean): Attack => ({
    name, harmless, bytes: rawRequest({ path, body: JSON.stringify(bodyOf(target)), ...request, headers: [...caller, ...request.headers ?? []] }),
  });
  const body = (name: string, text: Body, isHarmless?: boolean) => send(name, { body: text }, isHarmless);
  const json = (name: string, more: object) => body(name, JSON.stringify(bodyOf(target, more)));
  const pathNamesModel = model === undefined;
  const own = pathNamesModel ? 'gemini-2.5-flash' : model;
  const m = JSON.stringify(own);
  const o = JSON.stringify(OTHER);
  const ok = JSON.stringify(bodyOf(target));

  return [
    json('another model', { model: OTHER }),
    json('another model with the allowed one in it', { model: `${own}-preview` }),
    json('the allowed model with a space', { model: `${own} ` }),
    json('the allowed model with a NUL', { model: `${own}\0` }),
    json('the allowed model in capitals', { model: own.toUpperCase() }),
    json('the allowed model with a suffix', { model: `${own}:online` }),
    json('two models in one text', { model: `${own},${OTHER}` }),
    json('an array of models', { model: [own, OTHER] }),
    json('an object for a model', { model: { id: OTHER } }),
    body('no model but null', JSON.stringify(bodyOf(target, { model: null })), pathNamesModel),
    json('a number for a model', { model: 1 }),
    json('true for a model', { model: true }),
    ...pathNamesModel ? [json('a model in the body where the path names it', { model: own })] : [body('no model', '{"messages":[]}')],
    body('the other model last', `{"model":${m},"model":${o}}`),
    body('the other model first', `{"model":${o},"model":${m}}`),
    body('the other model first, escaped', `{"mod\\u0065l":${o},"model":${m}}`),
    body('the other model last, escaped', `{"model":${m},"\\u006dodel":${o}}`),
    body('the other model after much text', `{"model":${m},"pad":"${'x'.repeat(300_000)}","model":${o}}`),
    ...['Model', 'MODEL', 'modeL'].map(key => json(`another model as ${key}`, { [key]: OTHER })),
    ...['Model', 'mOdel'].map(key => json(`another model in an array as ${key}`, { [key]: [OTHER] })),
    ...SERVER_FIELDS.map(field => json(`the field ${field}`, nested(field, field === 'models' ? [OTHER] : { id: OTHER }))),
    ...['Tools', 'TOOLS', 'tool\u017f', 'TOOL\u017f'].map(key => json(`the server's tool as ${key}`, { [key]: [{ type: 'web_search' }] })),
    ...placedTools(target).map(([name, more]) => json(name, more)),
    ...['googleSearch', 'google_search', 'codeExecution', 'urlContext', 'googleMaps', 'enterpriseWebSearch'].map(name => json(`the server's tool ${name}`, { tools: [{ [name]: {} }] })),
    body("the server's tool with an escaped long s", ok.replace(/\}$/, ',"tool\\u017f":[{"type":"web_search"}]}')),
    ...['\u017f', '\\u017f'].map(s => body(`the server's tool as tool${s} among the input`, ok.replace(/\}$/, `,"input":[{"type":"additional_tools","tool${s}":[{"type":"web_search"}]}]}`))),
    ...['google\u017fearch', 'google_\u017fearch', 'google\\u017fearch'].map(name => body(`the server's tool ${name}`, ok.replace(/\}$/, `,"tools":[{"${name}":{}}]}`))),
    json('tools in a text', { tools: ' [{"type": "web_search"}]' }),
    json('tools in an object', { tools: { a: { type: 'computer' } } }),
    body('a server tool, escaped', ok.replace('}', '}').replace(/\}$/, ',"tools":[{"type":"web\\u005fsearch_20250305"}]}')),
    body('a server tool, spaced out', ok.replace(/\}$/, ',"tools":[ { "type" : "web_search_20250305" } ]}')),
    body('a tool whose type is written twice', ok.replace(/\}$/, ',"tools":[{"type":"function","type":"web_search_20250305"}]}')),
    body('an array', `[${ok}]`, pathNamesModel),
    body('a text', JSON.stringify(ok), pathNamesModel),
    body('nothing', '', pathNamesModel),
    body('no JSON', `{"model":${o}`),
    body('two documents', `${ok}{"model":${o}}`),
    body('two documents on two lines', `${ok}\n{"model":${o}}`),
    body('a comment', `{/*"model":${m},*/"model":${o}}`),
    body('a comment to the end of the line', `{"model":${o}//,"model":${m}\n}`),
    body('single quotes', `{'model':'${OTHER}',"model":${m}}`),
    body('bare words', `{model:${o},"model":${m}}`),
    body('a comma at the end', `{"model":${m},}`),
    body('a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(ok)])),
    body('UTF-16', Buffer.from(`\ufeff${ok}`, 'utf16le')),
    body('bytes that are no UTF-8 in the key', Buffer.concat([Buffer.from('{"mod\xffel":', 'latin1'), Buffer.from(`${o},"model":${m}}`)])),
    body('an overlong e in the key', Buffer.concat([Buffer.from('{"mod'), Buffer.from([0xc1, 0xa5]), Buffer.from(`l":${o},"model":${m},"x":1}`)])),
    body('deeply nested', `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`),

    send('a form', { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: `model=${OTHER}` }),
    send('several parts', { headers: [['Content-Type', 'multipart/form-data; boundary=b']], body: `--b\r\nContent-Disposition: form-data; name="model"\r\n\r\n${OTHER}\r\n--b--` }),
    send('no content type', { headers: [['Content-Type', '']] }),
    send('two content types', { headers: [['Content-Type', 'application/json'], ['Content-Type', 'text/plain']] }),
    send('a text as content type', { headers: [['Content-Type', 'text/plain']] }),
    ...['APPLICATION/JSON', 'Application/json', 'application/json;charset=utf-8', 'application/json; charset=UTF-8', 'application/json ', 'application/json;', 'application/problem+json']
      .flatMap(type => [
        send(`${type}, with another model`, { headers: [['Content-Type', type]], body: JSON.stringify(bodyOf(target, { model: OTHER })) }),
        send(`${type}, with a server tool`, { headers: [['Content-Type', type]], body: JSON.stringify(bodyOf(target, { tools: [{ type: 'web_search' }] })) }),
      ]),
    send('another charset', { headers: [['Content-Type', 'application/json; charset=utf-16']] }),
    send('gzip', { headers: [['Content-Encoding', 'gzip']], body: gzipSync(ok) }),
    send('gzip that says identity', { headers: [['Content-Encoding', 'identity']] }),
    send('a body in chunks', { headers: [['Transfer-Encoding', 'chunked']], body: chunked(JSON.stringify({ model: OTHER })) }),
    send('chunks and a length', { headers: [['Content-Length', '4'], ['Transfer-Encoding', 'chunked']], body: chunked(JSON.stringify({ model: OTHER })) }),
    send('chunks that hide', { headers: [['Transfer-Encoding', 'xchunked']], body: chunked(ok) }),
    send('two lengths', { headers: [['Content-Length', '2'], ['Content-Length', String(ok.length)]] }),
    send('a trailer', { headers: [['Transfer-Encoding', 'chunked'], ['Trailer', 'x-model']], body: chunked(JSON.stringify({ model: OTHER }), `x-model: ${OTHER}\r\n`) }),
    send('a second request behind the first', { body: JSON.stringify({ model: OTHER }) + rawRequest({ path, body: JSON.stringify({ model: OTHER }) }).toString() }),

    ...['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'].map(method => send(method, { method })),
    send('another method by a header', { method: 'GET', headers: [['X-HTTP-Method-Override', 'POST']] }),
    send('CONNECT', { method: 'CONNECT', path: 'api.openai.com:443' }),
    send('a websocket', { method: 'GET', headers: [['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ['Sec-WebSocket-Key', 'AAAAAAAAAAAAAAAAAAAAAA=='], ['Sec-WebSocket-Version', '13']] }),
    send('HTTP/0.9', { version: '' }),
    ...[`?model=${OTHER}`, '?key=mine', '?$httpMethod=GET', `?${target.query ?? 'a=b'}&model=${OTHER}`, '?', '#fragment', ';x=1', '/', '/..', '//', '%2f..%2fembeddings', '%00', '\\..\\models',
      '/../../models', '/%2e%2e/models', '.json', ':batch'].map(end => send(`the path with ${end} at its end`, { path: `${path}${end}` }, end === '?' || end === '#fragment')),
    ...pathNamesModel ? MIDDLES.map(middle => send(`${middle} before the verb`, { path: path.replace(/:(?=\w+$)/, `:${middle}:`) })) : [],
    send('the path in capitals', { path: path.toUpperCase() }),
    send('double slashes', { path: path.replace('/v1', '//v1') }, true),
    send('an absolute URI', { path: `http://api.openai.com${path}`, body: JSON.stringify({ model: OTHER }) }),
    send('another host', { headers: [['Host', 'api.openai.com']], body: JSON.stringify({ model: OTHER }) }),
    ...['models', 'embeddings', 'files', 'batches', 'images/generations', 'audio/speech', 'responses/compact', 'messages/batches', 'models/gemini-2.5-pro:generateContent',
      'models/gemini-2.5-flash:embedContent', 'models/gemini-2.5-flash:batchGenerateContent', 'tunedModels/x:generateContent', 'cachedContents'].map(other =>
      send(`the endpoint ${other}`, { path: `/${path.split('/')[1]}/v1/${other}` })),
    ...target.of ? BEDROCK_PATHS.map(other => send(`Bedrock's ${other}`, { path: `/bedrock${other}`, body: JSON.stringify({ ...bodyOf(target), model: undefined }) })) : [],
    ...target.of ? BEDROCK_PATHS.map(other => send(`the model in the body of ${other}`, { path: `/bedrock${other}` })) : [],
    ...target.of ? ['anthropic/v1/messages', 'openai/v1/chat/completions', 'v1/chat/completions', 'openai/v1/responses', 'anthropic/v1/messages/count_tokens']
      .filter(other => path !== `/bedrock/${other}`).map(other => send(`the allowed model at ${other}`, { path: `/bedrock/${other}` })) : [],
    send('the endpoint of another provider', { path: path.replace(/^\/\w+/, target.format === 'openai-responses' ? '/anthropic' : '/openai'), body: JSON.stringify({ model: OTHER }) }),

    ...['x-api-key', 'authorization', 'x-goog-api-key', 'api-key'].filter(name => caller.every(([given]) => given !== name))
      .map(name => send(`a key of one's own as ${name}`, { headers: [[name, name === 'authorization' ? 'Bearer mine' : 'mine']] }, true)),
    send('a cookie', { headers: [['Cookie', 'session=mine']] }, true),
    ...['x-envoy-original-path', 'x-envoy-upstream-alt-stat-name', 'x-envoy-retry-on', 'x-original-url', 'x-rewrite-url', 'x-forwarded-host', 'x-guard-field',
      'x-guard-tools', 'x-envoy-internal', 'x-forwarded-prefix', 'x-real-ip', 'x-method-override', 'anthropic-workspace-id', 'anthropic-user-profile-id', 'openai-project',
      'x-portkey-custom-host', 'helicone-target-url', 'cf-aig-authorization', 'x-litellm-tags', 'x-ms-client-principal', 'x-amz-date', 'x-amz-security-token', 'x-amz-target', 'x-amzn-bedrock-guardrailidentifier', 'azureml-model-deployment', 'x-bf-vk', 'x-hf-bill-to', 'x-tfy-metadata', 'x-bt-parent', 'x-ai-eg-model', 'x-gateway-destination-endpoint', 'x-smg-target-worker', 'cf-connecting-ip', 'x-client-ip', 'x-original-host', 'x-rewrite-uri'].map(name => send(`the header ${name}`, { headers: [[name, '/openai/v1/models']] }, true)),
    send("the guard's own headers, and a body that it does not read", {
      headers: [['x-guard-read', 'yes'], ['x-guard-model', own], ['Content-Type', 'APPLICATION/JSON']], body: JSON.stringify({ model: OTHER }),
    }),
    send('headers that are for the next hop only', { headers: [['Connection', 'x-guard-model, x-guard-field'], ['x-guard-field', '']], body: JSON.stringify({ model: OTHER }) }),
    send('a header with an underscore', { headers: [['x_api_key', 'mine']] }),
    send('a header with a line break', { headers: [['x-a', 'b\r\n x-guard-field: c']] }, true),
    send('an upgrade to HTTP/2', { headers: [['Connection', 'Upgrade, HTTP2-Settings'], ['Upgrade', 'h2c'], ['HTTP2-Settings', 'AAMAAABkAAQAAP__']] }, true),
    { name: 'HTTP/2 at once', bytes: Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') },
    { name: 'HTTP/1.0', bytes: rawRequest({ path, version: 'HTTP/1.0', body: ok, headers: caller }), harmless: true },
  ];
}

/** Where Bedrock takes the model from the path: also the allowed one, beside which the body could name another. */
const BEDROCK_PATHS = [encodeURIComponent(PROFILE), PROFILE, 'us.anthropic.claude-opus-5-v1:0', 'us.anthropic.claude-opus-5-v1%3A0', 'openai.gpt-oss-120b-1:0']
  .flatMap(model => ['invoke', 'invoke-with-response-stream', 'converse', 'converse-stream', 'count-tokens', 'async-invoke'].map(verb => `/model/${model}/${verb}`))
  .concat(['/foundation-models', '/model-invocation-job', '/guardrail/x/version/1/apply', '/anthropic/model/x/invoke', '/openai/v1/chat/completions/../../../model/x/invoke',
    '/openai/v1/chat/completions/..;/model/x/invoke', '/model/openai.gpt-oss-120b-1:0/../x/invoke']);

/** What another server may read as another model, or another verb. */
const MIDDLES = [
  'x', 'x/y', 'x/..;a/gemini-2.5-pro', 'x/%2e%2e;a/gemini-2.5-pro', 'x/.%2e;/gemini-2.5-pro', 'x/%252e%252e/gemini-2.5-pro', 'x%252f..%252fgemini-2.5-pro', 'embedContent%3f',
  'batchGenerateContent%23', 'predict%0a', 'x?a=', 'x;a',
];

/** A value at a field; `a:b` is b in a. */
function nested(field: string, value: unknown): object {
  return field.split(':').reduceRight<any>((inner, key) => ({ [key]: inner }), value);
}

function chunked(text: string, trailer = ''): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n${trailer}\r\n`;
}
