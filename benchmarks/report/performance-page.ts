import { barChart } from './bar-chart';
import { formatFigure, formatRange, formatRatio } from './format';
import type { BenchmarkResult } from './result-file';
import type { FigureTable } from '../figures';
import type { CheckedGoal } from '../goals';

/** What is written to docs/ from a result: the generated blocks of the page by their names, and the charts by their files. */
export interface PerformancePage {
  readonly blocks: Readonly<Record<string, string>>;
  readonly charts: Readonly<Record<string, string>>;
}

/** Fewer rows say more as a table. */
const MIN_CHART_ROWS = 2;

export function performancePage({ date, commit, quick, machine, versions, tables, goals }: BenchmarkResult): PerformancePage {
  const charted = tables.filter(({ rows }) => rows.length >= MIN_CHART_ROWS && new Set(rows.map(({ unit }) => unit)).size === 1);
  const charts = Object.fromEntries(charted.map((table) => [chartFile(table), barChart(table)]));
  return {
    blocks: {
      machine: [
        `Measured on ${date.slice(0, 10)}${quick ? ' with `--quick`' : ''}, at commit ${commit}, on ${machine.cores} cores of ${machine.processor} with ${machine.memoryGb} GB, ${machine.platform}.`,
        `Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`,
      ].join('\n'),
      goals: goalTable(goals),
      figures: tables.map((table) => section(table, charts[chartFile(table)] !== undefined)).join('\n\n'),
    },
    charts,
  };
}

function goalTable(goals: readonly CheckedGoal[]): string {
  const reasons = goals.filter(({ result }) => result === 'out of reach').map(({ goal }) => goal);
  return [
    '| goal | measured | 95 % range | limit | result |',
    '|---|--:|--:|--:|---|',
    ...goals.map(({ goal: { label, unit, limit }, measured, result }) => row([
      label, measured ? formatFigure(measured.value, unit) : '', measured ? formatRange(measured, (value) => formatFigure(value, unit)) : '',
      `≤ ${formatFigure(limit, unit)}`, result,
    ])),
    ...reasons.length > 0 ? ['', 'Out of reach:', '', ...reasons.map(({ label, outOfReach }) => `- **${label}**: ${outOfReach!.reason}`)] : [],
  ].join('\n');
}

function section(table: FigureTable, hasChart: boolean): string {
  const { title, description, rows } = table;
  return [
    `### ${title}`,
    '',
    description,
    '',
    ...hasChart ? [`![${title}, as bars](pictures/${chartFile(table)})`, ''] : [],
    '| | figure | 95 % range | ratio | 95 % range |',
    '|---|--:|--:|--:|--:|',
    ...rows.map(({ label, unit, figure, ratio }) => row([
      label, formatFigure(figure.value, unit), formatRange(figure, (value) => formatFigure(value, unit)),
      ratio ? formatRatio(ratio.value) : '', ratio ? formatRange(ratio, formatRatio) : '',
    ])),
  ].join('\n');
}

function chartFile({ id }: FigureTable): string {
  return `performance-${id.replaceAll('/', '-')}.svg`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
