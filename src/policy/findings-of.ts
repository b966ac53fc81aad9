import { Finding, FindingSeverity } from './finding';
import { Rule } from './rule';
import { mayBeAcknowledged, ruleOf, RULES } from './rules';
import { nearest } from '../input/nearest';
import { problemsError } from '../input/problems';
import { isRead } from '../release/nearest-release';
import { Settings } from '../settings/settings';

/** Every finding about a gateway. `noticeRules` are those whose findings its preset takes for notices. */
export function findingsOf(settings: Settings, noticeRules: readonly string[]): Finding[] {
  return [...RULES.flatMap(rule => judged(rule, rule.check(settings), settings, noticeRules)), ...misusedAcknowledgements(settings)];
}

/** What a rule finds, as errors or notices. */
export function judged(rule: Rule, messages: readonly string[], settings: Settings, noticeRules: readonly string[]): Finding[] {
  const acknowledged = acknowledgementOf(rule, settings);
  return messages.map(message => ({
    rule: rule.id,
    severity: severityOf(rule, settings, noticeRules),
    message: mayBeAcknowledged(rule) && acknowledged === undefined ? `${message}${howToAccept(rule)}` : message,
    ...acknowledged !== undefined && { acknowledged },
  }));
}

/** Throws one error with every finding that is an error and not acknowledged. */
export function throwOnErrors(path: string, findings: Finding[]): void {
  const errors = findings.filter(({ severity, acknowledged }) => severity === FindingSeverity.ERROR && acknowledged === undefined);
  if (errors.length === 0) return;
  throw problemsError(`OpenClawDeployment '${path}'`, errors.map(({ rule, message }) => `[${rule}] ${message}`));
}

function severityOf({ id, kind, restsOnFacts }: Rule, { release }: Settings, noticeRules: readonly string[]): FindingSeverity {
  return kind === 'notice' || noticeRules.includes(id) || (restsOnFacts && !isRead(release)) ? FindingSeverity.NOTICE : FindingSeverity.ERROR;
}

function acknowledgementOf(rule: Rule, { acknowledge }: Settings): string | undefined {
  const reason = acknowledge[rule.id];
  return mayBeAcknowledged(rule) && isReason(reason) ? reason : undefined;
}

/** What the message of a rule that can be acknowledged ends with. */
function howToAccept({ id }: Rule): string {
  return `, or accept it: acknowledge: { '${id}': '<reason>' }`;
}

function misusedAcknowledgements({ acknowledge }: Settings): Finding[] {
  return Object.entries(acknowledge).flatMap(([id, reason]) => {
    const message = misuse(id, reason);
    return message ? [{ rule: 'acknowledge-misused', severity: FindingSeverity.ERROR, message }] : [];
  });
}

function misuse(id: string, reason: unknown): string | undefined {
  const rule = ruleOf(id);
  const silenceable = RULES.filter(mayBeAcknowledged).map(each => each.id);
  if (!rule) {
    const [near] = nearest(id, silenceable);
    return `acknowledge['${id}'] is not the id of a rule; ${near ? `did you mean '${near}'?` : `rules that can be acknowledged: ${silenceable.join(', ')}`}`;
  }
  if (!mayBeAcknowledged(rule)) {
    return `acknowledge['${id}'] is a rule that cannot be acknowledged; fix its finding instead (rules that can be acknowledged: ${silenceable.join(', ')})`;
  }
  return isReason(reason) ? undefined : `acknowledge['${id}'] has no reason; write a sentence that says why the finding is accepted`;
}

function isReason(reason: unknown): reason is string {
  return typeof reason === 'string' && reason.trim() !== '';
}
