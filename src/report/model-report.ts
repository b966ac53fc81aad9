import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Construct, IConstruct } from 'constructs';
import { reportMarkdown } from './markdown';
import { reportMermaid } from './mermaid';
import { DAYS_OF_A_MONTH } from './monthly-cost';
import { ReportData } from './report-data';
import { reportedGateway, totals } from './reported-gateway';
import { reportSvg } from './svg';
import { OpenClawDeployment } from '../gateway/openclaw-deployment';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { SEAL, sealed } from '../input/sealed';

/** How much each agent is used: some turns of the same size. */
export interface ModelLoad {
  /** Calls of a model that an agent makes in a day, those for tools and heartbeats included. */
  readonly turnsPerDay: number;

  /** Tokens that such a call sends, the prompt and the conversation so far. */
  readonly inputTokens: number;

  /** Tokens that it gets back, thinking included. */
  readonly outputTokens: number;

  /**
   * Which part of the input the provider's cache has, from 0 to 1.
   * @default 0
   */
  readonly cacheHitRatio?: number;
}

/** What a report says besides. */
export interface ModelReportOptions {
  /**
   * A load; the report estimates what it costs in a month of 30 days.
   * @default - no estimate
   */
  readonly load?: ModelLoad;
}

/**
 * Which models the gateways of an app call, in which order, who pays, and what it costs: a report for people who approve it.
 *
 * The same app gives the same texts. They contain no secret, only where secrets are.
 */
export class ModelReport {
  /**
   * A report of every gateway in a scope, such as an app or a chart. Make the gateways first.
   *
   * @param scope the app, a chart, or a gateway
   */
  public static of(scope: IConstruct, options: ModelReportOptions = {}): ModelReport {
    const check = new InputChecks('ModelReport.of()').that(Construct.isConstruct(scope), 'scope', 'an App, a Chart or another construct', scope);
    const { load } = argumentsOf(options);
    check.options<ModelReportOptions>(options, { load: true }).done();
    if (load !== undefined) checkLoad(load);
    const gateways = scope.node.findAll().filter((construct): construct is OpenClawDeployment => construct instanceof OpenClawDeployment);
    check.refuse(gateways.length === 0, `'${scope.node.path || 'the app'}' has no OpenClawDeployment; make the report after the gateways, of a scope that they are in`).done();
    const figures = load && { // in an order of its own, whatever the caller's language
      turnsPerDay: load.turnsPerDay, inputTokens: load.inputTokens, outputTokens: load.outputTokens, cacheHitRatio: load.cacheHitRatio ?? 0,
    };
    const reported = gateways.map(gateway => reportedGateway(gateway._settings, gateway.findings, figures));
    return new ModelReport(SEAL, { currency: 'USD', days: DAYS_OF_A_MONTH, load: figures, gateways: reported, monthly: figures && totals(reported) });
  }

  private constructor(seal: symbol, private readonly data: ReportData) {
    sealed(seal, new.target, ModelReport, 'ModelReport.of()');
  }

  /** The route map in the language of Mermaid, which GitHub and GitLab draw. */
  public mermaid(): string {
    return reportMermaid(this.data);
  }

  /** The route map as a picture. */
  public svg(): string {
    return reportSvg(this.data);
  }

  /** The whole report: costs, the route map, and tables for each gateway. */
  public markdown(): string {
    return reportMarkdown(this.data);
  }

  /** The whole report for programs; docs/reports.md has the shape. */
  public json(): string {
    return `${JSON.stringify(this.data, undefined, 2)}\n`;
  }

  /**
   * Writes `models.md`, `models.mmd`, `models.svg` and `models.json`.
   *
   * @param directory made if it is not there
   */
  public write(directory: string): void {
    new InputChecks('ModelReport.write()').that(typeof directory === 'string' && directory !== '', 'directory', 'a path', directory).done();
    mkdirSync(directory, { recursive: true });
    const texts = { md: this.markdown(), mmd: this.mermaid(), svg: this.svg(), json: this.json() };
    for (const [extension, text] of Object.entries(texts)) writeFileSync(join(directory, `models.${extension}`), text);
  }
}

function checkLoad(load: ModelLoad): void {
  const { turnsPerDay, inputTokens, outputTokens, cacheHitRatio = 0 } = argumentsOf(load);
  const isAmount = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
  new InputChecks('ModelReport.of(): load')
    .that(isAmount(turnsPerDay), 'turnsPerDay', 'a number from 0', turnsPerDay)
    .that(isAmount(inputTokens), 'inputTokens', 'a number of tokens from 0', inputTokens)
    .that(isAmount(outputTokens), 'outputTokens', 'a number of tokens from 0', outputTokens)
    .that(isAmount(cacheHitRatio) && cacheHitRatio <= 1, 'cacheHitRatio', 'a number from 0 to 1', cacheHitRatio)
    .options<ModelLoad>(load, { turnsPerDay: true, inputTokens: true, outputTokens: true, cacheHitRatio: true })
    .done();
}
