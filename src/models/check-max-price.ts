import { MaxPrice } from './max-price';
import { argumentsOf, InputChecks } from '../input/input-checks';

export function checkMaxPrice(check: InputChecks, maxPrice: unknown): void {
  if (maxPrice === undefined) return;
  const { input, output } = argumentsOf(maxPrice as MaxPrice);
  const isPrice = (value: unknown) => value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
  check.that(input !== undefined || output !== undefined, 'maxPrice', 'prices of input, of output or of both, in US dollars per million tokens', maxPrice)
    .that(isPrice(input), 'maxPrice.input', 'a number of US dollars from 0', input)
    .that(isPrice(output), 'maxPrice.output', 'a number of US dollars from 0', output)
    .options<MaxPrice>(maxPrice as MaxPrice, { input: true, output: true }, 'maxPrice');
}
