import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoAttributeValue, DynamoUpdateItem, type DynamoUpdateItemProps } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { Attr } from '../contract';
import { TASK_TIMEOUT } from '../workflow-tasks';

/** Values in the expressions of updates. */
const EXECUTION = { ':execution': DynamoAttributeValue.fromString(JsonPath.executionId) };
const NOW = { ':now': DynamoAttributeValue.fromString(JsonPath.stateEnteredTime) };

/**
 * Claims the transaction. The item of an event below the high tier, or that is high-value only since its receipt, because a
 * threshold was lowered in between, has no time of the sweep. It gets one here: a time for every movement would cost the index
 * a write and a deletion for each.
 */
export function claimState(scope: Construct, table: ITable): DynamoUpdateItem {
  return new DynamoUpdateItem(scope, 'ClaimTransaction', {
    ...updateOf(table),
    updateExpression: 'SET #claimOwner = :execution, #claimedAt = :now, '
      + '#sweepPartition = if_not_exists(#sweepPartition, :sweepPartition), #sweepAt = if_not_exists(#sweepAt, :now)',
    conditionExpression: 'attribute_exists(#id) AND attribute_not_exists(#closedAt) '
      + 'AND (attribute_not_exists(#claimOwner) OR #claimOwner = :execution)',
    expressionAttributeNames: {
      '#id': Attr.TRANSACTION_ID,
      '#closedAt': Attr.CLOSED_AT,
      '#claimOwner': Attr.CLAIM_OWNER,
      '#claimedAt': Attr.CLAIMED_AT,
      '#sweepPartition': Attr.SWEEP_PARTITION,
      '#sweepAt': Attr.SWEEP_AT,
    },
    // Any partition: such items are rare.
    expressionAttributeValues: { ...EXECUTION, ...NOW, ':sweepPartition': DynamoAttributeValue.fromString('0') },
  });
}

/** Removes the transaction from the open ones, unless a sweep has released it to another execution. */
export function closeState(scope: Construct, table: ITable): DynamoUpdateItem {
  return new DynamoUpdateItem(scope, 'CloseTransaction', {
    ...updateOf(table),
    updateExpression: 'SET #closedAt = :now REMOVE #sweepPartition, #sweepAt, #givenUpAt',
    conditionExpression: '#claimOwner = :execution',
    expressionAttributeNames: {
      '#closedAt': Attr.CLOSED_AT,
      '#sweepPartition': Attr.SWEEP_PARTITION,
      '#sweepAt': Attr.SWEEP_AT,
      '#givenUpAt': Attr.GIVEN_UP_AT,
      '#claimOwner': Attr.CLAIM_OWNER,
    },
    expressionAttributeValues: { ...EXECUTION, ...NOW },
  });
}

/**
 * Removes the claim of this execution. A retry would not fit in the time of an Express execution, and is not necessary:
 * without the release, the sweep waits until the claim is old. The same if the claim is not this execution's.
 */
export function releaseState(scope: Construct, table: ITable): DynamoUpdateItem {
  return new DynamoUpdateItem(scope, 'ReleaseClaim', {
    ...updateOf(table),
    updateExpression: 'REMOVE #claimOwner, #claimedAt',
    conditionExpression: '#claimOwner = :execution AND attribute_not_exists(#closedAt)',
    expressionAttributeNames: { '#closedAt': Attr.CLOSED_AT, '#claimOwner': Attr.CLAIM_OWNER, '#claimedAt': Attr.CLAIMED_AT },
    expressionAttributeValues: EXECUTION,
  });
}

function updateOf(table: ITable): Pick<DynamoUpdateItemProps, 'table' | 'key' | 'taskTimeout' | 'resultPath'> {
  return {
    table,
    key: {
      [Attr.TRANSACTION_ID]: DynamoAttributeValue.fromString(JsonPath.stringAt(`$.detail.${Attr.TRANSACTION_ID}`)),
      [Attr.TIMESTAMP]: DynamoAttributeValue.fromString(JsonPath.stringAt(`$.detail.${Attr.TIMESTAMP}`)),
    },
    taskTimeout: TASK_TIMEOUT.update,
    resultPath: JsonPath.DISCARD,
  };
}
