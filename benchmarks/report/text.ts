import Table from 'cli-table3';
import type { FigureTable } from '../figures';
import type { CheckedGoal } from '../goals';
import { formatFigure, formatRange, formatRatio } from './format';

/** The tables of all groups and the goals, for a terminal. */
export function textReport(tables: readonly FigureTable[], goals: readonly CheckedGoal[]): string {
  return [...tables.map(textOfTable), textOfGoals(goals)].join('\n\n');
}

function textOfTable({ title, rows }: FigureTable): string {
  const table = new Table({ head: [title, 'figure', '95 % range', 'ratio', '95 % range'], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right', 'right', 'right'] });
  rows.forEach(({ label, unit, figure, ratio }) => table.push([
    label,
    formatFigure(figure.value, unit),
    formatRange(figure, (value) => formatFigure(value, unit)),
    ratio ? formatRatio(ratio.value) : '',
    ratio ? formatRange(ratio, formatRatio) : '',
  ]));
  return table.toString();
}

function textOfGoals(goals: readonly CheckedGoal[]): string {
  const table = new Table({ head: ['goal', 'measured', '95 % range', 'limit', 'result'], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right', 'right', 'left'] });
  goals.forEach(({ goal: { label, unit, limit }, measured, result }) => table.push([
    label,
    measured ? formatFigure(measured.value, unit) : '',
    measured ? formatRange(measured, (value) => formatFigure(value, unit)) : '',
    `≤ ${formatFigure(limit, unit)}`,
    result,
  ]));
  const reasons = goals.flatMap(({ goal: { label, outOfReach }, result }) => (result === 'out of reach' ? [`${label}: ${outOfReach!.reason}`] : []));
  return [table.toString(), ...reasons].join('\n');
}
