import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from './manifest';

/** An account in a text, and not a part of a longer number. */
const wholeAccount = (account: string) => new RegExp(`(?<![0-9A-Za-z])${account}(?![0-9A-Za-z])`, 'g');

/**
 * Moves the stacks of an assembly to the emulator's account: its id replaces each account that a stack names, in all
 * templates, manifests and names of files. Returns the accounts. Code that names an account keeps it.
 */
export function moveToAccount(folder: string, account: string): string[] {
  const named = readAssembly(folder).stacks.flatMap((stack) => stack.account ?? []);
  const accounts = [...new Set(named)].filter((each) => each !== account);
  if (accounts.length > 0) {
    replaceIn(folder, (text) => accounts.reduce((result, each) => result.replace(wholeAccount(each), account), text));
  }
  return accounts;
}

function replaceIn(folder: string, replaced: (text: string) => string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name.startsWith('assembly-')) {
      replaceIn(path, replaced);
    } else if (entry.isFile() && entry.name.endsWith('.json')) {
      const before = readFileSync(path, 'utf8');
      const after = replaced(before);
      if (after !== before) {
        writeFileSync(path, after);
      }
    }
    if (entry.isDirectory() ? entry.name.startsWith('assembly-') : entry.isFile()) {
      renameSync(path, join(folder, replaced(entry.name)));
    }
  }
}
