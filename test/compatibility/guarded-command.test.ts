import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailure, firstProblem, install, runCommand } from './guarded-command';

const node = async (code: string, timeoutMs?: number) => runCommand(process.execPath, ['--eval', code], { cwd: tmpdir(), timeoutMs });

test('returns what a command prints, without its warnings', async () => {
  expect(await node('console.warn("warning"); console.log("printed")')).toBe('printed\n');
});

test('reports the line of the output that names the problem', async () => {
  await expect(node('console.log("starting"); throw new TypeError("no such option")')).rejects.toThrow(/^TypeError: no such option$/);
});

test('reports the code of a command that prints nothing', async () => {
  await expect(node('process.exit(3)')).rejects.toThrow('ended with 3');
});

test('ends a command that does not end in time', async () => {
  await expect(node('setInterval(() => {}, 1000)', 500)).rejects.toThrow('timed out after 0.5 s');
});

test('reports a command that does not exist', async () => {
  await expect(runCommand('no-such-command', [], { cwd: tmpdir() })).rejects.toThrow(/ENOENT/);
});

test('returns the first line with text if no line names a problem', () => {
  expect(firstProblem('\n  nothing to see\nhere')).toBe('nothing to see');
  expect(firstProblem('\n')).toBeUndefined();
});

describe('an installation', () => {
  let folder: string;
  const attempts = () => Number(readFileSync(join(folder, 'attempts'), 'utf8'));
  /** A command that fails at the first attempts. */
  const failing = async (failures: number) => install(process.execPath, ['--eval', `
    const { readFileSync, writeFileSync } = require('node:fs');
    const attempt = Number(readFileSync('attempts', 'utf8')) + 1;
    writeFileSync('attempts', String(attempt));
    if (attempt <= ${failures}) { console.error('npm error code ECONNRESET'); process.exit(1); }
  `], { cwd: folder });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guarded-command-'));
    writeFileSync(join(folder, 'attempts'), '0');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is repeated once if it fails', async () => {
    await failing(1);

    expect(attempts()).toBe(2);
  });

  test('that fails twice is reported as such', async () => {
    const failure = await failing(2).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CommandFailure);
    expect(failure).toMatchObject({ message: 'cannot install, twice: npm error code ECONNRESET' });
    expect(attempts()).toBe(2);
  });
});

test('ends the commands when the process is ended, and cleans up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guarded-command-'));
  const program = `
    const { readFileSync, writeFileSync } = require('node:fs');
    const { endCommandsOnSignals, runCommand } = require(${JSON.stringify(join(__dirname, 'guarded-command.ts'))});
    endCommandsOnSignals(() => writeFileSync('cleaned', ''));
    const command = runCommand('sh', ['-c', 'echo $$ > pid; exec sleep 600'], { cwd: '.' });
    const timer = setInterval(() => {
      try {
        if (readFileSync('pid', 'utf8').endsWith('\\n')) { clearInterval(timer); process.kill(process.pid, 'SIGTERM'); }
      } catch { /* The command has not started. */ }
    }, 50);
  `;
  writeFileSync(join(folder, 'program.cjs'), program);
  try {
    await expect(runCommand(process.execPath, ['--import', require.resolve('tsx'), 'program.cjs'], { cwd: folder, env: { TSX_DISABLE_CACHE: '1' } }))
      .rejects.toThrow('ended with 1');

    expect(readFileSync(join(folder, 'cleaned'), 'utf8')).toBe('');
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
    // A process that ended stays as a zombie until its parent process reads its exit code.
    const state = () => spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim();
    while (/^[^Z]/.test(state())) {
      await sleep(50);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
