/**
 * A handler in the way of most tutorials: the provider's library verifies the
 * webhook, zod validates it, the document client stores it, and Powertools logs.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import Stripe from 'stripe';
import { z } from 'zod';

const logger = new Logger({ serviceName: 'webhooks' });
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const secrets = new SecretsManagerClient({});
const stripe = new Stripe('sk_test_any');

const Charge = z.object({
  id: z.string(),
  amount: z.number().int(),
  currency: z.string().length(3),
  customer: z.string().nullable(),
  payment_intent: z.string().nullable(),
  status: z.enum(['succeeded', 'pending', 'failed']),
  metadata: z.record(z.string(), z.string()),
});
const ChargeEvent = z.object({ id: z.string(), type: z.string(), created: z.number(), livemode: z.boolean(), data: z.object({ object: Charge }) });

let secret: string | undefined;

async function signingSecret(): Promise<string> {
  secret ??= (await secrets.send(new GetSecretValueCommand({ SecretId: 'stripe' }))).SecretString!;
  return secret;
}

export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  logger.addContext(context);
  const body = Buffer.from(event.body!, 'base64').toString();
  const signature = event.headers['Stripe-Signature'] ?? event.headers['stripe-signature']!;
  const verified = stripe.webhooks.constructEvent(body, signature, await signingSecret());
  const { id, type, created, data: { object: charge } } = ChargeEvent.parse(verified);
  try {
    await table.send(new PutCommand({
      TableName: 'transactions',
      Item: {
        transaction_id: charge.id,
        timestamp: new Date(created * 1_000).toISOString(),
        event_id: id,
        type,
        amount: charge.amount,
        currency: charge.currency,
        customer: charge.customer,
        payment_intent: charge.payment_intent,
        status: charge.status,
        received_at: new Date().toISOString(),
        body,
      },
      ConditionExpression: 'attribute_not_exists(transaction_id)',
    }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
  }
  logger.info('processed webhook', { eventId: id, chargeId: charge.id, type });
  return { statusCode: 200, body: JSON.stringify({ received: true }) };
}
