import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOutputFile, writeOutputFile } from '../../cli/terminal/output-file';
import { UsageError } from '../../cli/terminal/usage-error';

const folder = mkdtempSync(join(tmpdir(), 'output-'));

describe('the check of a file for a result', () => {
  test('leaves no new file behind', () => {
    const file = join(folder, 'new.json');

    checkOutputFile('--output', file);

    expect(existsSync(file)).toBe(false);
  });

  test('does not change a file that exists', () => {
    const file = join(folder, 'old.json');
    writeFileSync(file, 'old');

    checkOutputFile('--output', file);

    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test.each([[folder, 'EISDIR'], [join(folder, 'missing', 'file'), 'ENOENT']])('rejects %s', (file, code) => {
    expect(() => checkOutputFile('--output', file)).toThrow(new UsageError(`--output must be a file that can be written, got '${file}' (${code}).`));
  });
});

describe('a result', () => {
  test('replaces an earlier one', () => {
    const file = join(folder, 'result.json');
    writeFileSync(file, 'a longer result');

    writeOutputFile('--output', file, 'new');

    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  test('that cannot be written anymore names the option', () => {
    expect(() => writeOutputFile('--chart', folder, 'x')).toThrow('--chart must be a file that can be written');
  });
});
