import { executionLink, transactionLink } from '../../../handlers/alerts/console-links';

const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:express:transaction-workflow-test:0f1e:2d3c';
const FACTS = { tableName: 'transactions-test', execution: EXECUTION, startedAt: '2025-03-04T05:06:08.000Z' };
const KEY = { transaction_id: 'stripe:pi_1', timestamp: '2025-03-04T05:06:00.000Z#evt_1' };

describe('transactionLink', () => {
  test('opens the item in the execution\'s region', () => {
    expect(transactionLink(KEY, FACTS)).toBe('https://eu-west-1.console.aws.amazon.com/dynamodbv2/home?region=eu-west-1#edit-item?itemMode=2'
      + '&pk=stripe%3Api_1&route=ROUTE_ITEM_EXPLORER&sk=2025-03-04T05%3A06%3A00.000Z%23evt_1&table=transactions-test');
  });

  test.each(['a b&table=x', 'ü#"\\', 'half \ud83d of a character'])('encodes the key %j as a single value', (id) => {
    const [, fragment] = transactionLink({ ...KEY, transaction_id: id }, FACTS).split('#edit-item?');

    expect(new URLSearchParams(fragment).get('pk')).toBe(Buffer.from(id).toString());
    expect(fragment).toMatch(/^[\w.%&=-]+$/);
  });
});

describe('executionLink', () => {
  test('opens the Express execution by its start in milliseconds', () => {
    expect(executionLink(FACTS)).toBe(
      `https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/express-executions/details/${EXECUTION}?startDate=1741064768000`,
    );
  });
});

test.each([
  ['aws', 'us-east-1', 'https://us-east-1.console.aws.amazon.com/'],
  ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
  ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
  ['aws-of-tomorrow', 'moon-1', 'https://moon-1.console.aws.amazon.com/'],
])('in the partition %s and the region %s both are at %s', (partition, region, start) => {
  const facts = { ...FACTS, execution: `arn:${partition}:states:${region}:123456789012:express:a:b:c` };

  expect(transactionLink(KEY, facts).slice(0, start.length)).toBe(start);
  expect(executionLink(facts).slice(0, start.length)).toBe(start);
});
