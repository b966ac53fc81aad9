import { schemaFaults, sections } from './against-schema';
import { isRendered, whyGoverned } from './governed';
import { mergeExtraConfig } from './merge';
import { pluginFaults } from './plugin-faults';
import { whyNoRequestField } from './request-fields';
import { configSchema, JsonSchema } from './schema';
import { takesAnyText } from './schema-path';
import { isSecretRef, KnownSecrets, plainSecretFault, secretRefFault, secretTextFault } from './secret-faults';
import { refusedSettings } from './setting-relations';
import { ConfigPath, formatPath, parsePath } from '../input/config-path';
import { notJson, plainJson } from '../input/plain-json';
import { isMap, own } from '../input/values';
import { isSecretText, secretTextOf, withTexts } from '../secrets/secret-text';
import { RUN_DIR, TOOL_SECRETS_DIR } from '../settings/pod-layout';

export interface ExtraConfigInput {
  /** What the user passed as extraConfig. */
  readonly extra: unknown;
  /** The openclaw.json that is rendered without it. */
  readonly rendered: object;
  readonly release: string;
  /** The bundled plugins that are switched on. */
  readonly plugins: readonly string[];
  /** The names in keys.json that extraConfig may refer to. */
  readonly secretNames: readonly string[];
  /** The names of the providers' keys, which it may not. */
  readonly providerKeyNames: readonly string[];
  /** The environment variables that the caller sets. */
  readonly envNames: readonly string[];
  /** Whether a model guard makes the calls. */
  readonly guarded: boolean;
  /** How messages call a part that another prop takes. @default - extraConfig as a whole */
  readonly part?: { readonly name: string; readonly at: readonly string[] };
}

type ExtraConfigRule = 'governed-path' | 'secret-in-config' | 'config-malformed' | 'plugin-off' | 'config-unknown-key' | 'config-refused';

export interface ExtraConfigProblem {
  readonly rule: ExtraConfigRule;
  readonly message: string;
}

interface Found {
  readonly rule: ExtraConfigRule;
  readonly path: ConfigPath;
  readonly what: string;
}

interface Context {
  readonly rendered: Record<string, unknown>;
  readonly release: string;
  readonly schema: JsonSchema;
  readonly secrets: KnownSecrets;
  readonly envNames: readonly string[];
  readonly guarded: boolean;
}

/** Of several problems of one setting, the first of these is reported. */
const PRECEDENCE: readonly ExtraConfigRule[] = ['governed-path', 'secret-in-config', 'config-malformed', 'plugin-off', 'config-unknown-key', 'config-refused'];

/** Everything that is wrong with an extraConfig, ordered by path; nothing when it may be merged. */
export function checkExtraConfig(input: ExtraConfigInput): ExtraConfigProblem[] {
  if (input.extra === undefined) return [];
  if (!isMap(input.extra) || notJson(input.extra) !== undefined) {
    return [{ rule: 'config-malformed', message: `extraConfig ${notAnObject(input.extra)}; it must be a plain object of OpenClaw settings` }];
  }
  const { json, faults } = plainJson(input.extra);
  const extra = json as Record<string, unknown>;
  const { release } = input;
  const rendered = input.rendered as Record<string, unknown>;
  const context: Context = {
    rendered,
    release,
    schema: configSchema(release),
    secrets: knownSecrets(input, [rendered, extra]),
    envNames: input.envNames,
    guarded: input.guarded,
  };
  const asTexts = withTexts(extra, SOME_SECRET) as Record<string, unknown>;
  const merged = mergeExtraConfig(sections(rendered, [...Object.keys(extra), 'agents', 'gateway']), asTexts);
  const found: Found[] = [
    ...faults.map(({ path, what }) => ({ rule: 'config-malformed' as const, path, what: `${what}; it must be plain JSON` })),
    ...checkSettings(extra, [], [], context),
    ...pluginFaults(asTexts, rendered, input),
    ...schemaFaults(asTexts, rendered, release).map(fault => ({ rule: 'config-unknown-key' as const, ...fault })),
    ...refusedSettings(merged, release, context.schema).map(fault => ({ rule: 'config-refused' as const, ...fault })),
  ].filter(({ rule, path }) => !(rule.startsWith('config-') && isUnknownText(extra, path, context.schema)));
  const { name, at } = input.part ?? { name: 'extraConfig', at: [] };
  return withoutRepeats(found).map(({ rule, path, what }) => ({ rule, message: `${name} '${formatPath(path.slice(at.length))}' ${what}` }));
}

/** Paths of the secrets that tools may read. */
const TOOL_SECRETS = new RegExp(`${TOOL_SECRETS_DIR}/(?!\\.\\.)[-._a-zA-Z0-9]+(?![-._a-zA-Z0-9/])`, 'g');

/** What stands for the value of a secret in the checks of the others. */
const SOME_SECRET = 'x'.repeat(48);

/** Whether a setting is a secret as a whole, so that nobody knows its form. */
function isUnknownText(extra: unknown, path: ConfigPath, schema: JsonSchema): boolean {
  const value = path.reduce<unknown>((at, key) => (Array.isArray(at) ? at[key as number] : isMap(at) ? own(at, String(key)) : undefined), extra);
  return isSecretText(value) && secretTextOf(value)?.template === '{}' && takesAnyText(schema, path);
}

/** `logical` is the path with keys such as 'agents.defaults.model' taken apart. */
function checkSettings(value: unknown, path: ConfigPath, logical: ConfigPath, context: Context): Found[] {
  if (isRendered(logical, value, context.rendered)) return [];
  const { rendered, schema, guarded } = context;
  const why = path.length > 0 ? whyNoRequestField(logical, guarded) ?? whyGoverned(logical, value, rendered, schema) : undefined;
  if (why !== undefined) return [{ rule: 'governed-path', path, what: dotted(path, logical) + why }];
  if (typeof value === 'string' && value.replace(TOOL_SECRETS, '').includes(RUN_DIR)) {
    return [{ rule: 'governed-path', path, what: `reaches into ${RUN_DIR}, where the gateway's own keys are; remove it` }];
  }
  const secret = secretFault(value, path, context);
  if (secret !== undefined) return [{ rule: 'secret-in-config', path, what: secret }];
  const unset = typeof value === 'string' ? unsetVariables(value, context.envNames) : [];
  if (unset.length > 0) return [{ rule: 'config-malformed', path, what: `reads ${unset.join(', ')} from the environment; set it in 'envVariables'` }];
  if (isSecretRef(value) || isSecretText(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item, i) => checkSettings(item, [...path, i], [...logical, i], context));
  if (!isMap(value)) return [];
  return Object.keys(value).flatMap(key => checkSettings(value[key], [...path, key], [...logical, ...parsePath(key)], context));
}

/** Variables that every pod has. */
const POD_VARIABLES = ['HOME', 'OPENCLAW_STATE_DIR', 'OPENCLAW_CONFIG_PATH', 'XDG_CACHE_HOME'];

/** OpenClaw puts `${NAME}` of the environment into any text. */
function unsetVariables(text: string, envNames: readonly string[]): string[] {
  const names = [...text.matchAll(/(?<!\$)\$\{([A-Z_][A-Z0-9_]*)\}/g)].map(match => match[1]);
  return names.filter(name => ![...POD_VARIABLES, ...envNames].includes(name)).map(name => `\${${name}}`);
}

function secretFault(value: unknown, path: ConfigPath, { schema, release, secrets }: Context): string | undefined {
  if (typeof value === 'string') return plainSecretFault(path, value, schema, release);
  if (isSecretText(value)) return secretTextFault(path, value, secrets, schema, release);
  return isSecretRef(value) ? secretRefFault(path, value, secrets, schema, release) : undefined;
}

function dotted(path: ConfigPath, logical: ConfigPath): string {
  return path.length === logical.length ? '' : `stands for '${formatPath(logical)}', which `;
}

function knownSecrets({ secretNames, providerKeyNames }: ExtraConfigInput, configs: ReadonlyArray<Record<string, unknown>>): KnownSecrets {
  const providers = configs.flatMap(config => {
    const section = own(config, 'secrets');
    const map = isMap(section) ? own(section, 'providers') : undefined;
    return isMap(map) ? Object.keys(map) : [];
  });
  return { names: new Set(secretNames), providerKeys: new Set(providerKeyNames), providers: new Set(providers) };
}

function notAnObject(value: unknown): string {
  if (value === null) return 'is null';
  if (Array.isArray(value)) return 'is an array';
  return notJson(value) ?? `is a ${typeof value}`;
}

/** One problem a path, none inside a governed one. */
function withoutRepeats(found: readonly Found[]): Found[] {
  const governed = found.filter(({ rule }) => rule === 'governed-path').map(({ path }) => path);
  const inside = ({ path }: Found, outer: ConfigPath) => path.length > outer.length && outer.every((segment, i) => segment === path[i]);
  const byPath = new Map<string, Found>();
  for (const one of [...found].sort((a, b) => PRECEDENCE.indexOf(a.rule) - PRECEDENCE.indexOf(b.rule))) {
    const key = formatPath(one.path);
    if (!byPath.has(key) && !governed.some(path => inside(one, path))) byPath.set(key, one);
  }
  return [...byPath.keys()].sort().map(key => byPath.get(key)!);
}
