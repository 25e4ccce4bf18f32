import type { TimeRange } from './metric-data';
import { escaped, packageFile } from './page';
import { axisUnit, type Series } from './widget-series';

const TIME_SERIES = 'timeSeries';
/** Views that show one value for each metric, with the type of the chart. */
const VIEWS: { readonly [view: string]: string } = { [TIME_SERIES]: 'line', bar: 'bar', pie: 'pie' };
const GRID = '#eaeded';

/** A chart with its unit, annotations and legend. */
export function chartOf(properties: any, series: readonly Series[], range: TimeRange): string {
  const { view = TIME_SERIES, stacked = false, yAxis = {}, annotations = {} } = properties;
  if (!VIEWS[view]) {
    throw new Error(`the picture does not support the view '${view}'`);
  }
  const hasData = series.some(({ values }) => values.some((value) => value !== undefined));
  const [left, right] = [false, true].map((onRight) => axisUnit(series.filter((each) => each.onRight === onRight)));
  const config = view === TIME_SERIES ? timeSeries(series, range, stacked, yAxis, annotations) : newestValues(VIEWS[view], series);
  return [
    `<div class="unit"><span>${escaped(yAxis.left?.label ?? left)}</span><span>${escaped(yAxis.right?.label ?? right)}</span></div>`,
    `<div class="chart"><canvas data-chart="${escaped(JSON.stringify(config))}"></canvas>`,
    hasData ? '' : '<div class="none">No data available.</div>',
    '</div>',
    `<div class="legend measured">${series.map(({ label, color }) => `<span><i style="background:${color}"></i>${escaped(label)}</span>`).join('')}</div>`,
  ].join('');
}

function timeSeries(series: readonly Series[], { start, end }: TimeRange, stacked: boolean, yAxis: any, annotations: any) {
  const scale = (side: 'left' | 'right', shown: boolean) => ({
    position: side,
    min: yAxis[side]?.min,
    max: yAxis[side]?.max,
    display: shown,
    stacked,
    grid: { color: GRID },
    ticks: { maxTicksLimit: 5, font: { size: 11 } },
  });
  const lines = [...annotations.horizontal ?? [], ...annotations.vertical ?? []].map(({ value, label, color = '#d62728' }: any) => ({
    type: 'line',
    borderColor: color,
    borderWidth: 1,
    borderDash: [4, 3],
    ...typeof value === 'number' ? { yMin: value, yMax: value } : { xMin: Date.parse(value) / 1000, xMax: Date.parse(value) / 1000 },
    label: { display: label !== undefined, content: label, position: 'start', font: { size: 10 }, padding: 2, backgroundColor: '#fffc', color },
  }));
  return {
    type: 'line',
    data: {
      datasets: series.map(({ values, color, label, onRight }) => ({
        label,
        yAxisID: onRight ? 'right' : 'left',
        borderColor: color,
        backgroundColor: color,
        fill: stacked,
        borderWidth: 1.5,
        // A value without neighbors is a dot.
        pointRadius: values.map((_, index) => (values[index - 1] === undefined && values[index + 1] === undefined ? 2.5 : 0)),
        data: values.map((value, index) => ({ x: start + index * (end - start) / values.length, y: value ?? null })),
      })),
    },
    options: {
      scales: {
        x: { type: 'linear', min: start, max: end, grid: { color: GRID }, ticks: { stepSize: (end - start) / 6, font: { size: 11 } } },
        left: scale('left', true),
        right: scale('right', series.some(({ onRight }) => onRight)),
      },
      plugins: { annotation: { annotations: lines } },
    },
  };
}

function newestValues(type: string, series: readonly Series[]) {
  const newest = series.map(({ values }) => values.filter((value) => value !== undefined).at(-1) ?? null);
  return {
    type,
    data: {
      labels: series.map(({ label }) => label),
      datasets: [{ data: newest, backgroundColor: series.map(({ color }) => color) }],
    },
    options: {},
  };
}

/** The library, and the code that draws each canvas of the page. */
export function chartScripts(): string {
  const libraries = ['chart.js/dist/chart.umd.min.js', 'chartjs-plugin-annotation/dist/chartjs-plugin-annotation.min.js']
    .map((path) => packageFile(path).toString().replaceAll('</script', '<\\/script'));
  return `<script>${[...libraries, DRAW].join('</script><script>')}</script>`;
}

const DRAW = `
const time = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 16);
document.fonts.ready.then(() => {
  Chart.defaults.font.family = 'Open Sans';
  for (const canvas of document.querySelectorAll('canvas')) {
    const { type, data, options } = JSON.parse(canvas.dataset.chart);
    if (options.scales) {
      options.scales.x.ticks.callback = time;
    }
    Object.assign(options, { animation: false, responsive: true, maintainAspectRatio: false });
    options.plugins = { ...options.plugins, legend: { display: false } };
    new Chart(canvas, { type, data, options });
  }
  document.body.dataset.drawn = 'true';
});
`;
