import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { client } from './assessment-client';
import { blocklistKeys, type BlocklistHit } from './rules/blocklist';
import { Attr, Env, NO_EVENT, type TransactionDetail } from '../../src/private/contract';
import { required } from '../aws/environment-variables';
import { requiredText } from '../aws/stored-item';

/**
 * The operators' entries that match a transaction. They are read consistently and
 * not cached, so that a change has effect immediately. Throws if DynamoDB returns
 * only a part of them, and the workflow retries. Operators write entries by hand:
 * the key decides, not the other attributes.
 */
export async function blocklistHits(detail: TransactionDetail): Promise<BlocklistHit[]> {
  const table = required(Env.TABLE_NAME);
  const entries = blocklistKeys(detail);
  if (entries.size === 0) {
    return [];
  }
  const Keys = [...entries.keys()].map((key) => ({ [Attr.TRANSACTION_ID]: { S: key }, [Attr.TIMESTAMP]: { S: NO_EVENT } }));
  const { Responses = {}, UnprocessedKeys = {} } = await client.send(new BatchGetItemCommand({
    RequestItems: { [table]: { Keys, ConsistentRead: true } },
  }));
  if (Object.keys(UnprocessedKeys).length > 0) {
    throw new Error('DynamoDB did not return all blocklist entries');
  }
  return Object.values(Responses).flat().map((item) => ({ ...entries.get(requiredText(item, Attr.TRANSACTION_ID))!, reason: item[Attr.REASON]?.S }));
}
