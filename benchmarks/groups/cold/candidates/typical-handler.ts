import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import Stripe from 'stripe';
import { z } from 'zod';

const logger = new Logger({ serviceName: 'webhooks' });
const metrics = new Metrics({ namespace: 'Webhooks', serviceName: 'webhooks' });
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const secretsManager = new SecretsManagerClient({});
const stripe = new Stripe('sk_not_used');
const Payment = z.object({ id: z.string(), amount: z.number().int(), currency: z.string().length(3), customer: z.string().nullish() });
let secret: string | undefined;

/** The same job as most tutorials write it: document client, logger, metrics, the provider's library and a schema. */
export const handler = async ({ body, headers }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  secret ??= (await secretsManager.send(new GetSecretValueCommand({ SecretId: 'arn:stripe' }))).SecretString!;
  const raw = Buffer.from(body!, 'base64');
  const event = stripe.webhooks.constructEvent(raw, headers['Stripe-Signature'] ?? headers['stripe-signature']!, secret);
  const payment = Payment.parse(event.data.object);
  try {
    await table.send(new PutCommand({
      TableName: 'the-table',
      Item: { transaction_id: payment.id, timestamp: event.id, ...payment, body: raw.toString() },
      ConditionExpression: 'attribute_not_exists(transaction_id)',
    }));
    metrics.addMetric('Stored', MetricUnit.Count, 1);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
    metrics.addMetric('Duplicate', MetricUnit.Count, 1);
  }
  logger.info('processed webhook', { eventId: event.id });
  metrics.publishStoredMetrics();
  return { statusCode: 200, body: '{}' };
};
