import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2, type LambdaClient,
} from '@aws-sdk/client-lambda';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Request } from './request';
import type { Step } from './scenario-context';
import { Attr } from '../../src/private/contract';
import { SUFFIX } from '../emulator/deployment';
import { describeAnswers } from '../observe/describe';

const VALIDATOR = `webhook-validator-${SUFFIX}`;

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
