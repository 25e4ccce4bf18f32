/**
 * Compares the templates of the example apps with that of TypeScript, and prints the table of all languages.
 * A difference is printed as a unified diff, and a language without a template with its log. Both fail.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { textColumns } from '../../../cli/terminal/text-columns';

const TEMPLATE = 'Shop-dev.template.json';
const REFERENCE = { name: 'TypeScript', folder: 'typescript' };
const OTHERS = [{ name: 'Python', folder: 'python' }, { name: 'Java', folder: 'java' }, { name: 'Go', folder: 'go' }];
/** Written by csharp/compile.sh when everything compiled. */
const COMPILED = 'csharp.compiled';

function main(target: string): void {
  const templateOf = (folder: string) => `${target}/${folder}/${TEMPLATE}`;
  const logOf = (folder: string) => `--- log of ${folder}\n${readFileSync(`${target}/${folder}.log`, 'utf8')}`;
  const problems: string[] = [];

  const rows = [REFERENCE, ...OTHERS].map(({ name, folder }) => {
    const template = templateOf(folder);
    if (!existsSync(template)) {
      problems.push(logOf(folder));
      return [name, 'failed', '-', '-', '-'];
    }
    const text = readFileSync(template);
    const resources = Object.keys(JSON.parse(text.toString()).Resources).length;
    const sum = createHash('sha256').update(text).digest('hex').slice(0, 12);
    const difference = folder === REFERENCE.folder ? '' : diff(templateOf(REFERENCE.folder), template);
    if (difference) {
      problems.push(difference);
    }
    return [name, 'synthesized', String(resources), sum, folder === REFERENCE.folder ? '-' : difference ? 'no' : 'yes'];
  });

  const compiled = existsSync(`${target}/${COMPILED}`) ? readFileSync(`${target}/${COMPILED}`, 'utf8').trim() : 'failed';
  if (compiled === 'failed') {
    problems.push(logOf('csharp'));
  }
  rows.push(['C#', compiled, '-', '-', '-']);

  console.log(problems.join('\n'));
  console.log(textColumns(['language', 'app', 'resources', 'sha256 of the template', 'equal to that of TypeScript'], rows).join('\n'));
  process.exitCode = problems.length > 0 ? 1 : 0;
}

/** The difference between two files, byte by byte. Empty if there is none. */
function diff(expected: string, actual: string): string {
  const { error, status, stdout, stderr } = spawnSync('diff', ['--unified', expected, actual], { encoding: 'utf8', maxBuffer: 1e9 });
  if (error || status === null || status > 1) {
    throw error ?? new Error(stderr);
  }
  return stdout;
}

main(process.argv[2]);
