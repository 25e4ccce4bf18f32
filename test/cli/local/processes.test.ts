import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../../cli/aws/local-system';
import { LocalFailure } from '../../../cli/local/emulator/failure';
import { choosePort } from '../../../cli/local/emulator/port';
import { ended, Processes } from '../../../cli/local/emulator/processes';
import { isRecent } from '../../../cli/local/emulator/python-environment';
import { isLeftover, Workspace } from '../../../cli/local/emulator/workspace';

const workspace = { shown: (path: string) => path };

describe('choosePort', () => {
  let server: Server;

  beforeEach((done) => {
    server = createServer().listen(0, '127.0.0.1', done);
  });
  afterEach((done) => {
    server.close(done);
  });

  test('rejects a port that is in use, and finds a free one', async () => {
    const { port } = server.address() as { port: number };

    await expect(choosePort(port)).rejects.toThrow(`port ${port} cannot be opened on 127.0.0.1 (EADDRINUSE): pass another one with --port, or omit the option for a free one`);
    expect(await choosePort()).not.toBe(port);
  });
});

describe('Processes', () => {
  let folder: string;
  const options = (timeoutSeconds: number) => ({
    name: 'the command', cwd: folder, env: { PATH: process.env.PATH }, log: join(folder, 'log'), timeoutSeconds,
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'processes-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('runs a command and keeps its output', async () => {
    await new Processes(workspace).run('sh', ['-c', 'echo said'], options(10));

    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('said\n');
  });

  test.each<[string, string, number, RegExp]>([
    ['fails', 'echo because; exit 3', 10, /^the command failed: see .*log$/],
    ['does not exist', 'exec /nowhere', 10, /^the command failed: see .*log$/],
    ['takes too long', 'echo because; sleep 60', 0.3, /^the command took longer than 0.3 s: see .*log$/],
  ])('reports a command that %s', async (_, script, seconds, message) => {
    const failure = await new Processes(workspace).run('sh', ['-c', script], options(seconds)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(LocalFailure);
    expect((failure as LocalFailure).message).toMatch(message);
    expect((failure as LocalFailure).excerpt.join()).toMatch(/because|nowhere/);
  });

  test('ends the child processes of a service too', async () => {
    const beats = join(folder, 'beats');
    const count = () => existsSync(beats) ? statSync(beats).size : 0;
    const processes = new Processes(workspace);
    const service = processes.start('sh', ['-c', `(while :; do printf . >> ${beats}; sleep 0.05; done) & wait`], options(10));
    while (count() === 0) {
      await sleep(20);
    }

    await processes.end();
    const last = count();
    await sleep(300);

    expect(await ended(service)).toBeNull();
    expect(count()).toBe(last);
  });

  test('report a machine without a shell', async () => {
    const processes = new Processes(workspace);

    await expect(processes.run('true', [], { ...options(10), env: { PATH: '/nonexistent' } })).rejects.toThrow('the command failed');
    await processes.end();
  });

  test('start nothing after their end, and do not report what was interrupted', async () => {
    const processes = new Processes(workspace);
    const settled = jest.fn();
    void processes.run('sh', ['-c', 'sleep 60'], options(100)).then(settled, settled);
    await processes.end();
    await sleep(50);

    expect(settled).not.toHaveBeenCalled();
    await expect(processes.run('sh', ['-c', 'true'], options(10))).rejects.toThrow('stopped');
  });

  test('all end when this process is killed', async () => {
    const beats = join(folder, 'beats');
    const parent = spawn(process.execPath, ['--import', 'tsx', '--eval', `
      const { Processes } = require('${join(__dirname, '../../../cli/local/emulator/processes')}');
      new Processes({ shown: String }).start('sh', ['-c', 'while :; do printf . >> ${beats}; sleep 0.05; done'], { cwd: '/', env: process.env, log: '${join(folder, 'log')}' });
      setInterval(() => undefined, 1000);
    `], { cwd: join(__dirname, '../../..'), stdio: 'ignore', env: { ...process.env, TSX_DISABLE_CACHE: '1' } });
    while (!existsSync(beats)) {
      await sleep(20);
    }

    parent.kill('SIGKILL');
    await ended(parent);
    await sleep(300);
    const last = statSync(beats).size;
    await sleep(300);

    expect(statSync(beats).size).toBe(last);
  }, 20_000);
});

test.each([['3.9', false], ['3.10', true], ['3.14', true], ['4.0', true], ['2.7', false]])('Python %s is recent enough: %s', (version, isEnough) => {
  expect(isRecent(version)).toBe(isEnough);
});

describe('isLeftover', () => {
  test('selects the folders of runs whose process has ended', () => {
    expect(isLeftover('run-2026-01-01-00-00-00-999999999')).toBe(true);
    expect(isLeftover(`run-2026-01-01-00-00-00-${process.pid}`)).toBe(false);
    expect(isLeftover('logs')).toBe(false);
    expect(isLeftover('python')).toBe(false);
  });
});

test('isAlive counts the process of another user', () => {
  const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
  });

  expect(isAlive(1)).toBe(true);
  kill.mockRestore();
});

test('a workspace keeps the logs of ten runs, and none of a run without logs', () => {
  const root = mkdtempSync(join(tmpdir(), 'workspace-'));
  for (let run = 10; run < 22; run++) {
    mkdirSync(join(root, 'logs', `2020-01-01-00-00-${run}-1`), { recursive: true });
  }
  mkdirSync(join(root, 'run-2020-01-01-00-00-00-999999999'));
  const run = new Workspace({ root, nodeModules: join(root, 'modules'), shownFrom: root });

  expect(readdirSync(join(root, 'logs'))).toHaveLength(10);
  expect(readdirSync(root).filter((name) => name.startsWith('run-'))).toHaveLength(1);
  expect(run.shown(run.logs)).toMatch(/^logs\//);
  run.remove();
  expect(readdirSync(root).sort()).toEqual(['logs']);
  expect(readdirSync(join(root, 'logs'))).toHaveLength(9);
  rmSync(root, { recursive: true });
});
