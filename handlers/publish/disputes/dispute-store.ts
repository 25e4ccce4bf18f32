import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Dispute } from './dispute';
import type { DisputedCard } from './disputed-cards';
import type { DisputePorts } from './record-disputes';
import { Attr, DISPUTE_AUTHOR, Env, LABELED_EVENT_ATTRIBUTES, NO_EVENT, RecordType, type Label } from '../../../src/private/contract';
import { attemptTimeOuts } from '../../aws/attempt-time-outs';
import { conditionMet } from '../../aws/conditional-write';
import { required } from '../../aws/environment-variables';
import type { StoredItem } from '../../aws/stored-item';
import { writeLabel } from '../../labels/label-write';
import { readPaymentEvents } from '../../labels/payment-events';

const FRAUD: Label = 'fraud';
const READ_ATTRIBUTES = [...LABELED_EVENT_ATTRIBUTES, Attr.KIND, Attr.CARD_FINGERPRINT];
/** Thousands of events: stolen cards are also tested with one payment. The newest ones contain the payment that succeeded. */
const MAX_PAGES = 10;

/** Retried by the SDK. If the response of a write was lost, its repetition changes nothing, because its condition fails. */
const client = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: attemptTimeOuts(2_000),
});

/** Records disputes in the table. */
export function disputePorts(blockSeconds: number | undefined, remainingMillis: () => number): DisputePorts {
  return { eventsOf: disputedEvents, label: labelDisputed, block: blockDisputedCard, blockSeconds, remainingMillis };
}

async function disputedEvents(transactionId: string): Promise<readonly StoredItem[]> {
  return readPaymentEvents(client, required(Env.TABLE_NAME), transactionId, READ_ATTRIBUTES, { maxPages: MAX_PAGES });
}

async function labelDisputed(event: StoredItem, { receivedAt }: Dispute): Promise<boolean> {
  return writeLabel(client, required(Env.TABLE_NAME), event, { label: FRAUD, author: DISPUTE_AUTHOR, at: receivedAt, keepsExisting: true });
}

/**
 * Adds a card to the blocklist. Replaces an expired entry that DynamoDB has not deleted yet, and extends one of an earlier
 * dispute.
 */
async function blockDisputedCard({ key, reason, createdAt, expiresAt }: DisputedCard): Promise<boolean> {
  return conditionMet(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: { [Attr.TRANSACTION_ID]: { S: key }, [Attr.TIMESTAMP]: { S: NO_EVENT } },
    UpdateExpression: 'SET #type = :type, #reason = :reason, #author = :dispute, #createdAt = :createdAt, #expiresAt = :expiresAt',
    ConditionExpression: 'attribute_not_exists(#id) OR #expiresAt <= :now OR (#author = :dispute AND #expiresAt < :expiresAt)',
    ExpressionAttributeNames: {
      '#id': Attr.TRANSACTION_ID,
      '#type': Attr.RECORD_TYPE,
      '#reason': Attr.REASON,
      '#author': Attr.AUTHOR,
      '#createdAt': Attr.CREATED_AT,
      '#expiresAt': Attr.EXPIRES_AT,
    },
    ExpressionAttributeValues: {
      ':type': { S: RecordType.BLOCKLIST_ENTRY },
      ':reason': { S: reason },
      ':dispute': { S: DISPUTE_AUTHOR },
      ':createdAt': { S: createdAt },
      ':now': { N: String(Math.floor(Date.parse(createdAt) / 1_000)) },
      ':expiresAt': { N: String(expiresAt) },
    },
  })));
}
