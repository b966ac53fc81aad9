import { Size, SizeRoundingBehavior } from 'cdk8s';
import { bootstrap, BootstrapOptions } from './bootstrap';
import { clustersFile } from './clusters';
import { compactJson } from './compact-json';
import { FORBIDDEN, forbidden } from './filters/forbidden';
import { keyFile, keyFileOf } from './filters/provider-key';
import { READ_FIELDS, readFields } from './filters/read-fields';
import { READ_MODEL, readModel } from './filters/read-model';
import { LIMIT_FIELDS, PRICE_FIELDS, SPEND_LEDGER, spendLedger } from './filters/spend-ledger';
import { addedTo, GuardedProvider, guardedProviders } from './guarded-provider';
import { keyListenersFile } from './key-listeners';
import { filterFile, Message } from './messages';
import { routesFile } from './routes';
import { HEAP_SHARE } from '../guard/guard-limits';
import { GuardSettings } from '../guard/model-guard';
import { madeOnce } from '../input/made-once';
import { Settings } from '../settings/settings';

/** The texts of files, by name. */
export interface Files { readonly [file: string]: string }

/** What is in force as soon as it is mounted: routes with their models, providers, what is forbidden, and where the keys are. */
export function policyFiles(settings: Settings, guard: GuardSettings): Files {
  const { ownPod, bodyLimit, budgets } = guard;
  return policyOf({ providers: guardedProviders(settings, guard), ownPod, bodyBytes: bytesOf(bodyLimit), budgeted: budgets.length > 0 });
}

interface Policy {
  readonly providers: GuardedProvider[];
  readonly ownPod: boolean;
  readonly bodyBytes: number;
  readonly budgeted: boolean;
}

const policyOf = madeOnce(({ providers, ownPod, bodyBytes, budgeted }: Policy): Files =>
  texts({
    'routes.json': routesFile(providers, ownPod),
    'providers.json': clustersFile(providers),
    'listeners.json': keyListenersFile(providers, bodyBytes),
    [`${READ_MODEL}.json`]: filterFile(READ_MODEL, readModel()),
    [`${READ_FIELDS}.json`]: filterFile(READ_FIELDS, budgeted ? readFields(PRICE_FIELDS, LIMIT_FIELDS) : readFields([], [])),
    ...budgeted && { [`${SPEND_LEDGER}.json`]: filterFile(SPEND_LEDGER, spendLedger()) },
    [`${FORBIDDEN}.json`]: filterFile(FORBIDDEN, forbidden(providers)),
    ...Object.fromEntries(providers.flatMap(addedTo).map(({ name }) => [keyFileOf(name), keyFile(name)])),
  }));

/** What only a new pod takes up. */
export function bootstrapFiles({ features }: Settings, { ownPod, bodyLimit, memoryLimit, budgets }: GuardSettings): Files {
  return bootstrapOf({
    ownPod,
    bodyBytes: bytesOf(bodyLimit),
    ...budgets.length > 0 && { usedUpStatus: features.repeatsRateLimited ? 404 : 429 },
    budgetNames: budgets.map(({ name }) => name),
    heapBytes: bytesOf(memoryLimit) * HEAP_SHARE,
  });
}

function bytesOf(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR }) * 1024;
}

const bootstrapOf = madeOnce((options: BootstrapOptions): Files => texts({ 'bootstrap.json': bootstrap(options) }));

function texts(files: { [file: string]: Message }): Files {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, compactJson(content)]));
}
