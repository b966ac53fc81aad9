import * as kplus from 'cdk8s-plus-28';
import { proxyExceptions } from '../../input/env-variables';
import { looksSecret } from '../../input/looks-secret';
import { Rule } from '../rule';

/** Set by the library, or read by OpenClaw and Node at start. */
const RESERVED = /^(OPENCLAW_\w+|HOME|NODE_COMPILE_CACHE|NODE_TLS_REJECT_UNAUTHORIZED|XDG_CACHE_HOME)$/;

/** `ANTHROPIC_API_KEY`, `OPENAI_API_KEYS`, `GROQ_API_KEY_2`, `ANTHROPIC_OAUTH_TOKEN`, `OPENCLAW_GATEWAY_TOKEN`, `AWS_SECRET_ACCESS_KEY` … */
const SECRET_NAME = /(^|_)(API_KEY_.+|KEYS?|(BEARER_)?TOKEN(_.+)?|PASSWORD|PASSPHRASE|SECRET|ACCESS_KEY_ID|CREDENTIALS)$/i;

export const keyInEnvironment: Rule = {
  id: 'key-in-environment',
  kind: 'safety',
  check: ({ envVariables }) => Object.entries(envVariables).filter(([name, env]) => SECRET_NAME.test(name) || holdsSecret(env)).map(([name]) =>
    /API_KEY|OAUTH/i.test(name)
      ? `envVariables['${name}'] is a key in the environment, where it beats the rotated one and may make the gateway install a plugin at start; use providerSecrets`
      : `envVariables['${name}'] is a secret in the environment, where no rotation reaches it; use secrets and refer to it in extraConfig`),
};

export const environmentReserved: Rule = {
  id: 'environment-reserved',
  kind: 'safety',
  check: ({ guard, envVariables }) => [
    ...Object.keys(envVariables).filter(name => RESERVED.test(name))
      .map(name => `envVariables['${name}'] is set by the library or changes what it promises; remove it`),
    ...(guard ? proxyExceptions(envVariables) : []).filter(name => envVariables[name].valueFrom)
      .map(name => `envVariables['${name}'] gets the guard added, so it must be a text, for example '.svc'`),
  ],
};

function holdsSecret({ value, valueFrom }: kplus.EnvValue): boolean {
  return valueFrom?.secretKeyRef !== undefined || (typeof value === 'string' && looksSecret(value));
}
