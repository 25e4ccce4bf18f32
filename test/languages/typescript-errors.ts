import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import * as ts from 'typescript';

/** The compiler's errors in the TypeScript files of a folder, as `file:line: message`. The package's name leads to its own files. */
export function typescriptErrors(folder: string): string[] {
  const files = readdirSync(folder).map((name) => `${folder}/${name}`);
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const place = file && `${relative('.', file.fileName)}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1}`;
    return `${place ?? 'tsc'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
