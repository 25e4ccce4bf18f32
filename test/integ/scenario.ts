import { createHmac } from 'node:crypto';
import { type AwsApiCall, ExpectedResult, type IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, SecretValue } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { type WebhookProcessingSystem, WebhookProvider } from '../../src';

/** A signature over the body only. It is the same at every synthesis, so that the snapshots are stable. */
const SECRET = 'a-secret-of-the-integration-tests';
const BODY = JSON.stringify({ id: 'evt_1', payment: { id: 'pay_1', amount: 1_250_000, currency: 'EUR' } });

/** An app whose templates are the same on every machine. It omits stack traces, which contain absolute paths. */
export function scenarioApp(): App {
  return new App({
    postCliContext: {
      'aws:cdk:disable-creation-stack-traces': true,
      'aws:cdk:disable-stack-trace': true,
    },
  });
}

/** A secret with a fixed value, so that the test can sign. */
export function knownSecret(scope: Construct, id: string, value = SECRET): ISecret {
  return new Secret(scope, id, { secretStringValue: SecretValue.unsafePlainText(value) });
}

/** A provider that signs with the known secret. */
export function testProvider(secret: ISecret): WebhookProvider {
  return WebhookProvider.hmac({
    name: 'integ',
    secrets: [secret],
    signatureHeader: 'X-Integ-Signature',
    fields: { eventId: 'id', transactionId: 'payment.id', amount: 'payment.amount', currency: 'payment.currency' },
  });
}

/** In a real account: posts a webhook of the test provider and awaits its item with a verdict. The key is the table's. */
export function assertWebhookIsAssessed(test: IntegTest, system: WebhookProcessingSystem, key?: IKey): void {
  const item = test.assertions.awsApiCall('DynamoDB', 'getItem', {
    TableName: system.table.tableName,
    Key: { transaction_id: { S: 'integ:pay_1' }, timestamp: { S: '-#evt_1' } },
  }) as AwsApiCall;
  item.expect(ExpectedResult.objectLike({ Item: { verdict: { S: 'approve' } } })).waitForAssertions();
  if (key) {
    // A different function makes the call while the assertion waits.
    for (const provider of [item.provider, item.waiterProvider!]) {
      provider.addToRolePolicy({ Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [key.keyArn] });
    }
  }
  test.assertions
    .httpApiCall(`${system.webhookUrl}/integ`, {
      method: 'POST',
      body: BODY,
      headers: { 'x-integ-signature': createHmac('sha256', SECRET).update(BODY).digest('hex') },
    })
    .expect(ExpectedResult.objectLike({ status: 200 }))
    .next(item);
}
