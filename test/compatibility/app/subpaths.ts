/* eslint-disable import/no-unresolved -- the test installs the package */
import type { App } from 'aws-cdk-lib';
import { WebhookProcessingSystem, WebhookProvider } from 'cdk-webhook-processing-system';
import { onTransaction } from 'cdk-webhook-processing-system/consumer';
import type { TransactionReceivedDetail } from 'cdk-webhook-processing-system/events';
import { signedWebhook, transactionReceived } from 'cdk-webhook-processing-system/testing';

export const detail: TransactionReceivedDetail = transactionReceived({ amount: 5 }).detail;
export const url = `https://api.example.com${signedWebhook('stripe').path}`;
export const systemOf = (app: App): WebhookProcessingSystem => new WebhookProcessingSystem(app, 'Payments', { providers: [WebhookProvider.stripe()] });
export const handler = onTransaction(async ({ detail: { reference } }) => {
  if (reference === undefined) {
    throw new Error('no reference');
  }
});
