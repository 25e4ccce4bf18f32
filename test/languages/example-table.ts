export interface ExampleRow {
  readonly language: string;
  readonly examples: number;
  /** What was done with each example. */
  readonly proof: string;
  /** The number of files with errors, generated ones among them. */
  readonly failures: number;
}

const HEAD = ['language', 'examples', 'each is', 'failures'];

export function exampleTable(rows: readonly ExampleRow[]): string {
  const cells = [HEAD, ...rows.map(({ language, examples, proof, failures }) => [language, examples, proof, failures].map(String))];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}
