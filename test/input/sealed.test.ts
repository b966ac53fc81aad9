import { Construct } from 'constructs';
import * as library from '../../src';
import { FallbackChain, ModelGuard, SecretSource } from '../../src';
import { messageOf, newChart } from '../support/gateway';

const CLASSES = Object.entries<any>(library).filter(([, value]) => typeof value === 'function');
const VALUES = CLASSES.filter(([, value]) => !(value.prototype instanceof Construct));

test('the public classes are constructs and values', () => {
  expect(VALUES.map(([name]) => name)).toEqual(
    expect.arrayContaining(['GatewayAuth', 'Model', 'ModelGuard', 'ModelPattern', 'OpenClawVersion', 'Preset', 'Provider', 'SecretSource', 'SecretStore']));
});

test.each(VALUES)('%s cannot be extended or constructed by a program without a compiler', (name, value) => {
  class Mine extends value {}
  expect(messageOf(() => new Mine())).toMatch(new RegExp(`^class 'Mine' extends ${name}, which cannot be extended; use .*${name === 'Model' ? 'Provider' : ''}.*\\(\\)`));
  expect(messageOf(() => new value())).toMatch(new RegExp(`^${name} has no public constructor; use `));
});

test('the message names what to use instead', () => {
  class Vault extends (SecretSource as any) {
    public _bind() {}
  }
  expect(messageOf(() => new Vault())).toBe("class 'Vault' extends SecretSource, which cannot be extended;"
    + ' use SecretSource.fromSecret(), .fromSecretName(), .fromStore(), .generated() or .unsafePlainText()');
  expect(messageOf(() => new (ModelGuard as any)('sidecar'))).toBe(
    'ModelGuard has no public constructor; use ModelGuard.sidecar(), ModelGuard.pod() or ModelGuard.none()');
});

test('constructs can be extended', () => {
  class CompanyChain extends FallbackChain {}
  expect(new CompanyChain(newChart(), 'Chain', { primary: library.Provider.OPENAI.model('gpt-5.4') }).models).toHaveLength(1);
});
