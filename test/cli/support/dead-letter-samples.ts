import { dlqMessageFor } from '../../../handlers/aws/dlq-message';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toChange } from '../../../handlers/aws/stream-change';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { sweepStep } from '../../../handlers/publish/sweep/sweep-step';
import { DETAIL_CONFIG, insertion, storedTransaction } from '../../handlers/support/items';

/** A transaction with a number, as an item of the table. */
export const itemOf = (number: number, overrides: Parameters<typeof storedTransaction>[0] = {}) => storedTransaction({ transaction_id: { S: `stripe:pi_${number}` }, ...overrides });

export const eventOf = (number: number) => toTransactionDetail(itemOf(number) as StoredItem, DETAIL_CONFIG);

export const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:express:workflow:run:one';

/** The message of a state of the workflow, which the template of the construct defines. */
export const workflowLetter = (number: number, state = 'DetectFraud', error: object | string = { Error: 'Lambda.TooManyRequestsException', Cause: '{"errorMessage":"slow"}' }) => (
  { origin: 'transaction-workflow', state, execution: EXECUTION, error, event: eventOf(number) }
);

/** The message that the sweep sends about an item. */
export function sweepLetter(item: ReturnType<typeof itemOf>, tiers = DETAIL_CONFIG.tiers): object {
  const step = sweepStep(item as StoredItem, { config: { ...DETAIL_CONFIG, tiers }, now: Date.parse('2025-03-04T12:00:00.000Z') });
  return 'message' in step ? step.message : {};
}

/** The item after the sweep gave it up. */
export const givenUp = (number: number, overrides: Parameters<typeof storedTransaction>[0] = {}) => itemOf(number, {
  sweep_partition: { S: 'given-up' }, sweep_at: { S: '2025-03-04T20:00:00.000Z' }, given_up_at: { S: '2025-03-04T20:00:00.000Z' }, sweeps: { N: '10' }, ...overrides,
});

export const relayLetter = () => dlqMessageFor(toChange(insertion(1)), 'event-relay', 'UnreadableItem: the attribute amount_minor is missing or not as expected');

/** What EventBridge sends if a rule cannot deliver an event. */
export const undelivered = (number: number, { source = 'payments', type = 'transaction.received', time = '2025-03-04T05:06:07Z' as string | undefined } = {}) => ({
  'version': '0', 'id': `event-${number}`, 'detail-type': type, 'source': source, 'account': '123456789012', 'time': time, 'region': 'eu-central-1', 'resources': [], 'detail': eventOf(number),
});
export const RULE_ATTRIBUTES = {
  RULE_ARN: 'arn:aws:events:eu-central-1:123456789012:rule/payment-events-test/medium-value-transactions-test',
  ERROR_CODE: 'NO_PERMISSIONS',
  ERROR_MESSAGE: 'not allowed',
};

/** What S3 publishes about an object with a batch that failed. */
export const batchLetter = (key: string, bucket = 'failed-records') => ({
  'version': '0',
  'id': 'event',
  'detail-type': 'Object Created',
  'source': 'aws.s3',
  'time': '2025-03-04T05:06:07Z',
  'resources': [`arn:aws:s3:::${bucket}`],
  'detail': { version: '0', bucket: { name: bucket }, object: { key, size: 10 }, reason: 'PutObject' },
});

/** What Lambda writes to that object. */
export const failedBatch = (functionName: string, asText = true) => {
  const payload = { Records: [insertion(1)] };
  return JSON.stringify({
    version: '1.0',
    requestContext: { requestId: 'r', functionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${functionName}:$LATEST`, condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    payload: asText ? JSON.stringify(payload) : payload,
  });
};
