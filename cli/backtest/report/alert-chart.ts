import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { caughtWith, type AlertPoint } from '../alert-curve';
import type { Comparison } from '../backtest-result';

/** A number of alerts that a rule set gives. */
export interface OperatingPoint {
  readonly name: string;
  readonly alerts: number;
  readonly caught: number;
}

/** The content of the chart. */
export interface AlertChart {
  readonly title: string;
  readonly comparison: Comparison;
  readonly points: readonly OperatingPoint[];
}

const SIZE = { width: 760, height: 500 } as const;
const AREA = { left: 74, right: 24, top: 74, bottom: 132 } as const;
const TICKS = 6;
const LEGEND_ROW = 22;
const LEGEND_COLUMNS = 2;
/** The chart shows this multiple of the most alerts of a rule set, so that the curves around it can be compared. */
const SHOWN_MULTIPLE = 4;
const LEAST_SHOWN_SHARE = 0.1;
/** Curves differ in their dashes too, for people who do not see the colors. */
const DASHES = ['', '8 4', '2 3', '10 3 2 3', '1 5'];
/** Colors with a contrast of at least 3 to 1 on a light and on a dark background. */
const STYLE = [
  '.chart{--ground:#fff;--ink:#1f2328;--muted:#59636e;--rule:#d1d9e0;--s0:#0969da;--s1:#8250df;--s2:#bc4c00;--s3:#1a7f37;--s4:#cf222e}',
  '@media (prefers-color-scheme:dark){.chart{--ground:#0d1117;--ink:#f0f6fc;--muted:#9198a1;--rule:#3d444d;--s0:#58a6ff;--s1:#bc8cff;--s2:#f0883e;--s3:#3fb950;--s4:#ff7b72}}',
  '.chart{font:14px system-ui,sans-serif}.chart .ground{fill:var(--ground)}.chart text{fill:var(--ink)}.chart .muted{fill:var(--muted)}',
  '.chart .rule{stroke:var(--rule);stroke-width:1}.chart .curve{fill:none;stroke-width:2.25}.chart .point{stroke:var(--ground);stroke-width:2}',
  ...[0, 1, 2, 3, 4].map((place) => `.chart .s${place}{stroke:var(--s${place})}.chart .f${place}{fill:var(--s${place})}`),
].join('');

/** Draws the share of fraud that is found by the number of alerts, as SVG with a description in words. */
export function alertChartSvg({ title, comparison, points }: AlertChart): string {
  const { payments, fraud, ways } = comparison;
  const mostAlerts = Math.max(...points.map(({ alerts }) => alerts), 0);
  const shown = Math.min(payments, Math.ceil(Math.max(SHOWN_MULTIPLE * mostAlerts, LEAST_SHOWN_SHARE * payments)));
  const x = scaleLinear([0, shown / payments], [AREA.left, SIZE.width - AREA.right]);
  const y = scaleLinear([0, 1], [SIZE.height - AREA.bottom, AREA.top]);
  const path = line<AlertPoint>(({ alerts }) => x(alerts / payments), ({ caught }) => y(caught / fraud));
  const shareFormat = x.tickFormat(TICKS, '~%');
  const placeOf = (name: string) => ways.findIndex((way) => way.name === name);
  const parts = [
    ...y.ticks(TICKS - 1).flatMap((value) => [
      `<line class="rule" x1="${AREA.left}" x2="${SIZE.width - AREA.right}" y1="${y(value)}" y2="${y(value)}"/>`,
      textAt(AREA.left - 10, y(value) + 5, y.tickFormat(TICKS - 1, '~%')(value), 'class="muted" text-anchor="end"'),
    ]),
    ...x.ticks(TICKS).map((value) => textAt(x(value), SIZE.height - AREA.bottom + 22, shareFormat(value), 'class="muted" text-anchor="middle"')),
    textAt((AREA.left + SIZE.width - AREA.right) / 2, SIZE.height - AREA.bottom + 48, 'Share of assessed payments that are alerted', 'text-anchor="middle"'),
    textAt(0, 0, 'Share of assessed fraud that is found', `text-anchor="middle" transform="translate(20 ${(AREA.top + SIZE.height - AREA.bottom) / 2}) rotate(-90)"`),
    ...ways.map(({ curve }, place) => `<path class="curve s${place}" stroke-dasharray="${DASHES[place]}" d="${path(curveUpTo(curve, shown))}"/>`),
    ...points.map(({ name, alerts, caught }) => `<circle class="point f${placeOf(name)}" r="7" cx="${rounded(x(alerts / payments))}" cy="${rounded(y(caught / fraud))}"/>`),
    ...ways.flatMap(({ name }, place) => legendOf(name, place, points.some((point) => point.name === name))),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="chart-title chart-text">`,
    `<title id="chart-title">${escapeXml(title)}</title>`,
    `<desc id="chart-text">${escapeXml(chartText({ title, comparison, points }))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${SIZE.width}" height="${SIZE.height}"/>`,
    textAt(AREA.left, 30, title, 'font-size="18" font-weight="600"'),
    textAt(AREA.left, 50, 'A dot shows the result of the rules with their own review score.', 'class="muted"'),
    ...parts,
    '</svg>',
  ].join('\n');
}

/** The chart in words: the share that each way finds with the number of alerts of each rule set. */
export function chartText({ comparison: { payments, fraud, ways }, points }: AlertChart): string {
  return points.map(({ name, alerts, caught }) => {
    const others = ways.filter((way) => way.name !== name)
      .map((way) => `${way.name} ${sharePercent(caughtWith(way.curve, alerts) / fraud)}`);
    return `${name}: ${sharePercent(caught / fraud)} of the fraud with alerts about ${sharePercent(alerts / payments)} of the payments. With the same number of alerts: ${others.join(', ')}.`;
  }).join(' ');
}

/** A page with the chart and its text. */
export function alertChartPage(chart: AlertChart): string {
  return [
    '<!doctype html>', '<html lang="en">', '<head>', '<meta charset="utf-8">', '<meta name="viewport" content="width=device-width">', `<title>${escapeXml(chart.title)}</title>`,
    '<style>:root{color-scheme:light dark}body{margin:24px auto;max-width:860px;padding:0 16px;font:16px/1.5 system-ui,sans-serif}</style>',
    '</head>', '<body>', alertChartSvg(chart), `<p>${escapeXml(chartText(chart))}</p>`, '</body>', '</html>', '',
  ].join('\n');
}

/** The points up to a number of alerts, and the one with this number. */
function curveUpTo(curve: readonly AlertPoint[], shown: number): AlertPoint[] {
  return [...curve.filter(({ alerts }) => alerts < shown), { alerts: shown, caught: caughtWith(curve, shown), threshold: 0 }];
}

function legendOf(name: string, place: number, hasPoint: boolean): string[] {
  const left = AREA.left + (place % LEGEND_COLUMNS) * (SIZE.width - AREA.left) / LEGEND_COLUMNS;
  const top = SIZE.height - AREA.bottom + 80 + Math.floor(place / LEGEND_COLUMNS) * LEGEND_ROW;
  return [
    `<line class="curve s${place}" stroke-dasharray="${DASHES[place]}" x1="${left}" x2="${left + 36}" y1="${top - 5}" y2="${top - 5}"/>`,
    ...hasPoint ? [`<circle class="point f${place}" r="6" cx="${left + 18}" cy="${top - 5}"/>`] : [],
    textAt(left + 46, top, name, ''),
  ];
}

function textAt(left: number, top: number, text: string, attributes: string): string {
  return `<text x="${rounded(left)}" y="${rounded(top)}" ${attributes}>${escapeXml(text)}</text>`;
}

function sharePercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function rounded(value: number): number {
  return Math.round(10 * value) / 10;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
