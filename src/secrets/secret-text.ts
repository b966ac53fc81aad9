import { InputChecks } from '../input/input-checks';
import { isSecretKey } from '../input/kubernetes-names';
import { SEAL, sealed } from '../input/sealed';
import { isMap, own } from '../input/values';

/** The key by which a rendered SecretText is known. assets/live-sync.mjs has the same one. */
const MARK = 'cdk8s-openclaw/secret-text';

/** Where the value stands in a template. */
const VALUE = '{}';

const A_TEMPLATE = `a text with ${VALUE} where the value stands, such as 'Bearer ${VALUE}', and without ` + '`${`';

/**
 * A secret inside a text of `extraConfig`, for settings that OpenClaw takes in plain text only: `hooks.token`, `env` and `headers` of MCP servers, URLs of
 * proxies. The manifests hold its name; the pod puts the value into the configuration that the gateway reads, which is in memory and readable by the gateway
 * alone, and does so again whenever the Secret changes. Where OpenClaw takes a SecretRef, use that: `{ source: 'file', provider: 'keys', id: '/<name>' }`.
 */
export class SecretText {
  /**
   * A text with the value of a secret.
   *
   * @param name one of the names in `secrets` of the gateway
   * @param template the whole text, with `{}` where the value stands: `Bearer {}`; left out, the text is the value
   */
  public static of(name: string, template: string = VALUE): SecretText {
    new InputChecks('SecretText.of()')
      .that(isSecretKey(name), 'name', "one of the names in 'secrets': letters, digits, underscores, dashes or dots", name)
      .that(isTemplate(template), 'template', A_TEMPLATE, template)
      .done();
    return new SecretText(SEAL, name, template);
  }

  private constructor(
    seal: symbol,
    /** The name of the secret. */
    public readonly name: string,
    /** The text, with `{}` where the value stands. */
    public readonly template: string,
  ) {
    sealed(seal, new.target, SecretText, 'SecretText.of()');
  }

  /** What stands for it in the manifests. @internal */
  public _toPlainJson(): object {
    return { [MARK]: this.name, template: this.template };
  }
}

/** Whether a value stands for a SecretText, well-formed or not. @internal */
export function isSecretText(value: unknown): value is object {
  return isMap(value) && own(value, MARK) !== undefined;
}

/** The SecretText for which a value stands; undefined where it is malformed. @internal */
export function secretTextOf(value: object): SecretText | undefined {
  const { [MARK]: name, template, ...rest } = value as { readonly [key: string]: unknown };
  return isSecretKey(name) && isTemplate(template) && Object.keys(rest).length === 0 ? SecretText.of(name as string, template) : undefined;
}

/** JSON with a text in place of each SecretText: its template, with `value` where the value stands. @internal */
export function withTexts(json: unknown, value: string): unknown {
  if (Array.isArray(json)) return json.map(item => withTexts(item, value));
  if (!isMap(json)) return json;
  if (isSecretText(json)) return secretTextOf(json)?.template.replaceAll(VALUE, value) ?? value;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, withTexts(item, value)]));
}

function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && value.includes(VALUE) && !value.includes('${');
}
