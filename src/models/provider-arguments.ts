import { ModelApi } from './model-api';
import { ProviderCallOptions } from './provider-options';
import { WIRE_FACTS } from './wire-facts';
import { isHeaderName, isSeconds } from '../input/forms';
import { InputChecks } from '../input/input-checks';
import { isLabelName, isLabelValue } from '../input/kubernetes-names';
import { isSecret } from '../input/looks-secret';
import { isMap } from '../input/values';

/** The conventional name of a provider's key: `my-vllm` has `MY_VLLM_API_KEY`. */
export function keyNameOf(providerId: string): string {
  return `${providerId.toUpperCase().replace(/-/g, '_')}_API_KEY`;
}

const OF_THE_CONNECTION = /^(host|connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade|x-(guard|envoy)-.*)$/i;

/** Whether a caller may name a header: none that the sender sets itself. */
export function isSettableHeader(name: unknown): boolean {
  return isHeaderName(name) && !OF_THE_CONNECTION.test(String(name));
}

export function checkProviderId(where: string, id: unknown): void {
  const wellFormed = typeof id === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id);
  new InputChecks(where).that(wellFormed, 'id', 'lower-case letters and digits, with single dashes between', id).done();
}

const CALL = /\/(chat\/completions|responses|messages|embeddings)\/?$/;

export function checkEndpoint(where: string, name: string, url: unknown, example: string): void {
  const web = typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  const check = new InputChecks(where).that(web, name, `an absolute http or https URL such as ${example}`, url);
  if (web) {
    const { username, password, hostname, port, pathname } = new URL(url);
    const showsSecret = username !== '' || password !== '';
    check
      .refuse(showsSecret, `${name} holds a user or password, which would be readable in the manifests; give the key with a ProviderSecret`)
      .that(showsSecret || (!/[\s?#%\\]|\$\{|[^\x21-\x7e]/.test(url) && port !== '0' && !/^\.|\.\./.test(hostname)), name,
        'a URL of letters, digits, dots, dashes and slashes, without query and fragment', url)
      .that(showsSecret || /^(\/[\w.~:@!$&'()*+,;=%-]+)*\/?$/.test(pathname), name, 'a URL whose path has a name between each two slashes, without | and ^', url)
      .refuse(CALL.test(pathname), `${name} is '${url}', which ends in the path of a call; leave out '${CALL.exec(pathname)?.[0]}', which OpenClaw adds`);
  }
  check.done();
}

/** Azure serves the API at one path of a resource. */
export function checkAzureEndpoint(where: string, endpoint: unknown): void {
  const url = typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const pathname = url?.pathname.replace(/\/+$/, '') ?? '';
  const deployment = /\/deployments\/([^/]+)/.exec(pathname)?.[1];
  if (!url || !/^https?:$/.test(url.protocol) || /^(\/openai(\/v1)?)?$/.test(pathname)) {
    return checkEndpoint(where, 'endpoint', endpoint, 'https://<resource>.openai.azure.com');
  }
  new InputChecks(where).refuse(true, `endpoint is '${url.origin}${url.pathname}'; write '${url.origin}', to which OpenClaw adds the path`
    + `${deployment ? `, and name the deployment as the model: model('${deployment}', …)` : ''}; for a gateway that serves Azure's API at another path use`
    + ` Provider.azureOpenAi({ endpoint: '${url.origin}' }).customize({ baseUrl: '<the URL up to and with /openai/v1>' })`).done();
}

/** Ollama serves OpenAI's formats below `/v1` only. @see https://docs.ollama.com/api/openai-compatibility */
export function checkServed(where: string, id: string, baseUrl: string, api: ModelApi): void {
  const { origin, port, pathname } = new URL(baseUrl);
  const isOllama = /(^|-)ollama(-|$)/.test(id) || port === '11434';
  const isOpenAi = api === ModelApi.OPENAI_COMPLETIONS || api === ModelApi.OPENAI_RESPONSES;
  if (!isOllama || !isOpenAi || /\/v1\/?$/.test(pathname)) return;
  const path = pathname.replace(/\/+$/, '').replace(/\/api(\/.*)?$/, '');
  new InputChecks(where).refuse(true, `baseUrl is '${baseUrl}', where Ollama does not serve this API; write '${origin}${path}/v1'`).done();
}

export function checkCall(where: string, { podPort, podLabels, headers, timeout }: ProviderCallOptions, api: ModelApi): void {
  const pairs = Object.entries(isMap(headers) ? headers : {});
  const check = new InputChecks(where)
    .list('names of headers', pairs.map(([name]) => name), isSettableHeader,
      'the name of an HTTP header, and none that the sender sets itself')
    .map('headers', headers, value => typeof value === 'string' && /^[\x20-\x7e]{0,16384}$/.test(value) && !value.includes('${'),
      'a string of at most 16,384 printable ASCII characters');
  for (const [name, value] of pairs.filter(([each, text]) => isSecret(each, String(text)))) {
    check.refuse(true, `headers['${name}'] would show a secret in the manifests; ${withoutShowing(name, String(value), api)}`);
  }
  check
    .that(isSeconds(timeout), 'timeout', 'a Duration of whole seconds, at least one', timeout, 'use Duration.seconds(60)')
    .that(podPort === undefined || (Number.isInteger(podPort) && podPort > 0 && podPort < 65536), 'podPort', 'a port from 1 to 65535', podPort)
    .refuse(isMap(podLabels) && Object.keys(podLabels).length === 0, 'podLabels must have at least one label, since an empty map would match every pod; leave it out')
    .list('names of podLabels', Object.keys(isMap(podLabels) ? podLabels : {}), isLabelName, 'the name of a label')
    .map('podLabels', podLabels, isLabelValue, 'the value of a label')
    .done();
}

/** How to send a secret that no manifest shows. */
function withoutShowing(name: string, value: string, api: ModelApi): string {
  if (name.toLowerCase() === WIRE_FACTS[api]?.keyHeader) return 'give the provider its key with a ProviderSecret';
  return `use ${/^bearer /i.test(value) ? 'bearerHeaders' : 'secretHeaders'}: { '${name}': SecretSource.fromSecretName('<secret>', '<key>') }`;
}
