import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMES } from '../../../handlers/providers';

test('each scheme of the table verifies and reads', () => {
  expect(Object.entries(SCHEMES).filter(([, { verify, normalize }]) => typeof verify !== 'function' || typeof normalize !== 'function')).toEqual([]);
});

test('each row has a file and a test of its name', () => {
  const [files, tests] = ['../../../handlers/providers', '.'].map((folder) => readdirSync(join(__dirname, folder)));

  const missing = Object.keys(SCHEMES).filter((name) => !files.includes(`${name}.ts`) || !tests.includes(`${name}.test.ts`));

  expect(missing).toEqual([]);
});
