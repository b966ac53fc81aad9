import * as kplus from 'cdk8s-plus-28';
import { proxyExceptions } from '../../input/env-variables';
import { isSecret, isSecretName } from '../../input/looks-secret';
import { Rule } from '../rule';

/** Set by the library, or read by OpenClaw and Node at start. */
const RESERVED = /^(OPENCLAW_\w+|HOME|NODE_COMPILE_CACHE|NODE_TLS_REJECT_UNAUTHORIZED|XDG_CACHE_HOME)$/;

/** Names by which OpenClaw reads the keys of providers, whatever the text: `OPENAI_API_KEYS`, `GROQ_API_KEY_2`, `ANTHROPIC_OAUTH_TOKEN`. */
const PROVIDER_KEY = /API_KEY|OAUTH/i;

/** Credentials of AWS, which reach no model of Bedrock by the environment: only a plugin that OpenClaw does not bundle reads them. */
const AWS_CREDENTIAL = /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|BEARER_TOKEN_BEDROCK)$/;

export const keyInEnvironment: Rule = {
  id: 'key-in-environment',
  kind: 'safety',
  check: ({ envVariables }) => Object.entries(envVariables).filter(([name, env]) => AWS_CREDENTIAL.test(name) || holdsSecret(name, env))
    .map(([name]) => `envVariables['${name}'] is ${problemOf(name)}`),
};

export const environmentReserved: Rule = {
  id: 'environment-reserved',
  kind: 'safety',
  check: ({ guard, envVariables }) => [
    ...Object.keys(envVariables).filter(name => RESERVED.test(name))
      .map(name => `envVariables['${name}'] is set by the library or changes what it promises; remove it`),
    ...(guard ? proxyExceptions(envVariables) : []).filter(name => envVariables[name].valueFrom)
      .map(name => `envVariables['${name}'] must be a text, since the library adds the guard to it; write for example '.svc'`),
  ],
};

function problemOf(name: string): string {
  if (AWS_CREDENTIAL.test(name)) {
    return 'a credential of AWS in the environment, with which OpenClaw calls no model; for Amazon Bedrock use Provider.bedrock() and a ProviderSecret with'
      + ' credentials: AwsCredentials.accessKeys(…), or with a Bedrock API key as its source; for a tool use secrets and toolSecrets';
  }
  return PROVIDER_KEY.test(name)
    ? 'a key in the environment, where it beats the rotated one and may make the gateway install a plugin at start; use providerSecrets'
    : 'a secret in the environment, where no rotation reaches it; use secrets and refer to it in extraConfig';
}

function holdsSecret(name: string, { value, valueFrom }: kplus.EnvValue): boolean {
  if (valueFrom?.secretKeyRef !== undefined || typeof value !== 'string') return valueFrom?.secretKeyRef !== undefined || isSecretName(name);
  return isSecret(name, value) || (PROVIDER_KEY.test(name) && isSecretName(name));
}
