export { WebhookProcessingSystem } from 'cdk-webhook-processing-system';
export { onTransaction } from 'cdk-webhook-processing-system/consumer';
export { signedWebhook } from 'cdk-webhook-processing-system/testing';
