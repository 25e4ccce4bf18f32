import { strict as assert } from 'node:assert';
import { execFile, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const { CloudFormationClient, DescribeStacksCommand } = createRequire(join(process.env.PROJECT, 'package.json'))('@aws-sdk/client-cloudformation');
const { LambdaClient, GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } = createRequire(join(process.env.PROJECT, 'package.json'))('@aws-sdk/client-lambda');

const TOOL = join('node_modules', '.bin', 'cdk-webhooks');
const FAILED = 3;
const PATIENCE_MS = 120_000;

/** Runs a command of the tool, which must succeed, and returns what it prints. */
async function tool(...args) {
  console.log(`$ cdk-webhooks ${args.join(' ')}`);
  const { stdout } = await promisify(execFile)(TOOL, args);
  console.log(stdout.trimEnd().split('\n').slice(0, 12).map((line) => `  ${line.slice(0, 160)}`).join('\n'));
  return stdout;
}

const json = async (...args) => JSON.parse(await tool(...args, '--json'));

/** Repeats an observation until it finds something. */
async function until(what, observe) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(1000)) {
    const found = await observe().catch(() => undefined);
    if (found) {
      return found;
    }
  }
  throw new Error(`timed out: ${what}`);
}

const isClosed = (reference) => async () => /✓ closed/.test(await tool('find', reference));

// Each line is an event or an alert.
const listener = spawn(TOOL, ['listen', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
let listened = '';
listener.stdout.on('data', (chunk) => {
  listened += chunk;
});
// A new rule takes a moment until it matches.
await sleep(5000);

assert.match(await tool('send', 'stripe', '--amount', '60000', '--reference', 'order-1001'), /^200 +stored/);
assert.match(await tool('send', 'adyen', '--amount', '12.50', '--reference', 'order-1002'), /^200/);
await until('order-1001 is closed', isClosed('order-1001'));
await until('the listener has all events', async () => ['received', 'assessed', 'alert'].every((what) => listened.includes(`"what":"${what}"`)));
listener.kill('SIGINT');

assert.equal((await json('replay', 'order-1001', '--yes')).published, 1);
assert.match(await tool('doctor', '--no-probe'), /0 failed/);

// The detector cannot read the table: the messages of the failed workflow go to the dead-letter queue.
const { Stacks: [{ Outputs }] } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName: process.env.WEBHOOK_STACK }));
const FunctionName = Outputs.find(({ OutputKey }) => OutputKey.includes('DetectorFunctionName')).OutputValue;
const lambda = new LambdaClient();
const { Environment: { Variables } } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ...Variables, TABLE_NAME: 'missing' } } }));
await tool('send', 'stripe', '--amount', '60000', '--repeat', String(FAILED));
await tool('send', 'stripe', '--amount', '60000', '--reference', 'order-1003');
const listed = await until('the messages arrive', async () => {
  const text = await tool('dlq', 'list');
  return text.includes(`${FAILED + 1} messages`) && text;
});
assert.match(listed, /transaction-workflow/);
await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));

assert.match(await tool('dlq', 'redrive', '--yes'), new RegExp(`${FAILED + 1} messages delivered and deleted`));
await until('order-1003 is closed', isClosed('order-1003'));
assert.match(await tool('dlq', 'list'), /No messages/);
assert.match(await tool('open'), /No open/);

await tool('block', 'country', 'kp', '--yes');
assert.match(await tool('blocklist'), /KP/);
await tool('unblock', 'country', 'kp', '--yes');
assert.match(await tool('cost', '--webhooks', '1000000'), /USD/);
