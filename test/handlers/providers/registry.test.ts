import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEME_NAMES, loadScheme } from '../../../handlers/providers/registry';

const FOLDER = join(__dirname, '../../../handlers/providers');

test('has a line for each provider folder, and for nothing else', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'shared').map(({ name }) => name);

  expect([...SCHEME_NAMES].sort()).toEqual(folders.sort());
});

describe.each(SCHEME_NAMES)('the folder of %s', (name) => {
  test('has a README and a test', () => {
    expect(readdirSync(join(FOLDER, name))).toEqual(expect.arrayContaining(['README.md', 'index.ts', `${name}.test.ts`]));
  });

  test('has a scheme that verifies and normalizes', () => {
    expect(loadScheme(name)).toMatchObject({ verify: expect.any(Function), normalize: expect.any(Function) });
  });
});
