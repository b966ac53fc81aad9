import { Call } from '../../support/providers/call';

/** Where two requests differ, such as `header originator` or `body tools[].strict`, and what stands there. */
export interface Difference {
  readonly place: string;
  readonly direct: string;
  readonly other: string;
}

/** Headers of one request or connection: a random number, the length of a body that is compared itself, and how often a connection was lost. */
const OF_ONE_REQUEST = ['traceparent', 'content-length', 'connection', 'x-stainless-retry-count'];

/** Texts that are another in each run, and what stands for them. */
const OF_ONE_RUN: [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'],
  [/\w{3} \d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC/g, '<time>'],
  [/_[0-9a-f]{10}"/g, '_<hash>"'],
  [/"id":"[a-z]+\d{13,}"/g, '"id":"<tool call>"'], // OpenClaw numbers those of Google
];

/** Requests of one conversation as their provider sees them, without what is another in each run; last, which calls were none of a model. */
export function requestsOf(calls: Call[]): object[] {
  const nameOf = ({ method, host, path }: Call) => ({ [`${method} ${host}${path}`]: true });
  const asked = calls.filter(({ api }) => api !== 'unknown').map(call => ({ call: nameOf(call), header: comparable(call.headers), body: call.body }));
  const others = { call: Object.assign({}, ...calls.filter(({ api }) => api === 'unknown').map(nameOf)) };
  let text = JSON.stringify([...asked, others]);
  calls.filter(({ api }) => api !== 'unknown').forEach(({ id }, index) => { text = text.replace(new RegExp(`${id}(?!\\d)`, 'g'), `<answer ${index}>`); });
  for (const [pattern, stand] of OF_ONE_RUN) text = text.replace(pattern, stand);
  return JSON.parse(text);
}

function comparable({ 'anthropic-beta': betas, ...headers }: Call['headers']): object {
  const named = Object.entries(headers).filter(([name, value]) => value !== '' && !OF_ONE_REQUEST.includes(name)); // an empty one takes the place of a key
  const each = typeof betas === 'string' ? betas.split(',').map(beta => [`anthropic-beta ${beta.trim()}`, true]) : [];
  return Object.fromEntries([...named, ...each]);
}

/** Every place at which conversations differ, once. */
export function differences(direct: object[], other: object[]): Difference[] {
  const found = new Map<string, Difference>();
  compare(direct, other, '', difference => found.set(difference.place, found.get(difference.place) ?? difference));
  return [...found.values()];
}

function kindOf(value: unknown): 'list' | 'map' | 'value' {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'map' : 'value';
}

function compare(direct: any, other: any, place: string, report: (difference: Difference) => void): void {
  const kinds = [kindOf(direct), kindOf(other)];
  if (kinds[0] === kinds[1] && kinds[0] !== 'value') {
    for (const key of new Set([...Object.keys(direct), ...Object.keys(other)])) {
      compare(direct[key], other[key], placeOf(place, key, kinds[0]), report);
    }
  } else if (direct !== other) {
    report({ place, direct: shown(direct), other: shown(other) });
  }
}

/** The list of requests itself has no name, and its parts are separated by a blank. */
function placeOf(place: string, key: string, kind: 'list' | 'map' | 'value'): string {
  if (kind === 'list') return place === '' ? '' : `${place}[]`;
  if (place === '') return key;
  return place.includes(' ') ? `${place}.${key}` : `${place} ${key}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}
