import { CommandFailure } from './guarded-command';
import { matrixTable, runChecks, type MatrixCheck } from './matrix-check';

const check = (version: string, run: MatrixCheck['run']): MatrixCheck => ({ dimension: 'Node.js', version, check: 'the app', run });
const passing = check('22', async () => '22.1.0');
const failing = check('24', async () => {
  throw new CommandFailure('TypeError: no', 'the whole output');
});

test('runs every check, and reports the output of those that fail', async () => {
  const lines: string[] = [];
  const results = await runChecks([failing, passing], 2, (line) => lines.push(line));

  expect(results.map(({ version, passed, note }) => [version, passed, note])).toEqual([['24', false, 'TypeError: no'], ['22', true, '22.1.0']]);
  expect(lines).toContain('the whole output');
});

test('runs at most as many checks at a time as it may', async () => {
  let running = 0;
  let most = 0;
  const counted = check('22', async () => {
    most = Math.max(most, running += 1);
    await new Promise(setImmediate);
    running -= 1;
  });
  await runChecks(Array.from({ length: 6 }, () => counted), 2, () => undefined);

  expect(most).toBe(2);
});

test('shows the results as a table in the order of the checks', async () => {
  expect(matrixTable(await runChecks([failing, passing], 2, () => undefined)).split('\n')).toEqual([
    'dimension  version  check    result  note',
    'Node.js    24       the app  FAILED  TypeError: no',
    'Node.js    22       the app  passed  22.1.0',
  ]);
});
