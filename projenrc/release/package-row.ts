import CliTable from 'cli-table3';

/** The result of one check. A check with failures fails the dry run. */
export interface ReleaseCheck {
  readonly name: string;
  readonly failures: readonly string[];
  /** Why the check did not run, or what it did instead. */
  readonly note?: string;
}

/** A package that a registry gets. */
export interface PackageRow {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
  readonly checks: readonly ReleaseCheck[];
}

/** A size such as `2.4 MB`. */
export function formatSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The table of packages with the number of their files, their sizes and their checks. */
export function renderRows(rows: readonly PackageRow[]): string {
  const table = new CliTable({ head: ['package', 'files', 'size', 'checks'], style: { head: [], border: [] }, wordWrap: true, colWidths: [26, 7, 9, 96] });
  rows.forEach(({ name, files, bytes, checks }) => table.push([name, files, formatSize(bytes), checks.map(describeCheck).join(', ')]));
  return table.toString();
}

function describeCheck({ name, failures, note }: ReleaseCheck): string {
  const result = failures.length > 0 ? 'FAILED' : 'ok';
  return note === undefined ? `${name}: ${result}` : `${name}: ${failures.length > 0 ? result : note}`;
}

/** A line for each failure of each package. */
export function failuresOf(rows: readonly PackageRow[]): string[] {
  return rows.flatMap(({ name, checks }) => checks.flatMap((check) => check.failures.map((failure) => `${name}: ${check.name}: ${failure}`)));
}
