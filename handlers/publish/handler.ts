import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { putEvents } from './events/put-events';
import { relayChanges, type BatchResponse } from './publish';
import { alertOrigin } from '../alerts/alert-text';
import type { SchemesByProvider } from '../alerts/payment-pages';
import { required, requiredJson } from '../aws/environment-variables';
import { systemName, withInvocation } from '../aws/telemetry';
import { sweep } from './sweep/sweep';
import { Env, type SWEEP_INPUT, type TierConfig } from '../../src/private/contract';

const publisher = { put: putEvents, sleep, random: Math.random };

/**
 * The only publisher of the system. It publishes the changes in the table's
 * stream and, on its schedule, the transactions without a verdict in time.
 */
export async function handler(
  event: DynamoDBStreamEvent | typeof SWEEP_INPUT, context: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId' | 'invokedFunctionArn'>,
): Promise<BatchResponse | void> {
  const config = {
    eventBusName: required(Env.EVENT_BUS_NAME),
    source: required(Env.EVENT_SOURCE),
    tiers: requiredJson<TierConfig>(Env.TIERS),
    schemes: JSON.parse(process.env[Env.SCHEMES] ?? '{}') as SchemesByProvider,
    origin: alertOrigin(systemName(), context.invokedFunctionArn),
    includeBody: process.env[Env.INCLUDE_BODY] === 'true',
  };
  const run = () => sweep({ now: Date.now(), remainingMillis: () => context.getRemainingTimeInMillis(), config, publisher });
  return withInvocation<BatchResponse | void>(context, async () => 'Records' in event ? relayChanges(event.Records, config, publisher) : run());
}
