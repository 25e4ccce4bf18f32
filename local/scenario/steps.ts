import { setTimeout as sleep } from 'node:timers/promises';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand, InvokeCommand, UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2, type LambdaClient,
} from '@aws-sdk/client-lambda';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Request } from './request';
import { until, type Step } from './scenario-context';
import { Attr, RecordType, SWEEP_INPUT } from '../../src/private/contract';
import { SUFFIX } from '../emulator/deployment';
import { describeAnswers } from '../observe/describe';
import type { TableItem } from '../observe/observations';

const VALIDATOR = `webhook-validator-${SUFFIX}`;
/** Enough time for an execution to try its claim, which takes a tenth of it. */
const WORKFLOW_MILLIS = 2_000;
const MINUTE = 60_000;

/** Sets up a provider that issues its secret at registration after the deployment, as the README describes. */
export function beforeTheSecretIsSet(request: Request): Step {
  return async ({ clients, outputs, sender, stripeSecret }) => {
    const before = await sender.send(request);
    await clients.secrets.send(new PutSecretValueCommand({ SecretId: outputs.WebhookSecretStripe, SecretString: stripeSecret }));
    await renewValidator(clients.lambda);
    return describeAnswers([before, await sender.send(request)]);
  };
}

/**
 * The validator checks once a minute for a secret that is not set. To avoid
 * this wait, an update without changes makes Lambda restart the function.
 */
async function renewValidator(lambda: LambdaClient): Promise<void> {
  const { Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: VALIDATOR }));
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: VALIDATOR, Timeout }));
  await waitUntilFunctionUpdatedV2({ client: lambda, minDelay: 1, maxDelay: 1, maxWaitTime: 20 }, { FunctionName: VALIDATOR });
}

/** Adds an unrelated item to the table, which the consumers of its stream must ignore. */
export const anOperatorsItem = {
  eventId: 'operator_local_note',
  step: (async ({ clients, outputs }) => {
    await clients.dynamodb.send(new PutItemCommand({
      TableName: outputs.TableName,
      Item: {
        [Attr.TRANSACTION_ID]: { S: 'operator:note' },
        [Attr.TIMESTAMP]: { S: 'note' },
        [Attr.RECORD_TYPE]: { S: 'operator-note' },
        [Attr.EVENT_ID]: { S: 'operator_local_note' },
        [Attr.AMOUNT_MINOR]: { S: 'not a number' },
      },
    }));
    return 'written';
  }) satisfies Step,
};

const ORPHAN = 'evt_local_orphan';

/**
 * Simulates an execution that died after its claim. No other execution can
 * process its transaction until the sweep releases the claim.
 */
export const afterItsClaim = {
  eventId: ORPHAN,
  /** @param modelId a high-value event that was processed; the orphan is a copy of it */
  step: (modelId: string): Step => async ({ clients, outputs, observe }) => {
    const assessed = await until(observe, ({ items }) => items.find((item) => item[Attr.EVENT_ID]?.S === modelId && item[Attr.VERDICT]));
    const orphan = orphanOf(assessed, new Date());
    await clients.dynamodb.send(new PutItemCommand({ TableName: outputs.TableName, Item: orphan }));

    await until(observe, ({ matches }) => matches.find(({ event }) => event.detail.event_id === ORPHAN));
    await sleep(WORKFLOW_MILLIS);
    if ((await observe()).items.some((item) => item[Attr.EVENT_ID]?.S === ORPHAN && item[Attr.VERDICT])) {
      return 'assessed despite an existing claim';
    }

    // Due only now, so that the scheduled sweep cannot interfere.
    await clients.dynamodb.send(new UpdateItemCommand({
      TableName: outputs.TableName,
      Key: { [Attr.TRANSACTION_ID]: orphan[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: orphan[Attr.TIMESTAMP] },
      UpdateExpression: 'SET #sweepAt = :due',
      ExpressionAttributeNames: { '#sweepAt': Attr.SWEEP_AT },
      ExpressionAttributeValues: { ':due': { S: new Date(Date.now() - MINUTE).toISOString() } },
    }));
    const { FunctionError: error } = await clients.lambda.send(new InvokeCommand({
      FunctionName: outputs.RelayFunctionName, Payload: Buffer.from(JSON.stringify(SWEEP_INPUT)),
    }));
    return error ? `the sweep failed: ${error}` : 'swept';
  },
};

/** A copy of an assessed item in its state between the claim and the verdict, 15 minutes ago. */
export function orphanOf(assessed: TableItem, now: Date): TableItem {
  const {
    [Attr.VERDICT]: verdict, [Attr.SCORE]: score, [Attr.REASONS]: reasons, [Attr.RULE_SET]: ruleSet, [Attr.ASSESSED_AT]: assessedAt,
    [Attr.CLOSED_AT]: closedAt, ...item
  } = assessed;
  const minutesFromNow = (minutes: number) => ({ S: new Date(now.getTime() + minutes * MINUTE).toISOString() });
  return {
    ...item,
    [Attr.RECORD_TYPE]: { S: RecordType.TRANSACTION },
    [Attr.TRANSACTION_ID]: { S: 'stripe:ch_local_orphan' },
    [Attr.TIMESTAMP]: { S: `${item[Attr.EVENT_TIME].S}#${ORPHAN}` },
    [Attr.EVENT_ID]: { S: ORPHAN },
    [Attr.RECEIVED_AT]: minutesFromNow(-15),
    [Attr.CLAIM_OWNER]: { S: 'an execution that died' },
    [Attr.CLAIMED_AT]: minutesFromNow(-15),
    [Attr.SWEEP_PARTITION]: { S: '7' },
    [Attr.SWEEP_AT]: minutesFromNow(10),
  };
}
