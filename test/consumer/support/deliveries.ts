import type { TransactionDetails, TransactionDetailType, TransactionEvent } from '../../../consumer/transaction-event';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toAssessedDetail, toTransactionDetail } from '../../../handlers/publish/events/detail';
import { ASSESSMENT, DETAIL_CONFIG, storedTransaction } from '../../handlers/support/items';

/** Details as the relay makes them, as JSON. */
export const DETAILS = JSON.parse(JSON.stringify({
  'transaction.received': toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG),
  'transaction.assessed': toAssessedDetail(storedTransaction(ASSESSMENT) as StoredItem, DETAIL_CONFIG),
  'transaction.blocked': toAssessedDetail(storedTransaction({ ...ASSESSMENT, verdict: { S: 'block' } }) as StoredItem, DETAIL_CONFIG),
})) as TransactionDetails;

/** An event as EventBridge sends it to a target. */
export function busEvent<Type extends TransactionDetailType = 'transaction.received'>(
  detail: object = {}, type = 'transaction.received' as Type, envelope: object = {},
): TransactionEvent<Type> {
  return {
    'version': '0',
    'id': '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': type,
    'source': 'webhook-processing-system.test',
    'account': '123456789012',
    'time': '2025-03-04T05:06:08Z',
    'region': 'eu-central-1',
    'resources': [],
    'detail': { ...DETAILS[type], ...detail },
    ...envelope,
  } as unknown as TransactionEvent<Type>;
}

interface QueueMessage {
  readonly id: string;
  readonly body: unknown;
  /** In a FIFO queue. */
  readonly group?: string;
  /** In a standard queue. */
  readonly fairGroup?: string;
}

/** A batch as Lambda reads it from a queue. */
export function queueBatch(...messages: readonly QueueMessage[]): object {
  return {
    Records: messages.map(({ id, body, group, fairGroup }) => ({
      messageId: id,
      receiptHandle: `handle-${id}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1', ...group ?? fairGroup ? { MessageGroupId: group ?? fairGroup } : {} },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:eu-central-1:123456789012:orders${group ? '.fifo' : ''}`,
      awsRegion: 'eu-central-1',
    })),
  };
}

/** What SNS writes into a queue without raw message delivery. */
export function notification(message: unknown): object {
  return { Type: 'Notification', MessageId: 'n-1', TopicArn: 'arn:aws:sns:eu-central-1:123456789012:payments', Message: JSON.stringify(message) };
}
