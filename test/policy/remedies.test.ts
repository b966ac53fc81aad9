import { AGENTS } from './remedies/agents';
import { CONFIG } from './remedies/config';
import { GUARD } from './remedies/guard';
import { MODELS } from './remedies/models';
import { PROVIDERS } from './remedies/providers';
import { RELATIONS } from './remedies/relations';
import { Fault, Follow, Make, made, RuleRemedies } from './remedies/remedy';
import { WORKLOAD } from './remedies/workload';
import { mayBeAcknowledged, RULES, ruleOf } from '../../src/policy/rules';
import { newChart } from '../support/gateway';

const PARTS: readonly RuleRemedies[] = [AGENTS, MODELS, PROVIDERS, GUARD, CONFIG, RELATIONS, WORKLOAD];

/** Words that order or offer something. */
const ORDER = /\b(add|append|apply|change|choose|define|end TLS|fix|give|keep|leave|list|make|name|nest|put|raise|remove|set|switch|update|use|write)\b|did you mean/g;

/** Every finding of a gateway, as `[rule] message`; those that keep it from being made come from the error. */
function findingsOf(make: Make): string[] {
  try {
    return made(newChart(), make).findings.map(({ rule, message }) => `[${rule}] ${message}`);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map(line => line.trim());
  }
}

const of = (rule: string, findings: string[]) => findings.filter(finding => finding.startsWith(`[${rule}] `));

/** Fails unless a gateway has no finding of a rule, and none that keeps it from being made. */
function expectFixed(rule: string, make: Make): void {
  expect(made(newChart(), make).findings.filter(finding => finding.rule === rule && finding.acknowledged === undefined)).toEqual([]);
}

const FAULTS = PARTS.flatMap(part => Object.entries(part)).flatMap(([rule, faults]) => faults.map((fault, i): [string, string, Fault] => [rule, `${i + 1}`, fault]));

test('every rule has a row', () => {
  const ids = [...RULES.map(({ id }) => id), 'acknowledge-misused', 'config-map-large'];
  expect([...new Set(FAULTS.map(([rule]) => rule))].sort()).toEqual(ids.sort());
});

describe.each(FAULTS)('%s %s', (rule, _, { wrong, remedies }) => {
  const messages = of(rule, findingsOf(wrong));
  const accept = `, or accept it: acknowledge: { '${rule}': '<reason>' }`;
  const mayAccept = ruleOf(rule) !== undefined && mayBeAcknowledged(ruleOf(rule)!);

  test('the message orders only what is followed here', () => {
    expect(messages).not.toEqual([]);
    for (const words of Object.keys(remedies)) expect(messages.join('\n')).toContain(words);
    const text = messages.map(message => message.slice(message.indexOf('; '))).join('\n');
    const rest = [accept, ...Object.keys(remedies)].reduce((left, words) => left.replaceAll(words, '…'), text);
    expect({ rest, orders: rest.match(ORDER) }).toEqual({ rest, orders: null });
  });

  const followed = Object.entries(remedies).flatMap(([words, follow]): [string, Follow][] => follow ? [[words, follow]] : []);
  if (followed.length > 0) {
    test.each(followed)('%s', (__, follow) => {
      if (typeof follow === 'object') follow.then(made(newChart(), wrong));
      else expectFixed(rule, follow);
    });
  }

  test(mayAccept ? 'it says how to accept it, and that works' : 'it does not say that it could be accepted', () => {
    expect(messages.map(message => message.endsWith(accept))).toEqual(messages.map(() => mayAccept));
    if (mayAccept) expectFixed(rule, chart => ({ ...wrong(chart), acknowledge: { [rule]: 'a reason' } }));
  });
});
