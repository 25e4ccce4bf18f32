import { GrowingSystem, type Dimension, type SystemSize, type WebhookWork } from './growing-system';
import { withMutedOutput } from './muted-output';
import { exact, type FigureTable, type Group, type GroupOptions, type Interval, type Row, type Unit } from '../../figures';
import { medianInterval } from '../../statistics';

/** The smallest system. Each dimension grows alone. */
const START: SystemSize = { table: 5, history: 5, providers: 1, rules: 5, blocklist: 5 };
const FACTORS = [1, 10, 100, 1_000];

const TITLES: { readonly [dimension in Dimension]: string } = {
  table: 'the table',
  history: 'the history of the customer',
  providers: 'the list of providers',
  rules: 'the list of rules',
  blocklist: 'the blocklist',
};
const NOTES: { readonly [dimension in Dimension]: string } = {
  table: 'Lookups and queries use keys, so that other customers do not matter.',
  history: 'Up to 200 items of each history are read, so that the items grow up to there and then stay the same.',
  providers: 'The list is searched from its start, so that the time grows with it, by less than 0.1 µs for each provider.',
  rules: 'The rules are parsed and evaluated one by one, so that the time of the fraud detector grows linearly. They share what they read.',
  blocklist: 'The entries are looked up by their keys.',
};

/** How the work for one webhook of high value grows with the system: the calls of DynamoDB, the items read and the processor time. */
export const growth: Group = { name: 'growth', measure: async (options) => withMutedOutput(async () => measureGrowth(options)) };

async function measureGrowth({ quick, progress }: GroupOptions): Promise<FigureTable[]> {
  const tables: FigureTable[] = [];
  for (const dimension of Object.keys(START) as Dimension[]) {
    const measured: SizeWork[] = [];
    for (const factor of FACTORS) {
      progress(`${dimension} x${factor}`);
      const size = START[dimension] * factor;
      measured.push({ factor, size, works: await worksOf({ ...START, [dimension]: size }, quick ? 9 : 51) });
    }
    tables.push(...tablesOf(dimension, measured));
  }
  return tables;
}

interface SizeWork {
  readonly factor: number;
  readonly size: number;
  readonly works: readonly WebhookWork[];
}

/** The work of several webhooks. The first one compiles code and stores the rules of the first verdict. */
async function worksOf(size: SystemSize, count: number): Promise<WebhookWork[]> {
  const system = new GrowingSystem(size);
  await system.process();
  const works: WebhookWork[] = [];
  while (works.length < count) {
    works.push(await system.process());
  }
  return works;
}

function tablesOf(dimension: Dimension, measured: readonly SizeWork[]): FigureTable[] {
  const table = (suffix: string, what: string, unit: Unit, figureOf: (works: readonly WebhookWork[]) => Interval): FigureTable => ({
    id: `growth/${dimension}${suffix}`,
    title: `${what} for one webhook while ${TITLES[dimension]} grows`,
    description: `From the request up to the verdict of a payment of high value. ${NOTES[dimension]}`,
    rows: rowsOf(`growth/${dimension}${suffix}`, measured, unit, figureOf),
  });
  const count = (figure: (work: WebhookWork) => number) => (works: readonly WebhookWork[]) => exact(figure(works[0]));
  const median = (figure: (work: WebhookWork) => number) => (works: readonly WebhookWork[]) => medianInterval(works.map(figure));
  return [
    table('', 'Calls of DynamoDB', 'calls', count(({ calls }) => calls)),
    table('-items', 'Items read', 'items', count(({ itemsRead }) => itemsRead)),
    // The two lists that a function searches itself. The time of the fraud detector contains that of the table in memory.
    ...dimension === 'providers' ? [table('-time', 'Processor time of the validator', 'µs', median(({ validatorMicroseconds }) => validatorMicroseconds))] : [],
    ...dimension === 'rules' ? [table('-time', 'Processor time of the fraud detector', 'µs', median(({ detectorMicroseconds }) => detectorMicroseconds))] : [],
  ];
}

function rowsOf(id: string, measured: readonly SizeWork[], unit: Unit, figureOf: (works: readonly WebhookWork[]) => Interval): Row[] {
  const baseline = figureOf(measured[0].works).value;
  return measured.map(({ factor, size, works }) => {
    const figure = figureOf(works);
    return {
      id: `${id}/x${factor}`,
      label: size.toLocaleString('en-US'),
      unit,
      figure,
      ratio: { value: figure.value / baseline, low: figure.low / baseline, high: figure.high / baseline },
    };
  });
}
