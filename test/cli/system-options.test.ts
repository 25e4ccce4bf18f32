import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeTerminal } from './support/fake-terminal';
import { findLocalSystem, LOCAL_SYSTEM_FILE, TOOL_FOLDER } from '../../cli/aws/local-system';
import { connectToSystem, resourceOf } from '../../cli/commands/system-options';

const folder = mkdtempSync(join(tmpdir(), 'system-'));
const described = (more: object) => writeFileSync(join(folder, LOCAL_SYSTEM_FILE), JSON.stringify({
  endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', stack: 'Payments', pid: process.pid, ...more,
}));

beforeAll(() => mkdirSync(join(folder, TOOL_FOLDER)));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(join(folder, LOCAL_SYSTEM_FILE), { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the local system of a folder', () => {
  test('is the one that runs', () => {
    described({});

    expect(findLocalSystem(folder)).toMatchObject({ endpoint: 'http://127.0.0.1:4566', stack: 'Payments' });
  });

  test.each([['EPERM', true], ['ESRCH', false]])('can belong to a process that answers %s', (code, isFound) => {
    described({});
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });

    expect(findLocalSystem(folder) !== undefined).toBe(isFound);
  });

  test('is never on another machine: a file that somebody else wrote must not get signed webhooks', () => {
    described({ endpoint: 'https://elsewhere.example' });

    expect(findLocalSystem(folder)).toBeUndefined();
  });
});

describe('a command', () => {
  test('needs a stack or a local system', async () => {
    const signal = new AbortController().signal;
    const context = {
      terminal: new FakeTerminal(), signal, sleep: async () => undefined, now: () => new Date(), folder, connect: () => ({}) as never, connection: {},
    };

    await expect(connectToSystem({}, context)).rejects.toThrow('name the CloudFormation stack with --stack, or start a local system');
  });

  test('needs the outputs of its version', () => {
    const system = { stack: 'Payments', id: 'Payments', resources: {}, providers: [] };

    expect(() => resourceOf(system, 'WorkflowArn')).toThrow("the stack 'Payments' has no output WorkflowArn. Deploy it with the version of this tool.");
  });
});
