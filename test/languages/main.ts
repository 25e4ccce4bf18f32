/** Runs, compiles or parses the examples of each language, and the generated sources. Prints the problems that it finds, and a table. */
import { rmSync } from 'node:fs';
import { LanguageTablet } from 'jsii-rosetta';
import { type ExampleRow, exampleTable } from './example-table';
import { distinctExamples, writeExamples } from './examples';
import { LANGUAGES } from './languages';
import { wrongNames } from './names';
import { writePages } from './pages';
import { BINDINGS, CLASSES, EXAMPLES, PAGES } from './paths';
import { errorsOf } from './source-check';
import { typescriptErrors } from './typescript-errors';

async function main(): Promise<void> {
  [EXAMPLES, PAGES, CLASSES].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  const tablet = await LanguageTablet.fromFile('.jsii.tabl.json');
  const locations = new Map([...writeExamples(tablet), ...writePages('docs')]);
  const examplesOf = (language: string) => [...locations.keys()].filter((file) => [EXAMPLES, PAGES].some((folder) => file.startsWith(`${folder}/${language}/`)));

  const problems = wrongNames([BINDINGS, EXAMPLES]);
  const rows: ExampleRow[] = [];
  const record = (language: string, proof: string, examples: number, errors: readonly string[]) => {
    const failures = new Set(errors.map(fileOf)).size;
    console.log(`${language}: ${examples} examples ${proof}, ${failures} with errors`);
    problems.push(...errors);
    rows.push({ language, examples, proof, failures });
  };

  // jsii-rosetta compiled those of the README and the docstrings when it translated them.
  record('typescript', 'compiled', distinctExamples(tablet).length + examplesOf('typescript').length, typescriptErrors(`${PAGES}/typescript`));
  for (const { target, proof, checks } of LANGUAGES) {
    record(target, proof, examplesOf(target).length, checks.flatMap(errorsOf));
  }

  problems.forEach((problem) => console.error(locations.has(fileOf(problem)) ? `${locations.get(fileOf(problem))}: ${problem}` : problem));
  console.log(exampleTable(rows));
  if (problems.length > 0 || rows.some(({ examples }) => examples === 0)) {
    process.exitCode = 1;
  }
}

function fileOf(problem: string): string {
  return problem.split(':', 1)[0];
}

void main();
