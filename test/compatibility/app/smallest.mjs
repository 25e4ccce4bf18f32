import { App, Stack } from 'aws-cdk-lib';
import { WebhookProcessingSystem } from 'cdk-webhook-processing-system';

const app = new App();
new WebhookProcessingSystem(new Stack(app, 'Payments'), 'Payments');
