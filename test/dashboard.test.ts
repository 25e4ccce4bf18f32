import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FraudRule, WebhookProvider } from '../src';
import { optionsOf, widgetsOf, type DashboardWidget, type WidgetMetric } from './support/dashboard';
import { templateOf } from './support/system';

const COLUMNS = 24;
/** CloudWatch shows the legend of a graph of this size in three lines. */
const MAX_LINES = 10;

const ONE = [WebhookProvider.stripe()];
const THREE = [WebhookProvider.stripe(), WebhookProvider.adyen(), WebhookProvider.mollie()];
const MANY = [
  ...THREE, WebhookProvider.payPal(), WebhookProvider.square(), WebhookProvider.wise(), WebhookProvider.paddle(), WebhookProvider.klarna(),
  WebhookProvider.shopify(), WebhookProvider.razorpay(), WebhookProvider.worldpay(), WebhookProvider.paystack(), WebhookProvider.flutterwave(),
];

const [one, three, many] = [ONE, THREE, MANY].map((providers) => widgetsOf(templateOf({ environmentSuffix: 'test', providers })));
const shadowed = widgetsOf(templateOf({ environmentSuffix: 'test', providers: ONE, shadowFraudRules: FraudRule.defaults() }));
const provisioned = widgetsOf(templateOf({ environmentSuffix: 'test', providers: ONE, validatorProvisionedConcurrency: 1 }));
const widgetOf = (title: string, widgets = three): DashboardWidget => widgets.find(({ properties }) => properties.title === title)!;
const metricsOf = (title: string, widgets = three): WidgetMetric[] => widgetOf(title, widgets).properties.metrics;
const colorsOf = (title: string, widgets = three): string[] => metricsOf(title, widgets).map((metric) => optionsOf(metric).color);

/** The hue in degrees. Reds are around 0, greens around 120. Grays have none. */
function hueOf(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range === 0) {
    return NaN;
  }
  const sector = { [blue]: 4 + (red - green) / range, [green]: 2 + (blue - red) / range, [red]: (green - blue) / range }[most];
  return (sector * 60 + 360) % 360;
}
const isWarm = (color: string) => hueOf(color) <= 50 || hueOf(color) >= 300;
const isGreen = (color: string) => hueOf(color) > 75 && hueOf(color) < 165;

const title = ({ type, properties }: DashboardWidget) => properties.title ?? type;

describe.each([['one provider', one], ['three providers', three], ['thirteen providers', many], ['shadow rules', shadowed], ['provisioned concurrency', provisioned]])('the dashboard of a system with %s', (_, widgets) => {
  test('fills its grid without gaps and overlaps', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) => (
      Array.from({ length: width * height }, (__, index) => `${x + index % width},${y + Math.floor(index / width)}`)
    ));
    const rows = Math.max(...widgets.map(({ y, height }) => y + height));

    expect(widgets.filter(({ x, width }) => x + width > COLUMNS).map(title)).toEqual([]);
    expect(cells.length - new Set(cells).size).toBe(0);
    expect(COLUMNS * rows - cells.length).toBe(0);
  });

  test('has a different label for each line of a widget', () => {
    const ambiguous = widgets.filter(({ properties }) => {
      const labels: string[] = (properties.metrics ?? []).filter((metric: WidgetMetric) => optionsOf(metric).visible !== false)
        .map((metric: WidgetMetric) => optionsOf(metric).label ?? metric[1]);
      return new Set(labels).size < labels.length;
    });

    expect(ambiguous.map(title)).toEqual([]);
  });

  test('has a different color for each line of a graph', () => {
    const ambiguous = widgets.filter(({ properties }) => {
      const colors = (properties.metrics ?? []).map((metric: WidgetMetric) => optionsOf(metric).color).filter(Boolean);
      return properties.view === 'timeSeries' && new Set(colors).size < Math.min(colors.length, MAX_LINES);
    });

    expect(ambiguous.map(title)).toEqual([]);
  });

  test('names the provider in the label of each of its lines', () => {
    const unnamed = widgets.flatMap(({ properties }) => properties.metrics ?? [])
      .filter((metric: WidgetMetric) => metric.includes('Provider') && !optionsOf(metric).label.startsWith(metric[metric.indexOf('Provider') + 1]));

    expect(unnamed).toEqual([]);
  });

  test('begins the axis of every graph at zero', () => {
    const graphs = widgets.filter(({ properties }) => properties.view === 'timeSeries');

    expect(graphs.filter(({ properties }) => properties.yAxis.left?.min !== 0).map(title)).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('has no more lines in a graph than its legend shows', () => {
    const full = three.filter(({ properties }) => properties.view === 'timeSeries'
      && properties.metrics.filter((metric: WidgetMetric) => optionsOf(metric).visible !== false).length > MAX_LINES);

    expect(full.map(title)).toEqual([]);
  });

  test('shows the alarms that fire first', () => {
    expect(widgetOf('Alarms').properties.sortBy).toBe('stateUpdatedTimestamp');
  });

  test('has the totals of the whole time range, and more rows for more providers', () => {
    expect(three.filter(({ properties }) => properties.setPeriodToTimeRange).map(title)).toEqual(['Webhooks in the time range']);
    expect([one, three, many].map((widgets) => widgetOf('Webhooks in the time range', widgets).height)).toEqual([3, 3, 9]);
  });

  test('draws what failed in warm colors', () => {
    const failed = [
      ...colorsOf('Failures'), ...colorsOf('Lambda errors'),
      ...['WebhooksRejected', 'SignaturesMismatched', 'WebhooksUnparsed']
        .map((name) => optionsOf(metricsOf('Webhooks').find((metric) => metric[1] === name)!).color),
      ...metricsOf('Webhooks in the time range').map(optionsOf).filter(({ label }) => label.endsWith('rejected')).map(({ color }) => color),
      ...['API requests', 'Workflow executions', 'SNS messages'].flatMap((each) => metricsOf(each)).filter((metric) => /4XX|5XX|Failed|TimedOut/.test(metric[1]))
        .map((metric) => optionsOf(metric).color),
      optionsOf(metricsOf('Open transactions').find((metric) => metric[1] === 'TransactionsAwaitingRedrive')!).color,
    ];

    expect(failed.length).toBeGreaterThan(20);
    expect(failed.filter((color) => !isWarm(color))).toEqual([]);
  });

  test('draws what succeeded in green, and verdicts in the colors of a traffic light', () => {
    const [stored] = metricsOf('Webhooks');

    expect([stored[1], isGreen(optionsOf(stored).color)]).toEqual(['WebhooksStored', true]);
    expect(colorsOf('Verdicts').map((color) => [isGreen(color), isWarm(color)])).toEqual([[true, false], [false, true], [false, true]]);
  });

  test('gives a provider the same color in both graphs, which looks neither good nor bad', () => {
    const stored = colorsOf('Webhooks stored by provider', many);

    expect(colorsOf('Webhooks rejected by provider', many)).toEqual(stored);
    expect(stored.filter((color) => isWarm(color) || isGreen(color))).toEqual([]);
    expect(new Set(stored).size).toBe(MAX_LINES);
  });

  test('shows progress by minute for every period', () => {
    const shown = metricsOf('Progress each minute').map(optionsOf).filter(({ visible }) => visible !== false);

    expect(shown.map(({ label, expression }) => [label, expression])).toEqual(['SweepsCompleted', 'RelayHeartbeats', 'ArchivalHeartbeats'].map((name) => {
      const id = name[0].toLowerCase() + name.slice(1);
      return [name, `${id} / (PERIOD(${id}) / 60)`];
    }));
  });

  test('links to pages that exist, and explains what no data means', () => {
    const { markdown } = three[0].properties;
    const links = [...markdown.matchAll(/\]\((\S+)\)/g)].map(([, link]) => new URL(link));

    expect(links).toHaveLength(4);
    expect(links.map(({ protocol }) => protocol)).toEqual(Array(4).fill('https:'));
    expect(existsSync(join(__dirname, '..', links[0].pathname.replace(/^\/.+\/blob\/main\//, '')))).toBe(true);
    expect(markdown).toContain('**No data**');
    expect(markdown).toContain('Progress each minute');
  });
});
