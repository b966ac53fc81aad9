import { readFileSync } from 'fs';
import { ModelCost } from './model-options';
import { own } from '../input/values';
import { packageFile } from '../package-file';

/** A price in US dollars per million tokens, and where it comes from. */
export interface ModelPrice extends ModelCost {
  readonly source: string;
}

/** The source of prices that the version itself has. */
export const CATALOG_SOURCE = "OpenClaw's catalog";

/** The file catalog/prices.json. */
export interface PriceList {
  /** Name and version of the list. */
  readonly source: string;
  /** When it was read. */
  readonly date: string;
  readonly models: { readonly [providerId: string]: { readonly [modelId: string]: ModelCost } };
}

let list: PriceList | undefined;

/** What the public list says of a provider's model. */
export function listedPrice(providerId: string, modelId: string): ModelPrice | undefined {
  list ??= JSON.parse(readFileSync(packageFile('catalog', 'prices.json'), 'utf8')) as PriceList;
  const cost = own(own(list.models, providerId), modelId);
  return cost && { ...cost, source: `${list.source}, ${list.date}` };
}
