import { readFileSync, readdirSync } from 'node:fs';

interface Mistake {
  readonly extension: string;
  /** Its first group is the name. */
  readonly pattern: RegExp;
  readonly reason: string;
}

const RENAMED = 'is the new name of a member or parameter that is a reserved word in this language';
/** Code that jsii-rosetta translates to valid syntax with another meaning. */
const MISTRANSLATED = {
  repeatedCall: 'is a repeated static call: move it out of `new` and of the object literal in the TypeScript example',
  shorthand: 'is an undeclared name: write the property of the TypeScript example in full, with another name for its value',
  array: 'is an array, but its value is a list: pass the list without a constant in the TypeScript example',
};
const MISTAKES: readonly Mistake[] = [
  { extension: '.py', pattern: /^\s*(?:def )?([A-Za-z]\w*_)[:(]/, reason: RENAMED },
  { extension: '.java', pattern: /\b(do[A-Z]\w*(?=\()|[a-z]\w*Value)\b/, reason: RENAMED },
  { extension: '.go', pattern: /\b([A-Za-z]\w*_)(?=[\s,)])/, reason: RENAMED },
  { extension: '.cs', pattern: /[\s(](@[a-z]\w*)/, reason: RENAMED },
  { extension: '.cs', pattern: /^\s*public .*\b(?:class|interface) (_\w+)/, reason: 'is the new name of a type that has a member of its own name' },
  { extension: '.go', pattern: /\b(\w+_\*\w+)/, reason: MISTRANSLATED.repeatedCall },
  { extension: '.go', pattern: /^\s*([A-Z]\w*): \1,$/, reason: MISTRANSLATED.shorthand },
  { extension: '.java', pattern: /(\w+\[\] \w+) = List\.of/, reason: MISTRANSLATED.array },
];
const COMMENT = /^\s*(?:\/\/|\/?\*)/;

/** Names in sources and examples that differ from the ones in TypeScript, or that C# rejects. Each begins with the file and the line. */
export function wrongNames(folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`));
  return [...files.flatMap(mistakesIn), ...namespacesNamedLikeTypes(files.filter((file) => file.endsWith('.cs')))];
}

function mistakesIn(file: string): string[] {
  const mistakes = MISTAKES.filter(({ extension }) => file.endsWith(extension));
  return mistakes.flatMap(({ pattern, reason }) => linesOf(file).flatMap((line, index) => {
    const [, name] = COMMENT.test(line) ? [] : pattern.exec(line) ?? [];
    return name ? [`${file}:${index + 1}: ${name} ${reason}`] : [];
  }));
}

function namespacesNamedLikeTypes(files: readonly string[]): string[] {
  const lines = files.flatMap(linesOf);
  const found = (pattern: RegExp) => new Set(lines.flatMap((line) => pattern.exec(line)?.[1] ?? []));
  const types = found(/^\s*public .*\b(?:class|interface|enum) (\w+)/);
  return [...found(/^namespace (?:\w+\.)*(\w+)/)].filter((name) => types.has(name)).map((name) => `the namespace ${name} is named like a type in it`);
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n');
}
