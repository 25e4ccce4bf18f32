import { GetItemCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { retryStep, type OpenItemKey, type RetryLook, type RetryStep } from './open-transaction';
import { conditionMet } from '../../handlers/aws/conditional-write';
import { Attr } from '../../src/private/contract';

/** How often an item is read again after something else changed it. */
const ATTEMPTS = 5;
/** Not changed since it was read, not closed, and without a live claim. As in the sweep. */
const UNCHANGED = 'attribute_not_exists(#closedAt) AND #sweepAt = :seen AND (attribute_not_exists(#claimedAt) OR #claimedAt < :deadBefore)';

/** The outcome for one transaction. */
export type SweepReturn =
  | { readonly outcome: 'returned' }
  | { readonly outcome: 'settled' | 'impossible'; readonly reason: string };

/** The items of transactions that go back to the sweep. */
export class SweepQueue {
  constructor(private readonly client: DynamoDBClient, private readonly table: string) {}

  public async decide(key: OpenItemKey, look: RetryLook): Promise<RetryStep> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: key, ConsistentRead: true }));
    return retryStep(Item, look);
  }

  /**
   * Gives a transaction back to the sweep: due now, with all attempts. If the answer of the write is lost, the condition of its
   * repetition fails, and the item shows that it is with the sweep. So each write has its effect once.
   */
  public async return(key: OpenItemKey, look: RetryLook): Promise<SweepReturn> {
    let wasChanged = false;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const step = await this.decide(key, { ...look, includesOpen: look.includesOpen && !wasChanged });
      if (step.step !== 'write') {
        return wasChanged && step.step === 'settled' ? { outcome: 'returned' } : { outcome: step.step, reason: step.reason };
      }
      if (await this.write(key, step, look.now)) {
        return { outcome: 'returned' };
      }
      wasChanged = true;
    }
    return { outcome: 'impossible', reason: 'it changes all the time: run the command again' };
  }

  private async write(key: OpenItemKey, step: Extract<RetryStep, { step: 'write' }>, now: number): Promise<boolean> {
    return conditionMet(this.client.send(new UpdateItemCommand({
      TableName: this.table,
      Key: key,
      UpdateExpression: 'SET #partition = :partition, #sweepAt = :now REMOVE #givenUpAt, #sweeps',
      ConditionExpression: UNCHANGED,
      ExpressionAttributeNames: {
        '#partition': Attr.SWEEP_PARTITION,
        '#sweepAt': Attr.SWEEP_AT,
        '#givenUpAt': Attr.GIVEN_UP_AT,
        '#sweeps': Attr.SWEEPS,
        '#closedAt': Attr.CLOSED_AT,
        '#claimedAt': Attr.CLAIMED_AT,
      },
      ExpressionAttributeValues: {
        ':partition': { S: step.partition },
        ':now': { S: new Date(now).toISOString() },
        ':seen': { S: step.expectedSweepAt },
        ':deadBefore': { S: step.deadBefore },
      },
    })));
  }
}
