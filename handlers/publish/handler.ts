import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { disputePorts } from './disputes/dispute-store';
import { putEvents } from './events/put-events';
import { relayChanges, type BatchResponse } from './publish';
import { declineEvents } from './screening/decline-events';
import { alertOrigin } from '../alerts/alert-text';
import type { SchemesByProvider } from '../alerts/payment-pages';
import { optionalJson, optionalNumber, required, requiredJson } from '../aws/environment-variables';
import { systemName, withInvocation } from '../aws/telemetry';
import { sweep } from './sweep/sweep';
import { Env, type AssessmentScopeConfig, type REDRIVE_INPUT, type SWEEP_INPUT, type TierConfig } from '../../src/private/contract';

const publisher = { put: putEvents, readDeclines: declineEvents, sleep, random: Math.random };

/**
 * The only publisher of the system. It publishes the changes in the table's
 * stream and, on its schedule, the transactions without a verdict in time. An
 * operator's input `REDRIVE_INPUT` also publishes those that the sweep gave up.
 */
export async function handler(
  event: DynamoDBStreamEvent | typeof SWEEP_INPUT | typeof REDRIVE_INPUT,
  context: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId' | 'invokedFunctionArn'>,
): Promise<BatchResponse | void> {
  const config = {
    eventBusName: required(Env.EVENT_BUS_NAME),
    source: required(Env.EVENT_SOURCE),
    tiers: requiredJson<TierConfig>(Env.TIERS),
    schemes: JSON.parse(process.env[Env.SCHEMES] ?? '{}') as SchemesByProvider,
    origin: alertOrigin(systemName(), context.invokedFunctionArn),
    scope: optionalJson<AssessmentScopeConfig>(Env.ASSESSMENT_SCOPE),
    includeBody: process.env[Env.INCLUDE_BODY] === 'true',
  };
  const remainingMillis = () => context.getRemainingTimeInMillis();
  return withInvocation<BatchResponse | void>(context, async () => 'Records' in event
    ? relayChanges(event.Records, config, { ...publisher, disputes: disputePorts(optionalNumber(Env.BLOCK_DISPUTED_CARDS_SECONDS), remainingMillis) })
    : sweep({ now: Date.now(), all: 'all' in event && event.all, remainingMillis, config, publisher }));
}
