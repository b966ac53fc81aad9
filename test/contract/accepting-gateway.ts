import { Chart } from 'cdk8s';
import { openclawJson } from '../../src/config/openclaw-json';
import { ModelGuard, OpenClawDeployment, OpenClawVersion, Preset, Provider } from '../../src/index';
import { Catalog } from '../../src/models/catalog';
import { Finding, FindingSeverity } from '../../src/policy/finding';
import { findingsOf } from '../../src/policy/findings-of';
import { OpenClawDeploymentProps } from '../../src/settings/gateway-props';
import { resolve } from '../../src/settings/resolve-settings';
import { Settings } from '../../src/settings/settings';
import { keysOf, newChain, newChart, TOKEN } from '../support/gateway';

/** The facts that the oldest versions do not have. */
const FACTS = { contextWindow: 400_000, maxTokens: 64_000 };

/** A gateway that is checked and rendered with one `extraConfig` after the other, as its constructor does it. */
export class AcceptingGateway {
  private readonly chart: Chart = newChart();
  private readonly props: OpenClawDeploymentProps;
  private readonly settings: Settings;

  /** @param plugins all that may be on at once, or none */
  public constructor(release: string, plugins: 'all' | 'none') {
    const chain = newChain(this.chart, [Provider.ANTHROPIC.model('claude-haiku-4-5', FACTS), Provider.OPENAI.model('gpt-5.4', FACTS)]);
    this.props = {
      version: OpenClawVersion.of(release),
      chain,
      providerSecrets: keysOf(this.chart, Provider.ANTHROPIC, Provider.OPENAI),
      auth: TOKEN,
      guard: ModelGuard.none(),
      plugins: plugins === 'none' ? [] : Catalog.of(release).plugins.filter(id => !id.startsWith('memory-')),
    };
    this.settings = resolve(this.chart, this.props, Preset.PROD);
  }

  /** The `openclaw.json` with this `extraConfig`; undefined if it is refused. `without` are rules that do not count. */
  public accept(extraConfig: Record<string, unknown>, without: readonly string[] = []): string | undefined {
    const settings = { ...this.settings, extraConfig };
    const errors = findingsOf(settings, []).filter(({ rule, severity }: Finding) => severity === FindingSeverity.ERROR && !without.includes(rule));
    return errors.length > 0 ? undefined : openclawJson(settings);
  }

  /** The same by the constructor. */
  public construct(id: string, extraConfig: Record<string, unknown>): string | undefined {
    try {
      return new OpenClawDeployment(this.chart, id, { ...this.props, extraConfig }).configMap.data['openclaw.json'];
    } catch {
      return undefined;
    }
  }
}
