import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import * as ts from 'typescript';
import { USER_CODE_OPTIONS } from '../support/compiler-options';

/** The compiler's errors in the TypeScript files of a folder, as `file:line: message`. The package's name leads to its own files. */
export function typescriptErrors(folder: string): string[] {
  const files = readdirSync(folder).map((name) => `${folder}/${name}`);
  const program = ts.createProgram(files, {
    ...USER_CODE_OPTIONS,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const place = file && `${relative('.', file.fileName)}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1}`;
    return `${place ?? 'tsc'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
