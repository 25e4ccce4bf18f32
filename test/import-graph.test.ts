import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileGraph, findCycles, folderGraph, forbiddenImports, readImports, sourceFiles, unusedLimits } from '../projenrc/import-graph';

const root = mkdtempSync(join(tmpdir(), 'imports-'));

function write(files: { readonly [file: string]: string }): void {
  Object.entries(files).forEach(([file, text]) => {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  });
}

afterAll(() => rmSync(root, { recursive: true }));

describe('the imports of a file', () => {
  write({
    'forms/all.ts': [
      "import { a } from './a';",
      "import type { B } from './b';",
      "export * from './c';",
      'import {\n  d,\n} from "./d";',
      "import './e';",
      "export type F = import('./f').F;",
      "const g = require('./g') as typeof import('./g');",
      "const h = import('./h');",
      "import { i } from './i';\nimport { j } from './i';",
      "import zlib from 'node:zlib';",
      "// import { x } from './comment';",
      "const text = \"import { x } from './text'\";",
    ].join('\n'),
    ...Object.fromEntries([...'abcdefgh'].map((name) => [`forms/${name}.ts`, 'export {};'])),
    'forms/i/index.ts': '',
    'forms/notes.md': '',
  });

  test('are found in each form, once, and not in comments or texts', () => {
    expect(readImports(root, ['forms/all.ts']).map(({ to }) => to).sort()).toEqual([
      ...[...'abcdefgh'].map((name) => `forms/${name}.ts`), 'forms/i/index.ts', 'node:zlib',
    ]);
  });

  test('are distinguished from modules', () => {
    expect(readImports(root, ['forms/all.ts']).filter(({ isModule }) => isModule)).toEqual([{ from: 'forms/all.ts', to: 'node:zlib', isModule: true }]);
  });

  test('must exist', () => {
    write({ 'broken/a.ts': "import './missing';" });

    expect(() => readImports(root, ['broken/a.ts'])).toThrow("broken/a.ts imports './missing', which does not exist");
  });

  test('are read from TypeScript files in folders at each depth', () => {
    expect(sourceFiles(root, ['forms']).slice(-3)).toEqual(['forms/g.ts', 'forms/h.ts', 'forms/i/index.ts']);
  });
});

describe('a cycle', () => {
  write({
    'top/one.ts': "import '../low/two'; import '../low/three';",
    'low/two.ts': '',
    'low/three.ts': "import '../top/four';",
    'top/four.ts': '',
    'low/five.ts': "import './six';",
    'low/six.ts': "import './seven';",
    'low/seven.ts': "import './five';",
  });
  const imports = readImports(root, sourceFiles(root, ['top', 'low']));

  test('of files is found', () => {
    expect(findCycles(fileGraph(imports))).toEqual([['low/five.ts', 'low/six.ts', 'low/seven.ts', 'low/five.ts']]);
  });

  test('of folders is found even if the files have no cycle', () => {
    expect(findCycles(folderGraph(imports))).toEqual([['low', 'top', 'low']]);
  });

  test('is not reported for a folder that is reached in two ways', () => {
    expect(findCycles(new Map([['a', ['b', 'c', 'c']], ['b', ['d']], ['c', ['d']]]))).toEqual([]);
  });
});

describe('the limits', () => {
  const imports = [
    { from: 'a/1.ts', to: 'a/2.ts', isModule: false },
    { from: 'a/1.ts', to: 'b/1.ts', isModule: false },
    { from: 'a/b/1.ts', to: 'a/2.ts', isModule: false },
    { from: 'a/1.ts', to: 'fs', isModule: true },
    { from: 'b/1.ts', to: 'fs', isModule: true },
    { from: 'b/1.ts', to: 'path', isModule: true },
  ];

  test('forbid imports that they do not list, except in the same folder', () => {
    expect(forbiddenImports(imports, { folders: { 'a': ['b'], 'b': [], 'a/b': ['b'] }, modules: { b: ['path'] }, bannedPackages: {} })).toEqual([imports[2], imports[4]]);
  });

  test('forbid the imports of a folder that they do not list', () => {
    expect(forbiddenImports(imports, { folders: {}, modules: {}, bannedPackages: {} })).toEqual([imports[1], imports[2]]);
  });

  test('forbid a package and its parts below a folder', () => {
    const cdk = ['aws-cdk-lib', 'aws-cdk-lib/aws-s3', 'aws-cdk-library'].flatMap((to) => ['a/1.ts', 'a/b/1.ts', 'ab/1.ts'].map((from) => ({ from, to, isModule: true })));

    expect(forbiddenImports(cdk, { folders: {}, modules: {}, bannedPackages: { a: ['aws-cdk-lib'] } })).toEqual([cdk[0], cdk[1], cdk[3], cdk[4]]);
  });

  test('are unused if no file makes the import', () => {
    expect(unusedLimits(imports, { folders: { 'a': ['b'], 'b': ['a'], 'a/b': ['a'] }, modules: { b: ['path', 'node:net'] } })).toEqual(['b → a', 'b → node:net']);
  });
});
