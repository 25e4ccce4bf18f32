/** Parses the generated sources and the translated examples of each language. Prints the problems that it finds. */
import { writeExamples, writePythonOfPages } from './examples';
import { LANGUAGES, sourcesIn, syntaxErrors } from './languages';
import { wrongNames } from './names';

const BINDINGS = 'dist/code';
const EXAMPLES = 'test/languages/target';

async function main(): Promise<void> {
  const locations = new Map([...await writeExamples('.jsii.tabl.json', EXAMPLES), ...writePythonOfPages('docs', EXAMPLES)]);
  const named = (error: string) => {
    const [file] = error.split(':');
    return locations.has(file) ? `${locations.get(file)}: ${error}` : error;
  };

  const problems = wrongNames([BINDINGS, EXAMPLES]).map(named);
  for (const language of LANGUAGES) {
    const { target } = language;
    const folders = [`${BINDINGS}/${target}`, `${EXAMPLES}/${target}`];
    const [bindings, examples] = folders.map((folder) => sourcesIn(folder, language).length);
    if (bindings === 0 || examples === 0) {
      problems.push(`${target} has ${bindings} generated files and ${examples} examples`);
    }
    const errors = syntaxErrors(language, folders);
    problems.push(...errors.map(named));
    console.log(`${target}: ${bindings} generated files and ${examples} examples parsed, ${errors.length} errors`);
  }
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
  }
}

void main();
