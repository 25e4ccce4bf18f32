import { hasPassed } from './report';
import type { Style } from './style';
import { COLUMNS, differences, NONE, type Outcome } from '../observe/outcome';
import type { Result } from '../scenario/result';

const GAP = '  ';
const INDENT = '    ';
const BETWEEN = ' · ';

/**
 * Shows results in columns that are as wide as their expected texts. If the
 * terminal is too narrow, shows them below each other.
 */
export class ResultTable {
  private readonly widths: readonly number[];
  private readonly isWide: boolean;

  /** @param columns the terminal's width; absent for a file, whose lines have no limit */
  constructor(
    cases: ReadonlyArray<{ readonly name: string; readonly expected: Outcome }>, private readonly style: Style, private readonly columns = Infinity,
  ) {
    this.widths = [
      width('event', cases.map(({ name }) => name)),
      ...COLUMNS.map((column) => width(column, cases.map(({ expected }) => expected[column]))),
    ];
    this.isWide = this.widths.reduce((sum, each) => sum + each + GAP.length, 0) <= columns;
  }

  public header(): string {
    return this.style.dim(`  ${this.row(['event', ...this.isWide ? COLUMNS : COLUMNS.slice(0, 1)])}`);
  }

  /** A line for the result, and one more for each column that differs from the expectation. */
  public lines(result: Result): string[] {
    const { name, expected, actual } = result;
    const mark = hasPassed(result) ? this.style.good('✓') : this.style.bad('✗');
    return [
      `${mark} ${this.row([name, ...this.isWide ? COLUMNS.map((column) => actual[column]) : [actual.answer]])}`,
      ...this.isWide ? [] : this.below(actual),
      ...actual.reasons === NONE ? [] : actual.reasons.split('; ').map((reason) => this.style.dim(`${INDENT}${reason}`)),
      ...differences(expected, actual).map((column) => this.style.bad(`${INDENT}${column}: expected ${expected[column]}, got ${actual[column]}`)),
    ];
  }

  private below(actual: Outcome): string[] {
    const traces = COLUMNS.slice(1).filter((column) => actual[column] !== NONE).map((column) => `${column} ${actual[column]}`);
    return traces.reduce<string[]>((lines, trace) => {
      const last = lines.at(-1);
      const longer = last === undefined ? `${INDENT}${trace}` : `${last}${BETWEEN}${trace}`;
      return last === undefined || longer.length <= this.columns ? [...lines.slice(0, -1), longer] : [...lines, `${INDENT}${trace}`];
    }, []).map(this.style.dim);
  }

  private row(cells: readonly string[]): string {
    return cells.map((cell, index) => cell.padEnd(this.widths[index])).join(GAP).trimEnd();
  }
}

function width(title: string, texts: readonly string[]): number {
  return Math.max(title.length, ...texts.map(({ length }) => length));
}
