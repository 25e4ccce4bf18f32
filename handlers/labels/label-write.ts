import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Attr, type Label } from '../../src/private/contract';
import { conditionMet } from '../aws/conditional-write';
import { requiredText, type StoredItem } from '../aws/stored-item';

/** A label, with its author and its time. */
export interface WrittenLabel {
  readonly label: Label;
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  /** Whether an event that has a label keeps it. */
  readonly keepsExisting: boolean;
}

const NAMES = { '#id': Attr.TRANSACTION_ID, '#label': Attr.LABEL, '#author': Attr.LABELED_BY, '#at': Attr.LABELED_AT };

/**
 * Labels an event. Returns false if the event was deleted, or if it keeps its existing label. It can be repeated.
 *
 * The condition names only attributes that the write itself names. To name another one, such as `erased_at`, a principal
 * needs the right to write it. So the caller must check the other attributes first. An event that is erased in between keeps the
 * label, as an erased event keeps an earlier label.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export async function writeLabel(
  client: DynamoDBClient, table: string, event: StoredItem, { label, author, at, keepsExisting }: WrittenLabel,
): Promise<boolean> {
  return conditionMet(client.send(new UpdateItemCommand({
    TableName: table,
    Key: labeledKey(event),
    UpdateExpression: 'SET #label = :label, #author = :author, #at = :at',
    ConditionExpression: keepsExisting ? 'attribute_exists(#id) AND attribute_not_exists(#label)' : 'attribute_exists(#id)',
    ExpressionAttributeNames: NAMES,
    ExpressionAttributeValues: { ':label': { S: label }, ':author': { S: author }, ':at': { S: at } },
  })));
}

/** Removes the label of an event, and returns false if the event was deleted. */
export async function removeLabel(client: DynamoDBClient, table: string, event: StoredItem): Promise<boolean> {
  return conditionMet(client.send(new UpdateItemCommand({
    TableName: table,
    Key: labeledKey(event),
    UpdateExpression: 'REMOVE #label, #author, #at',
    ConditionExpression: 'attribute_exists(#id)',
    ExpressionAttributeNames: NAMES,
  })));
}

function labeledKey(event: StoredItem) {
  return Object.fromEntries([Attr.TRANSACTION_ID, Attr.TIMESTAMP].map((name) => [name, { S: requiredText(event, name) }]));
}
