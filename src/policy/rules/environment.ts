import * as kplus from 'cdk8s-plus-28';
import { looksSecret } from '../../extra-config/secrets';
import { Rule } from '../rule';

/** Set by the library; OpenClaw and Node read them at start. */
export const RESERVED_ENVIRONMENT = [
  'HOME', 'NODE_COMPILE_CACHE', 'OPENCLAW_CONFIG_PATH', 'OPENCLAW_CONFIG_READONLY', 'OPENCLAW_DISABLE_BONJOUR', 'OPENCLAW_GATEWAY_PORT',
  'OPENCLAW_HOME', 'OPENCLAW_NIX_MODE', 'OPENCLAW_NO_AUTO_UPDATE', 'OPENCLAW_STATE_DIR', 'XDG_CACHE_HOME',
];

/** `ANTHROPIC_API_KEY`, `OPENAI_API_KEYS`, `GROQ_API_KEY_2`, `ANTHROPIC_OAUTH_TOKEN`, `OPENCLAW_GATEWAY_TOKEN`, `AWS_SECRET_ACCESS_KEY` … */
const SECRET_NAME = /(^|_)(KEYS?(_\d+)?|TOKEN|PASSWORD|PASSPHRASE|SECRET|ACCESS_KEY_ID|CREDENTIALS)$/i;

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
  check: ({ envVariables }) => Object.keys(envVariables).filter(name => RESERVED_ENVIRONMENT.includes(name))
    .map(name => `envVariables['${name}'] is set by the library; remove it`),
};

function holdsSecret({ value, valueFrom }: kplus.EnvValue): boolean {
  return valueFrom?.secretKeyRef !== undefined || (typeof value === 'string' && looksSecret(value));
}
