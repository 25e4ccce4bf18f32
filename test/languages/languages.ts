import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { TargetLanguage } from 'jsii-rosetta';

/** A language whose sources can be parsed without a compiler's dependencies. */
export interface Language {
  readonly target: TargetLanguage;
  readonly extension: string;
  /** The parser: prints syntax errors of all files below the given folders to stderr, one per line, and then fails. */
  readonly parser: readonly string[];
  /** Creates a source file from an example. Keeps the line numbers. */
  readonly toSource: (example: string) => string;
}

/** C# is missing: its parser is part of the .NET SDK. */
export const LANGUAGES: readonly Language[] = [
  {
    target: TargetLanguage.PYTHON,
    extension: '.py',
    parser: ['python3', 'test/languages/parse.py'],
    toSource: (example) => example,
  },
  {
    target: TargetLanguage.JAVA,
    extension: '.java',
    parser: ['java', 'test/languages/Parse.java'],
    toSource: (example) => inBody('', 'class Example { void example() { ', example, '\n}}'),
  },
  {
    target: TargetLanguage.GO,
    extension: '.go',
    parser: ['gofmt', '-e', '-l'],
    toSource: (example) => inBody('package example; ', 'func example() { ', example, '\n}'),
  },
];

/** The errors in all sources below the folders. Each begins with the file and the line. */
export function syntaxErrors({ parser: [command, ...args] }: Language, folders: readonly string[]): string[] {
  const { error, status, stderr } = spawnSync(command, [...args, ...folders], { encoding: 'utf8' });
  if (error) {
    throw error;
  }
  return status === 0 ? [] : stderr.trimEnd().split('\n');
}

/** The sources of a language below a folder. */
export function sourcesIn(folder: string, { extension }: Language): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(extension)).map((name) => `${folder}/${name}`);
}

/** Imports are valid only at the top of a file, and statements only in a body. */
function inBody(beforeImports: string, bodyStart: string, example: string, bodyEnd: string): string {
  const lines = example.split('\n');
  const imports = lines.map((line) => line.startsWith('import ')).lastIndexOf(true) + 1;
  return `${beforeImports}${[...lines.slice(0, imports), bodyStart + lines.slice(imports).join('\n')].join('\n')}${bodyEnd}`;
}
