import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { client } from './assessment-client';
import { amountCountsKey, monthOf } from './rules/amount-counts';
import { countedStep } from './rules/counted-step';
import { AMOUNT_STEP_PREFIX, Attr, Env, NO_EVENT, RecordType, type TransactionDetail } from '../../src/private/contract';
import { required } from '../aws/environment-variables';
import { errorName, log } from '../aws/telemetry';

/** An assessment reads two months. The rest is for people who compare months. */
const DAYS_KEPT = 100;
const SECONDS_PER_DAY = 86_400;
/** The verdict is written, and its alert must not wait for a count. */
const DEADLINE_MILLIS = 1_000;

/**
 * Counts the amount of a payment whose verdict was written. A failure is logged
 * and not retried later: a share of many payments does not depend on one, so
 * neither a lost count nor a repeated one matters.
 *
 * The month is the month of receipt. A signed time can be any time, and could
 * create an item for each month.
 */
export async function countAmount(detail: TransactionDetail): Promise<void> {
  const step = countedStep(detail);
  if (step === undefined) {
    return;
  }
  const month = monthOf(detail.received_at);
  try {
    await client.send(new UpdateItemCommand({
      TableName: required(Env.TABLE_NAME),
      Key: { [Attr.TRANSACTION_ID]: { S: amountCountsKey(detail.currency, month) }, [Attr.TIMESTAMP]: { S: NO_EVENT } },
      UpdateExpression: 'SET #type = :type, #expiresAt = :expiresAt ADD #step :one',
      ExpressionAttributeNames: {
        '#type': Attr.RECORD_TYPE, '#expiresAt': Attr.EXPIRES_AT, '#step': `${AMOUNT_STEP_PREFIX}${step}`,
      },
      ExpressionAttributeValues: { ':type': { S: RecordType.AMOUNT_COUNTS }, ':expiresAt': { N: String(expiryOf(month)) }, ':one': { N: '1' } },
    }), { abortSignal: AbortSignal.timeout(DEADLINE_MILLIS) });
  } catch (error) {
    log('WARN', 'failed to count an amount', { error: errorName(error) });
  }
}

/** Unix seconds of the end of a month, and the days after it that it is kept. */
function expiryOf(month: string): number {
  return Date.parse(`${monthOf(month, -1)}-01T00:00:00.000Z`) / 1_000 + DAYS_KEPT * SECONDS_PER_DAY;
}
