import { nearest } from '../../src/input/nearest';

const IDS = ['claude-haiku-4-5', 'claude-opus-5', 'claude-opus-5-5', 'claude-sonnet-4-6', 'claude-sonnet-5', 'gpt-5.4', 'gpt-5.4-mini'];

test.each([
  ['a typing error', 'claude-sonet-5', ['claude-sonnet-5', 'claude-opus-5', 'claude-sonnet-4-6']],
  ['another case', 'GPT-5.4', ['gpt-5.4', 'gpt-5.4-mini']],
  ['a prefix', 'claude-opus', ['claude-opus-5', 'claude-opus-5-5']],
  ['a dated id', 'claude-haiku-4-5-20251001', ['claude-haiku-4-5']],
  ['a typing error before a shorter id that it begins with', 'gpt-5.4-mni', ['gpt-5.4-mini', 'gpt-5.4']],
  ['nothing near', 'llama-3.3-70b', []],
  ['an empty word', '', []],
])('%s', (_, word, found) => {
  expect(nearest(word, IDS)).toEqual(found);
});

test.each([
  ['prot', ['port', 'bind', 'mode'], ['port']],
  ['pord', ['prod', 'dev'], ['prod']],
  ['adn', ['and', 'bar'], ['and']],
  ['claude-sonent-5', IDS, ['claude-sonnet-5', 'claude-sonnet-4-6', 'claude-opus-5']],
  ['otrp', ['port'], []],
])('swapped letters: %s', (word, candidates, found) => {
  expect(nearest(word, candidates)).toEqual(found);
});

test('gives no more than the limit', () => {
  expect(nearest('claude', IDS)).toHaveLength(3);
  expect(nearest('claude', IDS, 5)).toHaveLength(5);
});

test('does not depend on the order of the candidates', () => {
  expect(nearest('claude-opus', [...IDS].reverse())).toEqual(nearest('claude-opus', IDS));
});
