import validate from 'asl-validator';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import type { TransactionDetail, Verdict } from '../../../src/private/contract';
import { FakeTable } from '../../handlers/support/fake-table';
import { DETAIL_CONFIG, storedTransaction } from '../../handlers/support/items';
import { run, workflowOf, type Machine, type Retrier, type State } from '../../support/state-machine';
import { statementsOf, templateOf } from '../../support/system';
import { named, WorkflowWorld } from '../../support/workflow-world';

const DETAIL = toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG);
const KEY = { transaction_id: { S: DETAIL.transaction_id }, timestamp: { S: DETAIL.timestamp } };
const NOW = '2025-03-04T05:06:08.000Z';
/** Not retried: a failure only makes the sweep wait. */
const RELEASE = 'ReleaseClaim';
const TASKS = ['ClaimTransaction', 'DetectFraud', 'NotifyHighValue', 'NotifyVerdict', 'CloseTransaction'];

function statesOf({ States }: Pick<Machine, 'States'>): { [name: string]: State } {
  return Object.entries(States).reduce((all, [name, state]) => ({
    ...all, [name]: state, ...Object.assign({}, ...(state.Branches ?? []).map(statesOf)),
  }), {});
}

/** The maximum waits before each retry. Full jitter only shortens them. */
function waitsOf({ MaxAttempts, IntervalSeconds, BackoffRate, MaxDelaySeconds }: Retrier): number[] {
  return Array.from({ length: MaxAttempts }, (_, attempt) => Math.min(IntervalSeconds! * BackoffRate! ** attempt, MaxDelaySeconds!));
}

/** The maximum duration of a task in seconds, with its retries and their waits. */
function longest({ TimeoutSeconds, Retry }: State): number {
  const retry = Retry!.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))!;
  return waitsOf(retry).reduce((sum, wait) => sum + wait, TimeoutSeconds! * (1 + retry.MaxAttempts));
}

describe('the definition', () => {
  const definition = workflowOf();
  const states = statesOf(definition);

  test('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(definition as never, { checkArn: false });

    expect({ isValid, errors: errorsText('\n') }).toEqual({ isValid: true, errors: '' });
  });

  test('retries each task three times with exponential back-off, a cap and jitter, and catches the remaining errors', () => {
    const tasks = Object.entries(states).filter(([name, { Type }]) => Type === 'Task' && name !== RELEASE);

    expect(tasks.map(([name]) => name).sort()).toEqual(['OnEventToDeadLetters', ...TASKS.flatMap((name) => [name, `${name}ToDeadLetters`])].sort());
    for (const [name, task] of tasks) {
      expect(task.Retry!.at(-1)).toEqual({
        ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, MaxDelaySeconds: 3, JitterStrategy: 'FULL',
      });
      if (!name.endsWith('ToDeadLetters')) {
        expect(task.Catch!.at(-1)).toEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: `${name}ToDeadLetters` });
      }
    }
    expect(waitsOf(tasks[0][1].Retry!.at(-1)!)).toEqual([1, 2, 3]);
  });

  test('reaches every Catch before an Express execution must end, on the longest path', () => {
    const sum = (...names: string[]) => names.reduce((seconds, name) => seconds + longest(states[name]), 0);
    const { TimeoutSeconds: release, Retry: retries } = states[RELEASE];
    const branch = (name: string) => sum(name, `${name}ToDeadLetters`);
    const assessAndNotify = Math.max(branch('DetectFraud'), branch('NotifyHighValue'));
    const ways = [
      sum('ClaimTransaction', 'ClaimTransactionToDeadLetters'),
      sum('ClaimTransaction') + assessAndNotify,
      // A task can succeed at its last try. A task that fails permanently ends with its message.
      sum('ClaimTransaction', 'DetectFraud', 'NotifyVerdict', 'NotifyVerdictToDeadLetters'),
      sum('ClaimTransaction', 'DetectFraud', 'NotifyVerdict', 'CloseTransaction', 'CloseTransactionToDeadLetters'),
      sum('ClaimTransaction') + branch('NotifyHighValue') + sum('NotifyVerdict', 'NotifyVerdictToDeadLetters'),
    ];

    expect(retries).toBeUndefined();
    expect(Math.max(...ways) + release!).toBeLessThan(240);
    expect(definition.TimeoutSeconds).toBe(240);
  });

  test('does not retry a rejected condition', () => {
    const rejected = ['DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'];

    for (const name of ['ClaimTransaction', 'CloseTransaction']) {
      expect(states[name].Retry![0]).toEqual({ ErrorEquals: rejected, MaxAttempts: 0 });
      expect(states[name].Catch![0].ErrorEquals).toEqual(rejected);
    }
  });

  test('uses placeholders for attribute names, because DynamoDB reserves words', () => {
    expect(states.ClaimTransaction.Parameters).toMatchObject({
      ExpressionAttributeNames: {
        '#id': 'transaction_id',
        '#closedAt': 'closed_at',
        '#claimOwner': 'claim_owner',
        '#claimedAt': 'claimed_at',
        '#sweepPartition': 'sweep_partition',
        '#sweepAt': 'sweep_at',
      },
      ExpressionAttributeValues: { ':execution': { 'S.$': '$$.Execution.Id' }, ':now': { 'S.$': '$$.State.EnteredTime' }, ':sweepPartition': { S: '0' } },
    });
  });

  test('has rights only on its table, function, topic and queue', () => {
    const template = templateOf({ environmentSuffix: 'test' });

    const granted = statementsOf(template, 'step-functions-test').filter(({ Resource }) => Resource !== '*');
    const unnamed = statementsOf(template, 'step-functions-test').filter(({ Resource }) => Resource === '*');

    expect(granted.map(({ Action }) => Action).sort()).toEqual(['dynamodb:UpdateItem', 'lambda:InvokeFunction', 'sns:Publish', 'sqs:SendMessage']);
    // Log delivery and X-Ray have no resources to name.
    expect(unnamed.flatMap(({ Action }) => Action).every((action) => /^(logs|xray):/.test(action))).toBe(true);
  });

  // The levels: https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html
  test.each([
    [undefined, 'ERROR', false],
    [true, 'ALL', true],
  ])('with includeExecutionData %s logs the events of the level %s, with data: %s', (includeExecutionData, level, expected) => {
    const template = templateOf({ environmentSuffix: 'test', includeExecutionData });

    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'transaction-workflow-test',
      StateMachineType: 'EXPRESS',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: level, IncludeExecutionData: expected },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/vendedlogs/states/transaction-workflow-test' });
  });
});

/**
 * The definition is run here, branch by branch. This does not cover the parts
 * that only AWS runs: time-outs and the waits between retries, the end of the
 * other branch if a message cannot be sent to the dead-letter queue, the
 * message for each kind of SNS subscription, and the names of AWS errors.
 */
describe('an execution', () => {
  const table = new FakeTable();
  const attributes = { tier: 'high', provider: 'stripe', currency: 'EUR' };

  function worldOf(verdict: Verdict, failing: { readonly [state: string]: number } = {}): WorkflowWorld {
    const world = new WorkflowWorld(table, verdict);
    const left: { [state: string]: number } = { ...failing };
    world.now = NOW;
    world.before = (state) => {
      if (left[state]) {
        left[state] -= 1;
        throw named('Outage');
      }
    };
    return world;
  }
  const isOpen = () => table.find(KEY)!.closed_at === undefined && table.find(KEY)!.sweep_at !== undefined;
  const letterOf = (state: string) => ({
    origin: 'transaction-workflow', state, execution: 'arn:execution:1', error: { Error: 'Outage', Cause: 'Outage happened' }, event: DETAIL,
  });

  beforeEach(() => table.reset(storedTransaction()));

  test('approves: one alert, and the transaction is closed', async () => {
    const world = worldOf('approve');

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Completed', failed: false });

    expect(world.alerts).toEqual([{
      TopicArn: 'aws',
      Subject: DETAIL.alert_subject,
      Message: { default: DETAIL.alert_text, sms: DETAIL.alert_sms },
      MessageStructure: 'json',
      MessageAttributes: valuesOf(attributes),
    }]);
    expect(table.find(KEY)).toEqual(storedTransaction({
      verdict: { S: 'approve' },
      assessed_at: { S: NOW },
      claim_owner: { S: 'arn:execution:1' },
      claimed_at: { S: NOW },
      closed_at: { S: NOW },
      sweep_at: undefined,
      sweep_partition: undefined,
    }));
    expect(world.letters).toEqual([]);
  });

  test.each<[TransactionDetail['tier'], Verdict, string[]]>([
    ['low', 'approve', []], ['low', 'review', ['VERDICT']], ['medium', 'approve', []], ['medium', 'block', ['VERDICT']],
  ])('of the tier %s with the verdict %s alerts of nothing but %j', async (tier, verdict, alerts) => {
    table.reset(storedTransaction({ amount_minor: { N: '500' }, sweep_partition: undefined, sweep_at: undefined }));
    const world = worldOf(verdict);

    const { end, path } = await world.start({ ...DETAIL, tier, suspicious: true });

    expect([end, path.includes('NoTierAlert')]).toEqual(['Completed', true]);
    expect(world.alerts.map(({ Subject }) => Subject)).toEqual(alerts);
    expect(table.find(KEY)).toMatchObject({ verdict: { S: verdict }, closed_at: { S: NOW } });
    expect(isOpen()).toBe(false);
  });

  test('gives the sweep a suspicious transaction whose assessment failed', async () => {
    table.reset(storedTransaction({ amount_minor: { N: '500' }, sweep_partition: undefined, sweep_at: undefined }));

    expect(await worldOf('review', { DetectFraud: 4 }).start({ ...DETAIL, tier: 'low', suspicious: true })).toMatchObject({ end: 'Failed' });

    expect(table.find(KEY)).toMatchObject({ sweep_partition: { S: '0' }, sweep_at: { S: NOW } });
  });

  test.each<Verdict>(['review', 'block'])('%s: a second, louder alert', async (verdict) => {
    const world = worldOf(verdict);

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Completed', failed: false });

    expect(world.alerts).toEqual([expect.objectContaining({ Subject: DETAIL.alert_subject }), {
      TopicArn: 'aws',
      Subject: 'VERDICT',
      Message: { default: 'the verdict', sms: 'short verdict' },
      MessageStructure: 'json',
      MessageAttributes: valuesOf({ ...attributes, verdict }),
    }]);
    expect(table.find(KEY)!.closed_at).toEqual({ S: NOW });
  });

  test('passes the event, the execution and its start to the detector', async () => {
    const world = worldOf('approve');

    await world.start(DETAIL);

    expect(world.requests).toEqual([{ detail: DETAIL, execution: 'arn:execution:1', started_at: NOW }]);
  });

  test.each([
    ['another execution has claimed', { claim_owner: { S: 'arn:execution:0' }, claimed_at: { S: NOW } }],
    ['is closed', { closed_at: { S: NOW } }],
  ])('succeeds without an effect if the transaction %s', async (_, overrides) => {
    table.reset(storedTransaction(overrides));
    const world = worldOf('block');

    expect(await world.start(DETAIL)).toEqual({ end: 'AlreadyClaimed', failed: false, path: ['OnEvent', 'ClaimTransaction', 'AlreadyClaimed'] });

    expect(world.alerts.concat(world.letters)).toEqual([]);
    expect(table.find(KEY)).toEqual(storedTransaction(overrides));
  });

  test('succeeds without an effect if the transaction does not exist, and does not create it', async () => {
    table.reset();

    expect(await worldOf('block').start(DETAIL)).toMatchObject({ end: 'AlreadyClaimed' });

    expect(table.find(KEY)).toBeUndefined();
  });

  test('continues after a verdict that was not notified', async () => {
    table.reset(storedTransaction({ verdict: { S: 'block' } }));
    const world = worldOf('block');

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Completed' });

    expect(world.alerts).toHaveLength(2);
    expect(world.verdictsWritten).toBe(0);
  });

  test.each(TASKS)('%s can fail three times', async (state) => {
    const world = worldOf('block', { [state]: 3 });

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Completed' });

    expect(world.letters).toEqual([]);
    expect(world.alerts).toHaveLength(2);
  });

  test('repeats its own claim if the answer was lost', async () => {
    const world = worldOf('approve');
    const losses = [named('States.Timeout')];
    world.after = (state) => {
      if (state === 'ClaimTransaction' && losses.length > 0) {
        throw losses.pop()!;
      }
    };

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Completed' });
  });

  test.each([
    ['ClaimTransaction', 0, false],
    ['DetectFraud', 1, false],
    // The more urgent alert is still sent.
    ['NotifyHighValue', 1, true],
    ['NotifyVerdict', 1, true],
    ['CloseTransaction', 2, true],
  ])('if %s fails permanently: a dead-letter message, the other branch done, the execution failed, the transaction open', async (state, alerts, assessed) => {
    const world = worldOf('block', { [state]: 4 });

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Failed', failed: true });

    expect(world.letters).toEqual([{ ...letterOf(state) }]);
    expect(world.alerts).toHaveLength(alerts);
    expect(table.find(KEY)!.verdict !== undefined).toBe(assessed);
    expect(isOpen()).toBe(true);
    expect(table.find(KEY)).not.toHaveProperty('claim_owner');
    expect(table.find(KEY)).not.toHaveProperty('claimed_at');
  });

  test('keeps its claim if the release fails', async () => {
    expect(await worldOf('block', { DetectFraud: 4, [RELEASE]: 1 }).start(DETAIL)).toMatchObject({ end: 'Failed' });

    expect(table.find(KEY)).toMatchObject({ claim_owner: { S: 'arn:execution:1' }, claimed_at: { S: NOW } });
  });

  test.each<[string, Parameters<typeof storedTransaction>[0]]>([
    ['another execution has claimed', { claim_owner: { S: 'arn:execution:2' }, claimed_at: { S: NOW } }],
    // Its own closing succeeded, and the answer was lost.
    ['is closed', { claim_owner: { S: 'arn:execution:1' }, closed_at: { S: NOW } }],
  ])('does not release a transaction that %s', async (_, overrides) => {
    const world = worldOf('block', { CloseTransaction: 4 });
    world.after = (state) => state === 'NotifyVerdict' && table.store({ ...table.find(KEY)!, ...overrides as object });

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Failed' });

    expect(table.find(KEY)).toMatchObject(overrides!);
  });

  test('gives the sweep a transaction that is high-value only since its receipt, until it is closed', async () => {
    table.reset(storedTransaction({ sweep_partition: undefined, sweep_at: undefined }));
    expect(await worldOf('block', { DetectFraud: 4 }).start(DETAIL)).toMatchObject({ end: 'Failed' });
    expect(table.find(KEY)).toMatchObject({ sweep_partition: { S: '0' }, sweep_at: { S: NOW } });

    expect(await worldOf('block').start(DETAIL)).toMatchObject({ end: 'Completed' });
    expect(isOpen()).toBe(false);
    expect(table.find(KEY)).not.toHaveProperty('sweep_partition');
  });

  test('claims and closes one that was given up, if you republish it by hand', async () => {
    const givenUp = { sweep_partition: { S: 'given-up' }, sweep_at: { S: NOW }, given_up_at: { S: NOW } };
    table.reset(storedTransaction(givenUp));
    expect(await worldOf('block', { DetectFraud: 4 }).start(DETAIL)).toMatchObject({ end: 'Failed' });
    expect(table.find(KEY)).toMatchObject(givenUp);

    expect(await worldOf('block').start(DETAIL)).toMatchObject({ end: 'Completed' });
    expect(Object.keys(table.find(KEY)!)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(sweep|given_up)_/)]));
  });

  test('if both branches fail, sends a dead-letter message for each', async () => {
    const world = worldOf('block', { DetectFraud: 4, NotifyHighValue: 4 });

    expect(await world.start(DETAIL)).toMatchObject({ end: 'Failed' });

    expect(world.letters.map(({ state }) => state).sort()).toEqual(['DetectFraud', 'NotifyHighValue']);
  });

  test.each(TASKS)('retries a dead-letter message about %s, and fails the execution if it cannot be sent', async (state) => {
    const world = worldOf('block', { [state]: 4, [`${state}ToDeadLetters`]: 3 });
    expect(await world.start(DETAIL)).toMatchObject({ end: 'Failed' });
    expect(world.letters).toHaveLength(1);

    table.reset(storedTransaction());
    await expect(worldOf('block', { [state]: 4, [`${state}ToDeadLetters`]: 4 }).start(DETAIL)).rejects.toThrow('Outage');
    expect(isOpen()).toBe(true);
  });

  test('does not close a transaction that another execution has claimed', async () => {
    const world = worldOf('block');
    const taken = { claim_owner: { S: 'arn:execution:2' }, claimed_at: { S: NOW } };
    world.after = (state) => state === 'NotifyVerdict' && table.store({ ...table.find(KEY)!, ...taken });

    expect(await world.start(DETAIL)).toMatchObject({ end: 'ClaimReleased', failed: false });

    expect(table.find(KEY)).toMatchObject(taken);
    expect(isOpen()).toBe(true);
    expect(world.letters).toEqual([]);
  });

  test.each(['transaction_id', 'timestamp', 'provider', 'currency', 'tier', 'alert_subject', 'alert_text', 'alert_sms'] as const)(
    'without the event\'s %s, claims nothing and fails with a dead-letter message', async (field) => {
      const { [field]: missing, ...detail } = DETAIL;
      const world = worldOf('block');

      expect(await world.start(detail as TransactionDetail)).toMatchObject({ end: 'Failed', path: ['OnEvent', 'OnEventToDeadLetters', 'Failed'] });

      expect(world.letters).toEqual([{ ...letterOf('OnEvent'), error: expect.stringContaining(field), event: detail }]);
      expect(table.find(KEY)).toEqual(storedTransaction());
    },
  );

  test('has no path to missing data, except for paths that are checked first', () => {
    const paths = [...JSON.stringify(workflowOf()).matchAll(/"\$\.detail\.(\w+)"/g)].map(([, field]) => field);
    const checked = workflowOf().States.OnEvent.Choices![0].And!.map(({ Variable }) => Variable.replace('$.detail.', ''));

    expect(new Set(paths)).toEqual(new Set(checked));
  });

  test('is run by an interpreter that distinguishes States.ALL from a name, and throws for unsupported features', async () => {
    const machine = (state: object): Machine => ({ StartAt: 'A', States: { A: { Type: 'Task', Parameters: {}, ...state }, B: { Type: 'Succeed' } } });
    const context = { Execution: {}, State: { EnteredTime: NOW } };
    const fail = { A: () => { throw named('Other'); } };

    await expect(run(machine({ Catch: [{ ErrorEquals: ['Outage'], Next: 'B' }] }), {}, fail, context)).rejects.toThrow('Other');
    await expect(run(machine({ Parameters: { 'a.$': 'States.UUID()' }, Catch: [] }), {}, fail, context)).rejects.toThrow();
  });
});

function valuesOf(attributes: { readonly [name: string]: string }): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]));
}
