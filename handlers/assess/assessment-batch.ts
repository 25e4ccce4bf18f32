import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { client } from './assessment-client';
import { recordedVerdict } from './recorded-verdict';
import { storedListKeys, storedListsOf, type StoredLists } from './stored-lists';
import { Attr, Env, NO_EVENT, type AssessmentResult, type TransactionDetail } from '../../src/private/contract';
import { required } from '../aws/environment-variables';
import { requiredText } from '../aws/stored-item';

/** The verdict of an earlier execution or, without one, what is looked up by key for the rules. */
export type AssessmentBatch =
  | { readonly verdict: AssessmentResult }
  | { readonly verdict?: undefined; readonly lists: StoredLists };

/**
 * Reads the transaction with everything that is looked up by key, in one
 * consistent request. Nothing is cached, so that a change of a list has effect
 * immediately. If DynamoDB returns only a part, an existing verdict is enough.
 * Otherwise this throws, and the workflow retries.
 */
export async function readAssessmentBatch(detail: TransactionDetail): Promise<AssessmentBatch> {
  const { transaction_id: id, timestamp } = detail;
  const keys = [{ id, timestamp }, ...storedListKeys(detail).map((key) => ({ id: key, timestamp: NO_EVENT }))];
  const { Responses = {}, UnprocessedKeys = {} } = await client.send(new BatchGetItemCommand({
    RequestItems: {
      [required(Env.TABLE_NAME)]: {
        Keys: keys.map((key) => ({ [Attr.TRANSACTION_ID]: { S: key.id }, [Attr.TIMESTAMP]: { S: key.timestamp } })),
        ConsistentRead: true,
      },
    },
  }));
  const items = new Map(Object.values(Responses).flat().map((item) => [requiredText(item, Attr.TRANSACTION_ID), item]));
  const transaction = items.get(id);
  const verdict = transaction && recordedVerdict(transaction);
  if (verdict) {
    return { verdict };
  }
  if (Object.keys(UnprocessedKeys).length > 0) {
    throw new Error('DynamoDB did not return all items of the batch');
  }
  if (!transaction) {
    throw new Error('the transaction to assess is not in the table');
  }
  return { lists: storedListsOf(detail, items) };
}
