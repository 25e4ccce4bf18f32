import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tasks } from '../.projen/tasks.json';
import { SLOW_SUITES, WITHOUT_SLOW_SUITES } from '../projenrc/test-suites';

const ROOT = join(__dirname, '..');
const testFiles = ['handlers', 'projenrc', 'src', 'test']
  .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `/${folder}/${file}`))
  .filter((file) => file.endsWith('.test.ts'));

test.each(SLOW_SUITES)('the slow suites %s exist', (pattern) => {
  expect(testFiles.filter((file) => new RegExp(pattern).test(file))).not.toEqual([]);
});

test('the build runs the tests with the coverage threshold, and then the suites that they leave out', () => {
  const [quick, slow] = tasks['test:full'].steps;

  expect(tasks.build.steps).toContainEqual({ spawn: 'test:full' });
  expect(quick).toEqual({ spawn: 'test' });
  expect(tasks.test.steps).toContainEqual({ execArgs: ['jest', '--coverage', ...WITHOUT_SLOW_SUITES, '--ci'], receiveArgs: true });
  expect(slow).toEqual({ execArgs: ['jest', ...SLOW_SUITES, '--ci'] });
});
