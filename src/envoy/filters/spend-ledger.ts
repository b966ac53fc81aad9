import { readFileSync } from 'fs';
import { BudgetSettings } from '../../guard/budget';
import { LEDGER_DIR } from '../../guard/guard-layout';
import { own } from '../../input/values';
import { ModelApi } from '../../models/model-api';
import { TokenPrices } from '../../models/token-prices';
import { WIRE_FACTS } from '../../models/wire-facts';
import { packageFile } from '../../package-file';
import { GuardedCall, GuardedProvider } from '../guarded-provider';
import { GUARD_PREFIX } from '../headers';
import { exactly, extension, learnt, Message, not, policy, RBAC_TYPE } from '../messages';

/** Reserves what a call can cost at most, refuses it where a budget does not have that, and corrects the amount when the call has ended. */
export const SPEND_LEDGER = 'spend-ledger';
export const SPEND_LEDGER_TYPE = 'filters.http.lua.v3.Lua';

/** Refuses what the ledger did not admit, also where its program failed. */
export const RESERVED = 'reserved';

/** Where the ledger's program tells what it learnt. */
export const LEDGER_METADATA = 'budget';

/** Both spellings of a field in Google's configuration, which has two itself. */
const configured = (...spellings: string[]) => ['generationConfig', 'generation_config'].flatMap(at => spellings.map(field => `${at}:${field}`));

/**
 * Fields that change the price of a call, or make several answers of one call. A predicted text that the model rejects is billed as output, sounds and
 * images have prices of their own, Anthropic's summaries are further calls, and OpenRouter's `provider` may name one that costs more.
 */
export const PRICE_FIELDS = [
  'n', 'best_of', 'service_tier', 'serviceTier', 'speed', 'inference_geo', ...configured('candidateCount', 'candidate_count'),
  'prediction', 'modalities', 'audio', ...configured('responseModalities', 'response_modalities'), 'context_management:edits', 'provider',
];

const OF_RESPONSES = ['max_output_tokens'];
const OF_GOOGLE = configured('maxOutputTokens', 'max_output_tokens');

/** Where a provider looks for the limit of its answer. */
const LIMITS: { readonly [api in ModelApi]: readonly string[] } = {
  [ModelApi.ANTHROPIC_MESSAGES]: ['max_tokens'],
  [ModelApi.OPENAI_RESPONSES]: OF_RESPONSES,
  [ModelApi.AZURE_OPENAI_RESPONSES]: OF_RESPONSES,
  [ModelApi.OPENAI_COMPLETIONS]: ['max_tokens', 'max_completion_tokens'],
  [ModelApi.GOOGLE_GENERATIVE_AI]: OF_GOOGLE,
};

export const LIMIT_FIELDS = [...new Set(Object.values(LIMITS).flat())];

let program: string | undefined;

export function spendLedger(): Message {
  program ??= readFileSync(packageFile('assets', 'spend-ledger.lua'), 'utf8');
  return extension(SPEND_LEDGER_TYPE, { stat_prefix: 'spend_ledger', default_source_code: { inline_string: program } });
}

const ONLY_RESERVED = {
  rules_stat_prefix: 'reserved_',
  rules: { action: 'DENY', policies: { not_reserved: policy([not(learnt('reserved', exactly('yes'), LEDGER_METADATA))]) } },
};

export const reserved: Message = { name: RESERVED, typed_config: extension(RBAC_TYPE, ONLY_RESERVED) };

/** A model as the ledger knows it; dollars per million tokens are millionths of a dollar per token. */
interface LedgerModel extends TokenPrices {
  readonly maxTokens: number;
  /** The most that a request can hold, in tokens; nothing where it holds many texts, each up to the window. */
  readonly window?: number;
  readonly limits: readonly string[];
  /** Whether requests may name items that the provider has stored. */
  readonly stores: boolean;
  /** What the end of a streamed answer holds; without it the answer has broken off, though it may have told of some tokens before. */
  readonly ends?: string;
}

const ENDS: { readonly [api in ModelApi]?: string } = {
  [ModelApi.ANTHROPIC_MESSAGES]: '"message_stop"',
  [ModelApi.GOOGLE_GENERATIVE_AI]: '"finishReason"',
  [ModelApi.OPENAI_COMPLETIONS]: 'data: [DONE]',
};

const FORMATS = { day: '%Y-%m-%d', week: '%G-W%V', month: '%Y-%m' };
/** Of a period, in seconds. */
const LONGEST = { day: 86_400, week: 7 * 86_400, month: 31 * 86_400 };

/** Where nothing is reserved: calls that no budget counts, those that are refused anyway, and the guard's own probe. */
export function unreserved(): Message {
  return { [RESERVED]: extension(`${RBAC_TYPE}PerRoute`) };
}

/** The prices and budgets of what may be called at a route. */
export function spendLedgerOfRoute(provider: GuardedProvider, calls: GuardedCall[]): Message {
  const models = Object.fromEntries(calls.flatMap(({ api, path, models: ids }) => ids.flatMap(id => {
    const [prices, sizes] = [own(provider.prices, id), own(provider.sizes, id)];
    if (!prices || !sizes) return [];
    const limits = LIMITS[api];
    const facts: LedgerModel = { ...prices, ...sizes, ends: ENDS[api], limits, stores: limits === OF_RESPONSES };
    return [[id, WIRE_FACTS[api].embeddings.includes(path) ? { ...facts, window: undefined } : facts]];
  })));
  const context = { models, budgets: provider.budgets.map(ledgerBudget) };
  return {
    [SPEND_LEDGER]: extension(`${SPEND_LEDGER_TYPE}PerRoute`, { filter_context: context }),
    [RESERVED]: extension(`${RBAC_TYPE}PerRoute`, { rbac: ONLY_RESERVED }),
  };
}

function ledgerBudget({ name, period, most, models }: BudgetSettings): Message {
  return {
    name,
    most,
    folder: LEDGER_DIR,
    ...typeof period === 'number' ? { seconds: period } : { format: FORMATS[period], longest: LONGEST[period] },
    ...models && { models: Object.fromEntries(models.map(id => [id, true])) },
  };
}

/** A header that the guard gives what a provider answers, and takes away again: the ledger tells it from what Envoy itself answers. */
const PROVIDERS_ANSWER = `${GUARD_PREFIX}provider`;

export const markAnswer: Message = {
  name: 'mark-answer',
  typed_config: extension('filters.http.header_mutation.v3.HeaderMutation', {
    mutations: { response_mutations: [{ append: { header: { key: PROVIDERS_ANSWER, value: 'yes' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' } }] },
  }),
};
