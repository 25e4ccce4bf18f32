import { TargetLanguage } from 'jsii-rosetta';
import { type ToSource, inBody } from './example-source';
import { BINDINGS, CLASSES, EXAMPLES, JARS, PAGES, PYTHON } from './paths';
import type { SourceCheck } from './source-check';

/** A language that the examples are translated to. */
export interface Language {
  readonly target: TargetLanguage;
  readonly extension: string;
  readonly toSource: ToSource;
  /** What the checks prove of each example. */
  readonly proof: 'run' | 'compiled' | 'parsed';
  readonly checks: readonly SourceCheck[];
}

/** C# is missing: its compiler is a part of the .NET SDK. */
export const LANGUAGES: readonly Language[] = [
  {
    target: TargetLanguage.PYTHON,
    extension: '.py',
    toSource: (example) => example,
    proof: 'run',
    checks: [
      [PYTHON, 'test/languages/run_examples.py', `${EXAMPLES}/python`],
      [PYTHON, 'test/languages/run_pages.py', `${PAGES}/python`],
    ],
  },
  {
    target: TargetLanguage.JAVA,
    extension: '.java',
    toSource: javaSource,
    proof: 'compiled',
    checks: [['java', 'test/languages/CompileExamples.java', JARS, CLASSES, `${BINDINGS}/java`, `${EXAMPLES}/java`]],
  },
  {
    target: TargetLanguage.GO,
    extension: '.go',
    toSource: (example) => inBody('package example; ', 'func example() { ', example, '\n}'),
    // The translation to Go does not compile: it passes lists and structs without pointers.
    proof: 'parsed',
    // gofmt also lists the files whose format differs from its own.
    checks: [['sh', '-c', 'gofmt -e -l "$@" > /dev/null', 'gofmt', `${BINDINGS}/go`, `${EXAMPLES}/go`]],
  },
];

/** With the imports that the README describes: lists and maps, the names of this package, and those of the packages that the example imports from. */
function javaSource(example: string, index: number): string {
  const packages = [...example.matchAll(/^import (software\.amazon\.awscdk\.[a-z0-9.]+)\.[A-Z]\w*;$/gm)].map(([, name]) => name);
  const imports = ['java.util', 'io.github.cdkwebhooks.processing', ...packages].map((name) => `import ${name}.*; `);
  return inBody(`package example${index}; ${imports.join('')}`, 'class Example extends software.amazon.awscdk.Stack { void example() { ', example, '\n}}');
}
