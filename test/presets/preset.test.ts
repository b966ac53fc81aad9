import { Size } from 'cdk8s';
import { Delivery, ModelTier, Preset } from '../../src/index';

test('what is left out of a preset of your own is as in PROD', () => {
  const { name: _, ...prod } = Preset.PROD._options;
  expect(Preset.of({})._options).toEqual({ ...prod, name: 'custom' });
  expect(Preset.of({ name: undefined, tier: undefined })._options).toEqual({ ...prod, name: 'custom' });
});

test('customize() changes what it is given, and only that', () => {
  const changes = { tier: ModelTier.STANDARD, delivery: Delivery.RESTART, storageSize: Size.gibibytes(1), isolateNetwork: true };
  const staging = Preset.DEV.customize(changes);
  expect(staging._options).toEqual({ ...Preset.DEV._options, ...changes });
  expect([Preset.DEV.tier, Preset.DEV.name, staging.name]).toEqual([ModelTier.ECONOMY, 'dev', 'dev']);
});

test('a list that is given is copied', () => {
  const noticeRules = ['image-not-pinned'];
  const preset = Preset.PROD.customize({ noticeRules });
  noticeRules.push('chain-single-provider');
  expect(preset._options.noticeRules).toEqual(['image-not-pinned']);
});
