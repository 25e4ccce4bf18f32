import * as ts from 'typescript';

/** The options of the compiler for the code of users. Types that are not theirs are not checked. */
export const USER_CODE_OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  target: ts.ScriptTarget.ES2022,
  types: ['node'],
};
