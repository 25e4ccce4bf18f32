import MarkdownIt from 'markdown-it';
import type { AlarmState, PicturedAlarm } from './alarm-states';
import { chartOf, chartScripts } from './chart';
import type { MetricData, TimeRange } from './metric-data';
import { escaped, page } from './page';
import { seriesOf, type Series } from './widget-series';

/** A widget of a dashboard body (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: any;
}
export interface DashboardBody { readonly widgets: readonly Widget[]; readonly start?: string }

export interface DashboardContent {
  readonly name: string;
  readonly body: DashboardBody;
  readonly data: MetricData;
  readonly alarms: ReadonlyArray<PicturedAlarm & AlarmState>;
  readonly now: number;
}

/** The size of the grid, in pixels. */
const COLUMN = 50;
const ROW = 48;
const GAP = 5;
const HEADER = 44;
export const PAGE_WIDTH = 24 * COLUMN + 2 * GAP;

/** The height of the page down to a row of the grid. */
function heightOf(row: number): number {
  return HEADER + row * ROW + GAP;
}

/** The height of the page down to the end of a widget. */
export function endOf({ widgets }: DashboardBody, title: string): number {
  const widget = widgets.find(({ properties }) => properties.title === title);
  if (!widget) {
    throw new Error(`the dashboard has no widget '${title}', where the picture ends`);
  }
  return heightOf(widget.y + widget.height);
}

const HOURS = 3_600;
/** CloudWatch shows three hours if a dashboard has no start. */
const DEFAULT_START = '-PT3H';

export function timeRange({ start = DEFAULT_START }: DashboardBody, now: number): TimeRange & { readonly label: string } {
  const hours = /^-PT(\d+)H$/.exec(start);
  if (!hours || Number(hours[1]) > 24) {
    throw new Error(`the picture does not support the start '${start}' of a dashboard: use at most -PT24H`);
  }
  return { start: now - Number(hours[1]) * HOURS, end: now, label: `${hours[1]}h` };
}

/** The dashboard as a page that looks like CloudWatch's. */
export function dashboardPage(content: DashboardContent): string {
  const range = timeRange(content.body, content.now);
  const widgets = content.body.widgets.map((widget) => {
    const { x, y, width, height } = widget;
    const place = `left:${x * COLUMN + GAP}px;top:${HEADER + y * ROW + GAP}px;width:${width * COLUMN - GAP}px;height:${height * ROW - GAP}px`;
    const title = widget.properties.title ? `<h2 class="measured">${escaped(widget.properties.title)}</h2>` : '';
    return `<section class="widget ${widget.type}" style="${place}">${title}${widgetContent(widget, content, range)}</section>`;
  });
  const time = new Date(content.now * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return page(content.name, STYLE, [
    `<header><b>${escaped(content.name)}</b><span>${range.label} until ${time} UTC</span></header>`,
    ...widgets,
    `<div style="height:${heightOf(Math.max(...content.body.widgets.map(({ y, height }) => y + height))) + GAP - HEADER}px"></div>`,
    chartScripts(),
  ].join('\n'));
}

function widgetContent({ type, properties }: Widget, { data, alarms }: DashboardContent, range: TimeRange): string {
  switch (type) {
    case 'text': return `<div class="markdown measured">${new MarkdownIt().render(properties.markdown)}</div>`;
    case 'alarm': return alarmTiles(properties, alarms);
    case 'metric': {
      const series = seriesOf(properties, data, range);
      return properties.view === 'singleValue' ? numbers(series) : chartOf(properties, series, range);
    }
    default: throw new Error(`the picture does not support widgets of the type '${type}'`);
  }
}

function alarmTiles({ alarms: arns, sortBy }: any, alarms: ReadonlyArray<PicturedAlarm & AlarmState>): string {
  const shown = (arns as string[]).map((arn) => alarms.find((alarm) => alarm.arn === arn)!)
    .sort((one, other) => one.name.localeCompare(other.name));
  if (sortBy === 'stateUpdatedTimestamp') {
    shown.sort((one, other) => Number(other.state === 'ALARM') - Number(one.state === 'ALARM') || other.since - one.since);
  }
  const count = (state: string) => shown.filter((alarm) => alarm.state === state).length;
  return `<p class="counts"><b class="ALARM">In alarm (${count('ALARM')})</b><span>Insufficient data (0)</span><b class="OK">OK (${count('OK')})</b></p>`
    + `<div class="tiles measured">${shown.map(({ name, state }) => `<span class="tile ${state}"><i></i>${escaped(name)}</span>`).join('')}</div>`;
}

/** The newest value of each metric, or `--`. */
function numbers(series: readonly Series[]): string {
  return `<div class="numbers measured">${series.map(({ label, color, unit, values }) => {
    const newest = values.filter((value) => value !== undefined).at(-1);
    const suffix = unit === 'Milliseconds' && newest !== undefined ? '<small>ms</small>' : '';
    return `<div><strong>${newest?.toLocaleString('en-US') ?? '--'}${suffix}</strong><span><i style="background:${color}"></i>${escaped(label)}</span></div>`;
  }).join('')}</div>`;
}

const STYLE = `
body { background: #f2f3f3; position: relative; width: ${PAGE_WIDTH}px; }
header { height: ${HEADER}px; padding: 11px 16px; background: #fff; border-bottom: 1px solid #d5dbdb; display: flex; justify-content: space-between; font-size: 15px; }
header span { color: #545b64; font-size: 13px; }
.widget { position: absolute; background: #fff; border: 1px solid #d5dbdb; padding: 6px 10px; display: flex; flex-direction: column; overflow: hidden; }
h2 { font-size: 14px; font-weight: 600; margin: 0 0 2px; white-space: nowrap; overflow: hidden; flex: none; }
.markdown { overflow: hidden; height: 100%; }
.markdown p { margin: 0 0 4px; }
.counts { margin: 0 0 4px; display: flex; gap: 18px; font-size: 12px; color: #545b64; }
.counts .ALARM { color: #d13212; } .counts .OK { color: #1d8102; }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 4px; overflow: hidden; }
.tile { border: 1px solid #d5dbdb; border-left-width: 4px; padding: 1px 6px; font-size: 11px; line-height: 22px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.tile i { display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 6px; }
.tile.OK { border-left-color: #1d8102; } .tile.OK i { background: #1d8102; }
.tile.ALARM { border-color: #d13212; background: #fdf3f1; color: #b0270c; } .tile.ALARM i { background: #d13212; }
.numbers { display: flex; flex-wrap: wrap; flex: 1; align-content: space-evenly; overflow: hidden; }
.numbers div { min-width: 120px; flex: 1; padding: 0 6px; }
.numbers strong { display: block; font-size: 26px; line-height: 1.2; font-weight: 400; }
.numbers small { font-size: 14px; margin-left: 3px; }
.numbers span { font-size: 12px; color: #545b64; display: block; line-height: 1.25; }
.numbers i, .legend i { display: inline-block; width: 9px; height: 9px; border-radius: 2px; margin-right: 5px; }
.unit { font-size: 11px; color: #545b64; display: flex; justify-content: space-between; flex: none; }
.chart { position: relative; flex: 1; min-height: 0; }
.none { position: absolute; inset: 0; text-align: center; padding-top: 12%; color: #687078; }
.legend { flex: none; max-height: 52px; overflow: hidden; font-size: 11px; line-height: 17px; display: flex; flex-wrap: wrap; column-gap: 14px; }
.legend.right { position: absolute; }
`;
