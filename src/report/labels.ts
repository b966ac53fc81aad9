import { dollars } from './monthly-cost';
import { ReportedGateway, ReportedPrice } from './report-data';

export function headingOf({ path, namespace }: ReportedGateway): string {
  return `${path}${namespace ? ` (namespace ${namespace})` : ''}`;
}

export function traitsOf({ version, preset, delivery, guard }: ReportedGateway): string {
  return `OpenClaw ${version}, preset ${preset}, ${delivery} delivery, ${guard === 'none' ? 'no model guard' : `model guard ${guard}`}`;
}

export function priceText(price: Pick<ReportedPrice, 'input' | 'output'> | undefined): string {
  return price ? `$${price.input} in, $${price.output} out` : 'price unknown';
}

/** What stands in the box of a model, a line each. */
export function boxLines(ref: string, gateway: ReportedGateway, monthlyUsd?: number): string[] {
  const model = gateway.models.find(each => each.ref === ref);
  return [
    ref,
    [priceText(model?.price), ...model?.tiers.length ? [`${model.tiers.join(' and ')} tier`] : []].join(', '),
    ...monthlyUsd === undefined ? [] : [`${dollars(monthlyUsd)} a month`],
  ];
}

/** The same for what users may ask for. */
export function alternativeLines({ ref, highestPrice }: ReportedGateway['agents'][number]['alternatives'][number]): string[] {
  return [ref, `${ref.endsWith('*') && highestPrice ? 'known models: up to ' : ''}${priceText(highestPrice)}`];
}

export function payerOf(key: string | undefined): string {
  return key ? `key ${key}` : 'no key';
}
