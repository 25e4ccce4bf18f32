import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { connectToAws } from '../../../cli/aws/aws-clients';
import { findLocalSystem } from '../../../cli/aws/local-system';
import { runLocal, type LocalCommandOptions, type Machine } from '../../../cli/commands/local';
import { runTool } from '../../../cli/program';
import { FakeMachine, type FakePrograms } from '../support/fake-machine';
import { FakeTerminal } from '../support/fake-terminal';

const cloudformation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);
const secrets = mockClient(SecretsManagerClient);

const SYSTEM = 'cdk-webhook-processing-system.WebhookProcessingSystem';
const stackArtifact = (name: string, environment: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack', environment, displayName: name, properties: { templateFile: `${name}.json`, ...more },
});
const ASSEMBLY = {
  'manifest.json': {
    artifacts: {
      Main: stackArtifact('Main', 'aws://unknown-account/unknown-region'),
      Far: stackArtifact('Far', 'aws://111122223333/eu-west-1', { bootstrapStackVersionSsmParameter: '/cdk-bootstrap/shop/version' }),
      Assets: { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
    },
  },
  'Main.json': {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      New: { Type: 'AWS::New::Thing' },
      Uses: { Type: 'AWS::SQS::Queue', Properties: { Name: { Ref: 'New' } } },
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: 'abc.zip' } } },
    },
  },
  'Far.json': { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
  'assets.json': { files: { abc: { source: { path: 'asset.abc' } } } },
  'asset.abc/index.js': 'require("@aws-sdk/client-s3")',
  'tree.json': { tree: { path: '', children: { Main: { path: 'Main', children: { Payments: { path: 'Main/Payments', constructInfo: { fqn: SYSTEM } } } } } } },
};
const TYPES = ['AWS::SQS::Queue', 'AWS::Lambda::Function'];
const PROGRAMS: FakePrograms = { types: TYPES, assembly: ASSEMBLY, outputs: { Main: { Out: 'x' } } };
const output = (name: string, value: string) => ({ OutputKey: `Payments${name}1234ABCD`, OutputValue: value });

let machine: FakeMachine;
let signals: EventEmitter;
let terminal: FakeTerminal;
const tool = (...path: string[]) => join(machine.app, '.webhooks', ...path);
const context = () => ({
  terminal, folder: machine.app, signal: new AbortController().signal, sleep, now: () => new Date(), connect: connectToAws, connection: {},
});
const run = async (options: LocalCommandOptions = {}, more: Partial<Machine> = {}) => (
  runLocal(options, context(), { signals: signals as unknown as Machine['signals'], platform: 'linux', requirements: machine.requirements, ...more }));

/** Starts the command, and waits until it is ready. */
async function ready(options: LocalCommandOptions = {}) {
  const running = run(options);
  let ended = false;
  void running.finally(() => {
    ended = true;
  }).catch(() => undefined);
  while (terminal.printed.length === 0 && !ended) {
    await sleep(20);
  }
  return running;
}
const stopSoon = (signal: string) => {
  const print = terminal.print.bind(terminal);
  jest.spyOn(terminal, 'print').mockImplementation((line) => {
    print(line);
    setImmediate(() => signals.emit(signal));
  });
};

beforeEach(() => {
  machine = new FakeMachine();
  machine.install(PROGRAMS);
  signals = new EventEmitter();
  terminal = new FakeTerminal();
  [cloudformation, lambda, secrets].forEach((each) => each.reset());
  cloudformation.on(DescribeStacksCommand).resolves({
    Stacks: [{ Outputs: [output('ValidatorFunctionName', 'validator'), output('TableName', 'table'), output('WebhookUrlStripe', 'https://abc.execute-api.us-east-1.amazonaws.com/prod/webhook/stripe')] }] as never,
  });
  lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: { PROVIDERS: JSON.stringify([{ name: 'stripe', scheme: 'stripe', secretArns: ['arn:stripe'] }]) } } });
  secrets.on(GetSecretValueCommand).resolves({}).on(PutSecretValueCommand).resolves({});
});
afterEach(() => {
  machine.remove();
});

describe('the command local', () => {
  test('deploys the app, shows what to post to, and leaves nothing behind', async () => {
    let described: ReturnType<typeof findLocalSystem>;
    const print = terminal.print.bind(terminal);
    jest.spyOn(terminal, 'print').mockImplementation((line) => {
      described ??= findLocalSystem(machine.app);
      print(line);
      setImmediate(() => signals.emit('SIGINT'));
    });

    expect(await run()).toBe(0);

    const shown = terminal.printed.join('\n');
    const { SecretString: secret } = secrets.commandCalls(PutSecretValueCommand)[0].args[0].input;
    expect(shown).toContain(`stripe    ${described!.endpoint}/_aws/execute-api/abc/prod/webhook/stripe  ${secret}`);
    expect(secret).toMatch(/^whsec_/);
    expect(shown).toContain('Left out, because the emulator does not support it: AWS::New::Thing (1).\nLeft out, because it refers to that: AWS::SQS::Queue (1).');
    expect(shown).toContain("Deployed to account 000000000000, which is the emulator's: the stacks of 111122223333.");
    expect(shown).toContain('npx cdk-webhooks send stripe --amount 60000');
    expect(described).toEqual({ endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), region: 'us-east-1', stack: 'Main', pid: process.pid });
    expect(readdirSync(tool()).sort()).toEqual(['.gitignore', 'aws-sdk', 'logs', 'python']);
    expect(readFileSync(tool('.gitignore'), 'utf8')).toBe('*\n');
    await expect(fetch(described!.endpoint)).rejects.toThrow();
    expect(signals.eventNames()).toEqual([]);
    expect(terminal.noted.at(-1)).toMatch(/^Stopped\. The logs are in \.webhooks\/logs\//);
  });

  test('gives the CDK neither credentials nor files of the app, and the app its own folder and home', async () => {
    process.env.AWS_PROFILE = 'prod';
    process.env.MY_STAGE = 'dev';
    stopSoon('SIGINT');
    await ready({ context: ['a=1', 'b=2'], stacks: ['Main'] });
    delete process.env.AWS_PROFILE;

    const cdk = machine.runs.filter(({ program }) => program === 'cdk');
    const synth = cdk.find(({ args }) => args[0] === 'synth')!;
    expect(synth.args[synth.args.indexOf('--app') + 1]).toBe(`cd '${machine.app}' && export HOME='${homedir()}' && node app.js`);
    expect(synth.args.join(' ')).toContain('--context a=1 --context b=2');
    expect(synth.env).toMatchObject({ MY_STAGE: 'dev', AWS_ACCESS_KEY_ID: 'test', AWS_ENDPOINT_URL: expect.stringMatching(/^http/) });
    expect(cdk.map(({ env }) => env.AWS_PROFILE)).toEqual(cdk.map(() => undefined));
    expect(cdk.filter(({ cwd }) => !cwd.startsWith(tool('run-')))).toEqual([]);
    expect(cdk.filter(({ env }) => !env.HOME.startsWith(tool('run-')))).toEqual([]);
    expect(cdk.map(({ args }) => args.slice(0, 2).join(' ')).sort()).toEqual([
      'bootstrap aws://000000000000/eu-west-1', 'bootstrap aws://000000000000/us-east-1', 'deploy Main', expect.stringMatching(/^synth /),
    ]);
    expect(cdk.find(({ args }) => args[1].includes('eu-west-1'))!.args).toEqual(expect.arrayContaining(['--qualifier', 'shop', '--toolkit-stack-name', 'CDKToolkit-shop']));
  });

  test('installs the packages of the runtime once, and reuses the Python environment', async () => {
    stopSoon('SIGINT');
    await ready();
    terminal = new FakeTerminal();
    stopSoon('SIGINT');
    await ready();

    const of = (program: string, word: string) => machine.runs.filter((each) => each.program === program && each.args.includes(word));
    expect(of('npm', 'install').map(({ args }) => args.at(-1))).toEqual(['@aws-sdk/client-s3@>=3.900.0 <3.1200.0']);
    expect(of('python3', 'venv')).toHaveLength(1);
    expect(terminal.noted.join('\n')).toMatch(/Python environment .*reused[^]*AWS SDK for functions .*reused/);
  });

  test('installs further packages beside those of earlier runs', async () => {
    mkdirSync(tool('aws-sdk'), { recursive: true });
    writeFileSync(tool('aws-sdk', 'installed.json'), '["@aws-sdk/client-sqs"]');
    writeFileSync(tool('aws-sdk', 'package.json'), '{ "dependencies": {} }');
    stopSoon('SIGINT');
    await ready();

    expect(readFileSync(tool('aws-sdk', 'package.json'), 'utf8')).toBe('{ "dependencies": {} }');
    expect(readFileSync(tool('aws-sdk', 'installed.json'), 'utf8')).toBe('["@aws-sdk/client-sqs","@aws-sdk/client-s3"]');
  });

  test('prints JSON when it is ready', async () => {
    stopSoon('SIGINT');

    expect(await ready({ json: true })).toBe(0);

    expect(JSON.parse(terminal.printed.join(''))).toMatchObject({
      endpoint: expect.any(String),
      systems: [{ stack: 'Main', id: 'Payments', region: 'us-east-1', providers: [{ name: 'stripe', url: expect.any(String), secret: expect.any(String) }], resources: { TableName: 'table' } }],
      leftOut: [{ type: 'AWS::New::Thing', count: 1 }],
      movedAccounts: ['111122223333'],
    });
  });

  test.each([['SIGTERM', 143], ['SIGHUP', 129]])('ends everything at %s', async (signal, code) => {
    stopSoon(signal);

    expect(await ready()).toBe(code);
    expect(existsSync(tool('running.pid'))).toBe(false);
    expect(findLocalSystem(machine.app)).toBeUndefined();
  });

  test('ends everything at Ctrl-C before it is ready', async () => {
    jest.spyOn(terminal, 'note').mockImplementationOnce(() => {
      signals.emit('SIGINT');
    });

    expect(await run()).toBe(130);
    expect(readdirSync(tool()).sort()).toEqual(expect.not.arrayContaining(['running.pid', 'local.json']));
  });

  test('cleans up if the process exits', async () => {
    stopSoon('exit');
    const running = ready();
    await new Promise((resolve) => signals.once('exit', resolve));

    expect(existsSync(tool('running.pid'))).toBe(false);
    expect(readdirSync(tool()).filter((name) => name.startsWith('run-'))).toEqual([]);
    // The emulator was killed.
    expect(await running).toBe(1);
  });

  test('runs a script with the values of the system, and exits with its code', async () => {
    const script = 'env > variables; echo "$WEBHOOK_URL_STRIPE" | grep -q execute-api || exit 9; exit 7';

    expect(await run({ once: script })).toBe(7);

    const variables = Object.fromEntries(readFileSync(join(machine.app, 'variables'), 'utf8').split('\n').map((line) => line.split(/=(.*)/s)));
    expect(variables).toMatchObject({
      WEBHOOK_STACK: 'Main', WEBHOOK_TABLE_NAME: 'table', WEBHOOK_SECRET_STRIPE: expect.stringMatching(/^whsec_/), AWS_ENDPOINT_URL: expect.any(String), AWS_REGION: 'us-east-1',
    });
    expect(terminal.printed).toEqual([]);
    expect(terminal.noted.join('\n')).toContain('Left out, because');
  });

  test('counts a script that is killed as failed', async () => {
    expect(await run({ once: 'kill -KILL $PPID' })).toBe(1);
  });

  test('reports that the emulator ended, with the last lines of its log', async () => {
    machine.install({ ...PROGRAMS, emulator: 'ends' });
    expect(await run()).toBe(1);
    expect(terminal.noted.join('\n')).toMatch(/ {2}\| emulator  starts\nerror: the emulator ended by itself: see \.webhooks\/logs\/.*ministack\.log/);

    machine.install({ ...PROGRAMS, emulator: 'ends later' });
    expect(await run()).toBe(1);
  });

  test.each(['synth', 'deploy', 'npm'])('reports a failure of %s', async (failing) => {
    machine.install({ ...PROGRAMS, failing });

    expect(await run()).toBe(1);
    expect(terminal.noted.join('\n')).toMatch(/ {2}\| (it failed|no network)\nerror: (cdk synth|cdk deploy|npm install of the AWS SDK that the functions load) failed: see /);
  });

  test('reports an emulator that does not list its types', async () => {
    machine.install({ ...PROGRAMS, types: undefined });
    machine.install({ ...PROGRAMS, types: null as never });

    expect(await run()).toBe(1);
    expect(terminal.noted.join('\n')).toContain('error: the emulator does not list the resource types that it supports: ');
  });

  test.each<[string, FakePrograms, string]>([
    ['is too old', { pythons: { python3: '3.9' } }, 'Python 3.9 is too old: install Python 3.10 or later and put it on the PATH'],
    ['is missing', { pythons: {} }, 'Python is missing: install Python 3.10 or later and put it on the PATH as python3'],
    ['has no venv', { hasVenv: false }, 'python3 (3.12) has no venv module: install it, on Debian and Ubuntu with apt install python3-venv'],
  ])('says what to do if Python %s', async (_, programs, message) => {
    machine.install({ ...PROGRAMS, ...programs });

    expect(await run()).toBe(1);
    expect(terminal.noted).toContain(`error: ${message}`);
  });

  test('finds a newer Python beside an old one', async () => {
    machine.install({ ...PROGRAMS, pythons: { 'python3': '3.9', 'python3.11': '3.11' } });
    stopSoon('SIGINT');

    expect(await ready()).toBe(0);
  });

  test('refuses to run twice in a folder, and runs after a process that was killed', async () => {
    mkdirSync(tool());
    writeFileSync(tool('running.pid'), String(process.pid));
    await expect(run()).rejects.toThrow(`a local system of this folder already runs, in process ${process.pid}.`);

    for (const text of ['999999999', '']) {
      writeFileSync(tool('running.pid'), text);
      writeFileSync(tool('local.json'), '{}');
      terminal = new FakeTerminal();
      stopSoon('SIGINT');
      expect(await ready()).toBe(0);
    }
  });

  test('reports a folder that it cannot write to', async () => {
    mkdirSync(tool('running.pid'), { recursive: true });

    await expect(run()).rejects.toThrow(/EISDIR|EEXIST|illegal/);
  });

  test('shows the systems of each stack if there are several, and those without secrets', async () => {
    const config = { name: 'own', scheme: 'public-key', secretArns: [] };
    lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: { PROVIDERS: JSON.stringify([config]) } } });
    const url = 'https://abc.execute-api.us-east-1.amazonaws.com/prod/webhook/own';
    cloudformation.on(DescribeStacksCommand).resolves({
      Stacks: [{
        Outputs: ['Live', 'Test'].flatMap((id) => [
          { OutputKey: `${id}ValidatorFunctionName1234ABCD`, OutputValue: 'validator' }, { OutputKey: `${id}WebhookUrlOwn1234ABCD`, OutputValue: url },
        ]),
      }] as never,
    });
    machine.install({ ...PROGRAMS, types: [...TYPES, 'AWS::New::Thing'], assembly: { ...ASSEMBLY, 'asset.abc/index.js': '', 'manifest.json': { artifacts: { Main: ASSEMBLY['manifest.json'].artifacts.Main } } } });
    stopSoon('SIGINT');

    await ready();

    expect(terminal.printed.join('\n')).toContain('The system Test in the stack Main (us-east-1):\nprovider  URL');
    expect(terminal.printed.join('\n')).toContain('(verified by public keys)');
    expect(terminal.printed.join('\n')).not.toMatch(/Left out|Deployed to/);
  });

  test('runs a script without secrets', async () => {
    lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: { PROVIDERS: JSON.stringify([{ name: 'stripe', scheme: 'stripe', secretArns: [] }]) } } });

    expect(await run({ once: 'test -z "$WEBHOOK_SECRET_STRIPE"' })).toBe(0);
  });

  test('rejects Windows, and --json with a script', async () => {
    await expect(run({}, { platform: 'win32' })).rejects.toThrow('On Windows, run it in the Windows Subsystem for Linux');
    await expect(run({ once: 'x', json: true })).rejects.toThrow('--once and --json cannot be combined');
  });

  test('reports a port that is in use, and has no logs then', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };

    expect(await run({ port })).toBe(1);
    expect(terminal.noted).toEqual([`error: port ${port} cannot be opened on 127.0.0.1 (EADDRINUSE): pass another one with --port, or omit the option for a free one`]);
    server.close();
  });

  test('does not hide a bug', async () => {
    lambda.on(GetFunctionConfigurationCommand).rejects(new TypeError('bug'));

    await expect(run()).rejects.toThrow('bug');
    expect(existsSync(tool('running.pid'))).toBe(false);
  });
});

describe('the arguments of local', () => {
  const tried = async (...args: string[]) => {
    const code = await runTool(['local', ...args], { ...context(), folder: '/nonexistent', version: '1' });
    return { code, noted: terminal.noted.join('\n') };
  };

  test.each([
    [['--port', '0'], 'It must be a number from 1 to 65535.'],
    [['--port', 'x'], 'It must be a number from 1 to 65535.'],
    [['--port', '70000'], 'It must be a number from 1 to 65535.'],
    [['--context', 'x'], 'It must have the form key=value.'],
    [['--port', '4566', '--context', 'a=1', 'b=2', '--stacks', 'A', 'B'], 'the folder /nonexistent has no cdk.json'],
  ])('%s are reported', async (args, message) => {
    expect(await tried(...args)).toEqual({ code: 2, noted: expect.stringContaining(message) });
  });
});
