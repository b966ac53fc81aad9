import { goalTable } from '../../bench/spread';

test('a goal is met by the middle of the rounds', () => {
  expect(goalTable([{ what: 'seconds', most: 15, measured: [9, 10, 20] }, { what: 'ratio', most: 1.15, measured: [1.16] }])).toBe([
    '| goal | at most | measured |  |',
    '| --- | --- | --- | --- |',
    '| seconds | 15 | 10.00 (9.00–20.00) | met |',
    '| ratio | 1.15 | 1.16 | missed |',
  ].join('\n'));
});
