import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { AwsEndpoint } from './support/aws-endpoint';
import { workflowLetter } from './support/dead-letter-samples';

const ROOT = join(__dirname, '..', '..');
const COUNT = 40;
const folder = mkdtempSync(join(tmpdir(), 'tool-'));
const tool = join(folder, 'assets', 'cli', 'tool.js');
const OUTPUTS = Object.fromEntries(['TableName', 'DeadLetterQueueUrl', 'FailedRecordsBucketName', 'RelayFunctionName', 'ArchivalFunctionName']
  .map((name) => [`Payments${name}1234ABCD`, name === 'DeadLetterQueueUrl' ? 'https://sqs.us-east-1.amazonaws.com/1/q' : name]));
const SETTINGS = { EVENT_BUS_NAME: 'bus', EVENT_SOURCE: 'payments', TIERS: '{"medium":1000,"high":10000}' };

let aws: AwsEndpoint;
let endpoint: string;

beforeAll(() => {
  buildSync({ entryPoints: [join(ROOT, 'cli', 'main.ts')], bundle: true, platform: 'node', target: 'node20', outfile: tool, logLevel: 'error' });
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  aws = new AwsEndpoint(OUTPUTS, SETTINGS);
  endpoint = await aws.start();
  aws.messages = Array.from({ length: COUNT }, (_, number) => ({ id: `m${number}`, body: JSON.stringify(workflowLetter(number)), hidden: false }));
});
afterEach(async () => aws.stop());

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [tool, 'dlq', 'redrive', '--yes', '--stack', 'Payments', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** The queue after the time that messages are hidden. */
const showHidden = () => aws.messages.forEach((message) => Object.assign(message, { hidden: false }));

describe('a redrive whose process ends', () => {
  test.each([['PutEvents', 2], ['DeleteMessageBatch', 1], ['DeleteMessageBatch', 3], ['ChangeMessageVisibilityBatch', 2], ['ReceiveMessage', 9]])(
    'during the call %s, the %ith one, loses no message', async (name, ordinal) => {
      let calls = 0;
      const child = start('--rate', '1000');
      aws.onCall = (called) => {
        if (called === name && ++calls === ordinal) {
          child.kill('SIGKILL');
        }
      };
      const [, signal] = await once(child, 'exit') as [number | null, string];
      aws.onCall = undefined;
      expect(signal).toBe('SIGKILL');
      const waiting = aws.messages.map(({ id }) => `stripe:pi_${id.slice(1)}`);
      expect(new Set([...aws.published, ...waiting]).size).toBe(COUNT);

      showHidden();
      expect(await once(start('--rate', '1000'), 'exit')).toEqual([0, null]);

      expect(new Set(aws.published).size).toBe(COUNT);
      expect(aws.messages).toEqual([]);
    }, 30_000);

  test('by an interruption ends the running groups, and nothing is delivered twice', async () => {
    const child = start('--rate', '5');
    let calls = 0;
    aws.onCall = (called) => {
      if (called === 'PutEvents' && ++calls === 2) {
        child.kill('SIGINT');
      }
    };
    expect(await once(child, 'exit')).toEqual([130, null]);
    aws.onCall = undefined;
    expect(aws.messages.length).toBeGreaterThan(0);

    expect(await once(start('--rate', '1000'), 'exit')).toEqual([0, null]);

    expect([...aws.published].sort()).toEqual(Array.from({ length: COUNT }, (_, number) => `stripe:pi_${number}`).sort());
    expect(aws.messages).toEqual([]);
  }, 30_000);
});
