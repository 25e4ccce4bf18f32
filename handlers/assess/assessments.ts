import { GetItemCommand, PutItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { client } from './assessment-client';
import { recordedVerdict } from './recorded-verdict';
import type { RuleSet } from './rule-set';
import { Attr, Env, NO_EVENT, RecordType, type AssessmentResult, type TransactionDetail } from '../../src/private/contract';
import { conditionMet } from '../aws/conditional-write';
import { required } from '../aws/environment-variables';

/** The verdict of a transaction, and whether it was written just now. */
export interface Written {
  readonly result: AssessmentResult;
  readonly isNew: boolean;
}

/** The end of the expression that writes a verdict, for the result of the shadow rules. */
const SET_SHADOW = ', #shadow_verdict = :shadow_verdict, #shadow_score = :shadow_score, #shadow_reasons = :shadow_reasons, #shadow_ruleSet = :shadow_ruleSet';
const SHADOW_NAMES = {
  '#shadow_verdict': Attr.SHADOW_VERDICT,
  '#shadow_score': Attr.SHADOW_SCORE,
  '#shadow_reasons': Attr.SHADOW_REASONS,
  '#shadow_ruleSet': Attr.SHADOW_RULE_SET,
};

/**
 * Writes a verdict once. An existing verdict is kept. If the customer was erased while an execution was running, the
 * verdict is returned for its alert and not stored, because its reasons are about the customer. The result of the shadow
 * rules is in the same write, so that it belongs to the stored verdict.
 */
export async function writeVerdict(
  detail: TransactionDetail, result: AssessmentResult, assessedAt: string, shadow?: AssessmentResult,
): Promise<Written> {
  const isNew = await conditionMet(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: tableKeyOf(detail),
    UpdateExpression: `SET #verdict = :verdict, #score = :score, #reasons = :reasons, #ruleSet = :ruleSet, #assessedAt = :assessedAt${shadow ? SET_SHADOW : ''}`,
    ConditionExpression: 'attribute_exists(#id) AND attribute_not_exists(#verdict) AND attribute_not_exists(#erasedAt)',
    ExpressionAttributeNames: {
      '#id': Attr.TRANSACTION_ID,
      '#verdict': Attr.VERDICT,
      '#erasedAt': Attr.ERASED_AT,
      '#score': Attr.SCORE,
      '#reasons': Attr.REASONS,
      '#ruleSet': Attr.RULE_SET,
      '#assessedAt': Attr.ASSESSED_AT,
      ...shadow && SHADOW_NAMES,
    },
    ExpressionAttributeValues: {
      ...valuesOf(result),
      ':assessedAt': { S: assessedAt },
      ...shadow && valuesOf(shadow, ':shadow_'),
    },
  })));
  // If the write was rejected, the verdict exists or the customer was erased. If the transaction does not exist, this throws.
  return { isNew, result: isNew ? result : await existingVerdict(detail) ?? result };
}

function valuesOf({ verdict, score, reasons, rule_set: ruleSet }: AssessmentResult, prefix = ':'): Record<string, AttributeValue> {
  return {
    [`${prefix}verdict`]: { S: verdict },
    [`${prefix}score`]: { N: String(score) },
    [`${prefix}reasons`]: { L: reasons.map((reason) => ({ S: reason })) },
    [`${prefix}ruleSet`]: { S: ruleSet },
  };
}

const stored = new Set<string>();

/** Stores the rules behind a verdict, once for each version, so that the verdict can be explained after the rules change. */
export async function storeRuleSet({ version, json }: RuleSet): Promise<void> {
  if (stored.has(version)) {
    return;
  }
  await conditionMet(client.send(new PutItemCommand({
    TableName: required(Env.TABLE_NAME),
    Item: {
      [Attr.TRANSACTION_ID]: { S: `${RecordType.RULE_SET}:${version}` },
      [Attr.TIMESTAMP]: { S: NO_EVENT },
      [Attr.RECORD_TYPE]: { S: RecordType.RULE_SET },
      [Attr.CONFIG]: { S: json },
    },
    ConditionExpression: `attribute_not_exists(${Attr.TRANSACTION_ID})`,
  })));
  stored.add(version);
}

/** The existing verdict of a transaction; undefined if there is no verdict, or if its reasons were erased. */
async function existingVerdict(detail: TransactionDetail): Promise<AssessmentResult | undefined> {
  const { Item } = await client.send(new GetItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: tableKeyOf(detail),
    ConsistentRead: true,
  }));
  if (!Item) {
    throw new Error('the transaction to assess is not in the table');
  }
  return recordedVerdict(Item);
}

function tableKeyOf({ transaction_id: id, timestamp }: TransactionDetail) {
  return { [Attr.TRANSACTION_ID]: { S: id }, [Attr.TIMESTAMP]: { S: timestamp } };
}
