import { compareReleases } from '../../src/release/compare';

test('orders rebuilds after, pre-releases before the plain release', () => {
  const ordered = [
    '2025.12.31', '2026.6.9', '2026.6.11-beta.2', '2026.6.11', '2026.6.35', '2026.7.1-beta.1', '2026.7.1-beta.2', '2026.7.1-beta.10',
    '2026.7.1', '2026.7.1-1', '2026.7.1-2', '2026.7.1-10', '2026.7.33', '2026.8.1-beta.3', '2026.8.1', '2026.10.1',
  ];
  expect([...ordered].reverse().sort(compareReleases)).toEqual(ordered);
});

test.each([
  ['2026.9.6', '2026.9.6', 0],
  ['2026.9.6', '2026.9.10', -1],
  ['2026.7.1-2', '2026.7.1', 1],
  ['2026.7.1-2', '2026.7.2', -1],
  ['2026.8.1-beta.1', '2026.7.35', 1],
  ['2026.9', '2026.9.0', 0],
])('%s against %s is %i', (a, b, sign) => {
  expect(Math.sign(compareReleases(a, b))).toBe(sign);
  expect(Math.sign(compareReleases(b, a))).toBe(0 - sign);
});
