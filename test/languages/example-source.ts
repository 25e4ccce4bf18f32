/** A source file from an example. Keeps the line numbers. The index is unique among the examples. */
export type ToSource = (example: string, index: number) => string;

/** The line of a page, or the name of the API whose docstring has the example. */
export type ExampleLocations = ReadonlyMap<string, string>;

/** Imports are valid only at the top of a file, and statements only in a body. */
export function inBody(beforeImports: string, bodyStart: string, example: string, bodyEnd: string): string {
  const lines = example.split('\n');
  const imports = lines.map((line) => line.startsWith('import ')).lastIndexOf(true) + 1;
  const body = bodyStart + lines.slice(imports).join('\n') + bodyEnd;
  return beforeImports + [...lines.slice(0, imports), body].join('\n');
}
