import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { samples } from '../../../handlers/providers/stripe/samples';
import { Env } from '../../../src/private/contract';
import { stripeCharge } from '../../../test/cost/stripe-webhooks';
import { TIERS } from '../../../test/handlers/support/items';
import { proxyEvent } from '../../../test/handlers/support/webhooks';
import { fromWire, type WireItem } from '../../../test/handlers/support/wire-item';
import type { StubCall } from '../../processes/aws-stub';
import type { ProcessPool } from '../../processes/process-pool';

export const TABLE = 'transactions';
/** The webhooks that are sent in turns: one cycle of the sample, with amounts of each tier. */
const WEBHOOKS = 20;

/** The variables of a validator with one provider. */
export const VALIDATOR_ENVIRONMENT: Readonly<Record<string, string>> = {
  [Env.PROVIDERS]: JSON.stringify([samples.config]),
  [Env.TIERS]: JSON.stringify(TIERS),
  [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '86400',
  [Env.TABLE_NAME]: TABLE,
  [Env.ARCHIVE_BUCKET_NAME]: 'archive',
  [Env.SYSTEM_NAME]: 'benchmark',
};

/** Webhooks that are signed now, because a signature is valid for five minutes. */
export function stripeEvents(): APIGatewayProxyEvent[] {
  const now = new Date();
  return Array.from({ length: WEBHOOKS }, (_, index) => proxyEvent(stripeCharge(index, now, now), 'stripe'));
}

/** The secret of Stripe, created long ago, so that it has no valid previous version. */
export function serveStripeSecret({ stub }: ProcessPool): void {
  stub.answer('GetSecretValue', { SecretString: samples.secret, CreatedDate: 0 });
}

/** The item of a `PutItem`. Its bytes are in base64. */
export function wireItemOf({ body }: StubCall): WireItem {
  return (JSON.parse(Buffer.from(body).toString()) as { readonly Item: WireItem }).Item;
}

/** The item of a `PutItem`, as the SDK represents it. */
export function itemOf(call: StubCall): Readonly<Record<string, AttributeValue>> {
  return fromWire(wireItemOf(call));
}
