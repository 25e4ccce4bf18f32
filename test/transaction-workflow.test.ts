import validate from 'asl-validator';
import { statementsOf, synthesize, theResource } from './support/system';

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: { ErrorEquals: string[]; IntervalSeconds: number; MaxAttempts: number; BackoffRate: number }[];
  readonly Catch?: { ErrorEquals: string[]; Next: string }[];
  readonly Next?: string;
  readonly Branches?: { StartAt: string; States: { [name: string]: State } }[];
  readonly Parameters?: any;
}

/** The definition with every reference replaced by a word. */
function definitionOf(props = {}): { States: { [name: string]: State }; TimeoutSeconds: number } {
  const { template } = synthesize(props);
  const parts = theResource(template, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString['Fn::Join'][1];
  return JSON.parse(parts.map((part: unknown) => typeof part === 'string' ? part : 'aws').join(''));
}

function statesOf(states: { [name: string]: State }): { [name: string]: State } {
  return Object.entries(states).reduce((all, [name, state]) => ({
    ...all,
    [name]: state,
    ...Object.assign({}, ...(state.Branches ?? []).map((branch) => statesOf(branch.States))),
  }), {});
}

/** Seconds that a task takes at the most, with its retries and their waits. */
function longest({ TimeoutSeconds, Retry }: State): number {
  const retry = Retry!.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))!;
  const waits = Array.from({ length: retry.MaxAttempts }, (_, attempt) => retry.IntervalSeconds * retry.BackoffRate ** attempt);
  return TimeoutSeconds! * (1 + retry.MaxAttempts) + waits.reduce((sum, wait) => sum + wait, 0);
}

describe('the workflow', () => {
  test('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(definitionOf(), { checkArn: false });

    expect({ isValid, errors: errorsText('\n') }).toEqual({ isValid: true, errors: '' });
  });

  test('retries each task three times with exponential back-off, and catches what remains', () => {
    const tasks = Object.entries(statesOf(definitionOf().States)).filter(([, { Type }]) => Type === 'Task');

    expect(tasks.map(([name]) => name).sort()).toEqual([
      'ClaimTransaction', 'ClaimTransactionToDeadLetters', 'DetectFraud', 'DetectFraudToDeadLetters', 'NotifyHighValue', 'NotifyHighValueToDeadLetters',
    ]);
    for (const [name, task] of tasks) {
      expect(task.Retry).toContainEqual({
        ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, JitterStrategy: 'FULL',
      });
      if (!name.endsWith('ToDeadLetters')) {
        expect(task.Catch).toContainEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: `${name}ToDeadLetters` });
      }
    }
  });

  test('reaches every Catch before an Express execution has to end', () => {
    const definition = definitionOf();
    const states = statesOf(definition.States);

    const branch = (name: string) => longest(states[name]) + longest(states[`${name}ToDeadLetters`]);
    const total = longest(states.ClaimTransaction) + Math.max(branch('DetectFraud'), branch('NotifyHighValue'));

    expect(total).toBeLessThan(240);
    expect(definition.TimeoutSeconds).toBe(240);
  });

  test('claims an item that exists, has no verdict and no other owner, and ends quietly where that is not so', () => {
    const { ClaimTransaction } = definitionOf().States;

    expect(ClaimTransaction.Parameters).toMatchObject({
      ConditionExpression: 'attribute_exists(transaction_id) AND attribute_not_exists(verdict) '
        + 'AND (attribute_not_exists(claim_owner) OR claim_owner = :execution)',
      UpdateExpression: 'SET claim_owner = :execution, claimed_at = :now',
      ExpressionAttributeValues: { ':execution': { 'S.$': '$$.Execution.Id' }, ':now': { 'S.$': '$$.State.EnteredTime' } },
    });
    expect(ClaimTransaction.Retry![0]).toEqual({
      ErrorEquals: ['DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'], MaxAttempts: 0,
    });
    expect(ClaimTransaction.Catch![0]).toMatchObject({
      ErrorEquals: ['DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'], Next: 'AlreadyClaimed',
    });
  });

  test('sends the event, the error and the execution to the dead-letter queue', () => {
    const states = statesOf(definitionOf().States);

    expect(states.DetectFraudToDeadLetters.Parameters.MessageBody).toEqual({
      'origin': 'transaction-workflow',
      'state': 'DetectFraud',
      'execution.$': '$$.Execution.Id',
      'error.$': '$.failure',
      'event.$': '$.detail',
    });
  });

  test('fails where a branch failed, so that the alarm rings', () => {
    const { States } = definitionOf();

    expect(States.Complete).toMatchObject({ Type: 'Choice', Choices: [{ Next: 'Failed' }], Default: 'Completed' });
    expect(States.Failed.Type).toBe('Fail');
    expect(States.AssessAndAnnounce).toMatchObject({ Type: 'Parallel', Next: 'Complete' });
  });

  test('has no right but on its table, function, topic and queue', () => {
    const { template } = synthesize({ environmentSuffix: 'test' });

    const named = statementsOf(template, 'step-functions-test').filter(({ Resource }) => Resource !== '*');
    const unnamed = statementsOf(template, 'step-functions-test').filter(({ Resource }) => Resource === '*');

    expect(named.map(({ Action }) => Action).sort()).toEqual(['dynamodb:UpdateItem', 'lambda:InvokeFunction', 'sns:Publish', 'sqs:SendMessage']);
    // Log delivery and X-Ray have no resources to name.
    expect(unnamed.flatMap(({ Action }) => Action).every((action) => /^(logs|xray):/.test(action))).toBe(true);
  });

  test.each([[undefined, false], [true, true]])('with logExecutionData %s logs execution data: %s', (logExecutionData, expected) => {
    const { template } = synthesize({ environmentSuffix: 'test', logExecutionData });

    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'transaction-workflow-test',
      StateMachineType: 'EXPRESS',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: expected },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/vendedlogs/states/transaction-workflow-test' });
  });
});
