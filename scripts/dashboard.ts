/**
 * Writes assets/dashboard.json, Grafana's dashboard of a guarded gateway, with the foundation SDK of Grafana.
 *
 * Usage: tsx scripts/dashboard.ts
 */
import * as fs from 'fs';
import * as path from 'path';
import * as common from '@grafana/grafana-foundation-sdk/common';
import { DashboardBuilder, DatasourceVariableBuilder, QueryVariableBuilder, VariableRefresh } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

const DASHBOARD = path.join(__dirname, '..', 'assets', 'dashboard.json');

const SOURCE = { type: 'prometheus', uid: '$datasource' };
const SHOWN = '$__range';
const STEP = '$__rate_interval';

/** Of the gateways that are chosen. */
function series(metric: string, more = ''): string {
  return `envoy_guard_${metric}{openclaw_gateway=~"$gateway"${more && `, ${more}`}}`;
}

/** What a counter counted in the time that is shown. It appears with its first value, of which increase() sees nothing. */
function total(metric: string, more = ''): string {
  const counter = series(metric, more);
  return `sum(${counter} unless ${counter} offset ${SHOWN} or increase(${counter}[${SHOWN}]))`;
}

const hits = (by: string) => `sum by (${by}) (increase(${series('cached_tokens')}[1h])) / sum by (${by}) (increase(${series('input_tokens')}[1h]) > 0)`;

function query(expr: string, legend = ''): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).legendFormat(legend).datasource(SOURCE);
}

function figure(title: string, unit: string, expr: string, decimals = 0): stat.PanelBuilder {
  return new stat.PanelBuilder().title(title).unit(unit).decimals(decimals).datasource(SOURCE).span(6).height(4).noValue('0')
    .graphMode(common.BigValueGraphMode.None).reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .withTarget(query(expr));
}

function chart(title: string, unit: string, ...targets: [string, string][]): timeseries.PanelBuilder {
  const panel = new timeseries.PanelBuilder().title(title).unit(unit).min(0).datasource(SOURCE).span(12).height(8).fillOpacity(10)
    .legend(new common.VizLegendOptionsBuilder().showLegend(true).placement(common.LegendPlacement.Bottom)
      .displayMode(common.LegendDisplayMode.List));
  return targets.reduce((each, [expr, legend]) => each.withTarget(query(expr, legend)), panel);
}

/** The text of the file. */
export function dashboardText(): string {
  const dashboard = new DashboardBuilder('OpenClaw')
    .uid('openclaw')
    .tags(['openclaw'])
    .editable()
    .refresh('1m')
    .time({ from: 'now-24h', to: 'now' })
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(new QueryVariableBuilder('gateway').label('Gateway').datasource(SOURCE).refresh(VariableRefresh.OnTimeRangeChanged)
      .query('label_values(envoy_guard_requests, openclaw_gateway)').multi(true).includeAll(true).allValue('.+'))
    .withPanel(figure('Spent', 'currencyUSD', `${total('microdollars')} / 1e6`, 2))
    .withPanel(figure('Answers', 'short', total('requests', 'guard_policy!="", guard_status=~"2.."')))
    .withPanel(figure('Failed and refused calls', 'short', total('requests', 'guard_provider!="none", guard_status=~"[45].."')))
    .withPanel(figure('Calls without known tokens', 'short', total('unmetered')))
    .withPanel(chart('Dollars per hour, by model', 'currencyUSD',
      [`sum by (guard_policy) (rate(${series('microdollars')}[${STEP}])) * 3600 / 1e6`, '{{guard_policy}}']))
    .withPanel(chart('Answers per minute, by model', 'short',
      [`sum by (guard_policy) (rate(${series('requests', 'guard_policy!="", guard_status=~"2.."')}[${STEP}])) * 60`, '{{guard_policy}}']))
    .withPanel(chart('Tokens per minute', 'short',
      [`sum(rate(${series('input_tokens')}[${STEP}])) * 60`, 'input'],
      [`sum(rate(${series('cached_tokens')}[${STEP}])) * 60`, 'of it from the cache'],
      [`sum(rate(${series('cache_write_tokens')}[${STEP}])) * 60`, 'of it to the cache'],
      [`sum(rate(${series('output_tokens')}[${STEP}])) * 60`, 'output']))
    .withPanel(chart('Input from the cache, by model', 'percentunit', [hits('guard_policy'), '{{guard_policy}}']).max(1))
    .withPanel(chart('Failed and refused calls per minute', 'short',
      [`sum by (guard_provider, guard_status) (rate(${series('requests', 'guard_provider!="none", guard_status=~"[45].."')}[${STEP}])) * 60`,
        '{{guard_provider}} {{guard_status}}']))
    .withPanel(chart('Time until the end of an answer', 'ms', ...[0.5, 0.95].map((part): [string, string] => [
      `histogram_quantile(${part}, sum by (guard_provider, le) (rate(${series('duration_bucket', 'guard_provider!="none"')}[${STEP}])))`,
      `{{guard_provider}}, ${part * 100} % of the calls`,
    ])))
    .build();
  return `${JSON.stringify(dashboard, undefined, 1)}\n`;
}

if (require.main === module) fs.writeFileSync(DASHBOARD, dashboardText());
