import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { anyFacts, anyRules } from './arbitraries';
import { detailWith } from './details';
import { handler } from '../../../handlers/assess/handler';
import { customerKey } from '../../../handlers/domain/identifier';
import type { Assessment, FraudConfig, FraudRuleConfig } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { storedTransaction, TIERS } from '../support/items';
import { Output } from '../support/output';

/** What an assessment leaves behind: the answer for the workflow, with the alert, the item, and the lines with metrics and logs. */
interface Outcome {
  readonly answer: Assessment;
  readonly item: object;
  readonly lines: readonly object[];
}

const lambda = mockClient(LambdaClient);
const table = new FakeTable();
const output = new Output();
const UNKNOWN = { rule: 'of-a-later-version', score: 1 } as unknown as FraudRuleConfig;
const BROKEN: FraudRuleConfig = { rule: 'outside-hours', score: 1, startHour: 7, endHour: 22, timeZone: 'Nowhere/Nothing' };
/** Rules that work, and at times some that do not. */
const anyShadow = fc.tuple(anyRules, fc.option(fc.constantFrom(UNKNOWN, BROKEN), { freq: 4, nil: undefined }))
  .map(([rules, failing]) => failing ? [...rules, failing] : rules);
const anyDetail = anyFacts.map(({ detail }) => detail);

async function outcomeOf(config: FraudConfig, detail: ReturnType<typeof detailWith>, history: readonly object[]): Promise<Outcome> {
  output.capture();
  table.reset(storedTransaction());
  history.forEach((item) => table.store(item as never));
  process.env.FRAUD_RULES = JSON.stringify(config);
  const answer = await handler({ detail, execution: 'arn:aws:states:eu-central-1:123456789012:express:w:n:id', started_at: '2025-03-04T05:06:08.000Z' });
  return { answer, item: table.find(storedTransaction())!, lines: JSON.parse(output.text()) as object[] };
}

/** Without what shadow rules add. */
function withoutShadow({ answer, item, lines }: Outcome): Outcome {
  const added = (line: object) => 'ShadowVerdicts' in line || 'ShadowRulesFired' in line
    || JSON.stringify(line).includes('failed to evaluate the shadow rules') || JSON.stringify(line).includes('"shadow":true');
  return {
    answer,
    item: Object.fromEntries(Object.entries(item).filter(([name]) => !name.startsWith('shadow_'))),
    lines: lines.filter((line) => !added(line)),
  };
}

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2025-03-04T05:06:10.500Z'), doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout'] });
  Object.assign(process.env, { TABLE_NAME: 'transactions', SYSTEM_NAME: 'test', AWS_REGION: 'eu-central-1' });
});

afterEach(() => {
  jest.useRealTimers();
});

test('shadow rules change only their own attributes and metrics, whether they work or fail', async () => {
  const seen = new Set<string>();
  const history = [10, 500, 3_000].map((seconds) => storedTransaction({
    transaction_id: { S: `stripe:past_${seconds}` },
    occurred_at: { S: new Date(Date.parse(detailWith().event_time!) - seconds * 1000).toISOString() },
    customer_key: { S: customerKey('stripe', 'cus_1') },
  }));
  const answers = fc.constantFrom('{"score":7}', '{"score":90,"reason":"why"}', '{}');
  await fc.assert(fc.asyncProperty(anyDetail, anyRules, anyShadow, answers, async (detail, rules, shadowRules, answer) => {
    lambda.reset();
    lambda.on(InvokeCommand).resolves({ Payload: Buffer.from(answer) as never });
    const live: FraudConfig = { tiers: TIERS, review: 40, block: 80, rules };

    const alone = await outcomeOf(live, detail, history);
    const beside = await outcomeOf({ ...live, shadow: { review: 20, block: 60, rules: shadowRules } }, detail, history);

    expect(JSON.stringify(withoutShadow(beside))).toBe(JSON.stringify(alone));
    expect(JSON.stringify(beside)).toContain('ShadowVerdicts');
    seen.add('shadow_verdict' in beside.item ? 'evaluated' : 'failed');
  }), { numRuns: 80, seed: 1 });

  expect([...seen].sort()).toEqual(['evaluated', 'failed']);
});
