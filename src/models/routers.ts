import { hostOf } from './endpoint';
import { isAmong, ProviderFacts, ProviderRow } from './provider-facts';
import { PROVIDER_ROWS } from './provider-rows';

const ROWS: readonly ProviderRow[] = Object.values(PROVIDER_ROWS);

/** Ids that are routers wherever they are passed on, such as `openrouter/auto` at a LiteLLM. */
const PASSED_ON = /^openrouter\/|@preset\//i;

/** The company that chooses the model of each call with this id; undefined for an id that names a model. */
export function routerOf({ baseUrl, company, traits }: ProviderFacts, id: string): string | undefined {
  if (isAmong(traits.routers, id)) return company;
  const isPassedOn = traits.companyInId === 'unknown' && PASSED_ON.test(id);
  return ROWS.find(row => isAmong(row.routers, id) && (isPassedOn || isAt(row, baseUrl)))?.company;
}

/** Whether a URL is one of the provider's own: at its host, or at one below it. */
function isAt(row: ProviderRow, url: string): boolean {
  return `.${hostOf(url)}`.endsWith(`.${hostOf(row.baseUrl)}`);
}
