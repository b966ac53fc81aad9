import { arnOf, BEDROCK_ENDPOINTS, isOtherService, isRegion, meantRegion, regionOfHost } from './bedrock';
import { BedrockEndpoint, BedrockOptions } from './bedrock-options';
import { hostOf } from './endpoint';
import { checkProviderId } from './provider-arguments';
import { Format, ProviderFacts } from './provider-facts';
import { argumentsOf, InputChecks } from '../input/input-checks';

export function checkBedrock(where: string, options: BedrockOptions): void {
  const { region, id = 'bedrock', endpoint = BedrockEndpoint.RUNTIME } = argumentsOf(options);
  checkProviderId(where, id);
  const meant = meantRegion(region);
  const isEndpoint = Object.values(BedrockEndpoint).includes(endpoint);
  const url = isUrl(endpoint) ? new URL(endpoint).origin : undefined; // without a password that it may hold
  new InputChecks(where)
    .that(isRegion(region), 'region', 'an AWS region such as us-east-1', region, meant && meant !== region ? `write '${meant}'` : undefined)
    .refuse(/^amazon-bedrock(-mantle)?$/.test(id), `id is '${id}', which belongs to a plugin that OpenClaw does not bundle; leave id out, or write for example 'bedrock-eu'`)
    .refuse(url !== undefined, `endpoint must be a BedrockEndpoint, got '${url}'; ${remedyOf(String(url), region)}`)
    .that(isEndpoint || url !== undefined, 'endpoint', 'BedrockEndpoint.RUNTIME or BedrockEndpoint.MANTLE', endpoint)
    .options(options, { region: true, id: true, endpoint: true })
    .done();
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value);
}

function remedyOf(url: string, given: unknown): string {
  const region = isRegion(given) ? given : 'us-east-1';
  const [known] = Object.entries(BEDROCK_ENDPOINTS).find(([, { host }]) => url === `https://${host(region)}`) ?? [];
  if (known) return `write BedrockEndpoint.${known.toUpperCase()}`;
  return `for an endpoint of your VPC or a proxy write Provider.bedrock({ region: '${region}' }).customize({ baseUrl: '${url}' })`;
}

/** Where a company reaches Bedrock: the library adds the paths of the formats. */
export function checkBedrockUrl(where: string, baseUrl: unknown, { homeUrl, region, formats = [] }: ProviderFacts): void {
  if (!isUrl(baseUrl)) return;
  const { origin, pathname, username, password } = new URL(baseUrl);
  if (username !== '' || password !== '') return; // reported elsewhere, without showing them
  const path = pathname.replace(/\/+$/, '');
  const rest = path.replace(endingOf(formats), '');
  const host = hostOf(baseUrl);
  const other = regionOfHost(host);
  const paths = formats.map(each => `'${each.path}'`).join(' and ');
  new InputChecks(where)
    .refuse(isOtherService(host), `baseUrl is '${baseUrl}', where AWS answers no calls of models; write '${homeUrl}'`)
    .refuse(!isOtherService(host) && other !== undefined && other !== region,
      `baseUrl is '${baseUrl}' in region '${other}', the provider in '${region}'; write '${origin.replace(`.${other}.`, `.${region}.`)}', or use Provider.bedrock({ region: '${other}' })`)
    .refuse(rest !== path, `baseUrl is '${baseUrl}'; write '${origin}${rest}', to which the library adds ${paths}`)
    .done();
}

/** Paths that the library or OpenClaw adds, in part or as a whole; Mantle also serves some models below `/openai`. */
function endingOf(formats: readonly Format[]): RegExp {
  const openAi = formats.some(({ path }) => path.startsWith('/openai')) ? '((/openai)?/v1|/openai)' : '/v1';
  return new RegExp(`(/anthropic(/v1)?(/messages)?|${openAi}(/chat/completions|/responses)?|/model(/.*)?)$`);
}

/** What is wrong with the id of one of Bedrock's models, and what to write. */
export function problemOfBedrockId(id: string, region: string | undefined): string | undefined {
  if (!id.startsWith('arn:')) {
    const [first, ...rest] = id.split('/');
    if (rest.length === 0) return undefined;
    return /^(amazon-|aws-)?bedrock/.test(first) ? `names its provider twice; write model('${rest.join('/')}')` : 'must have no slash, which only an ARN has; write the id as AWS does';
  }
  const arn = arnOf(id);
  if (!arn) return 'is no ARN of a model; write arn:aws:bedrock:<region>:<account>:inference-profile/<id>';
  if (/^(prompt|(default-)?prompt-router)$/.test(arn.type)) return `is the ARN of a ${arn.type}, which chooses the model of each call; name one model`;
  return arn.region === region ? undefined : `is in region '${arn.region}', its provider in '${region}'; use Provider.bedrock({ region: '${arn.region}' })`;
}
