import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error';
import { visibleText } from './visible-text';

/** Checks, before a long computation, that its result can be written. Leaves no file behind. */
export function checkOutputFile(option: string, file: string): void {
  const isNew = !existsSync(file);
  withUsageError(option, file, () => closeSync(openSync(file, 'a')));
  if (isNew) {
    rmSync(file);
  }
}

/** Writes a file. Replaces one that exists. */
export function writeOutputFile(option: string, file: string, content: string): void {
  withUsageError(option, file, () => writeFileSync(file, content));
}

function withUsageError(option: string, file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`${option} must be a file that can be written, got '${visibleText(file)}' (${String((error as NodeJS.ErrnoException).code)}).`);
  }
}
