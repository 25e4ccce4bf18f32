// A CommonJS program that loads an ES module, which loads the package.
const { WebhookProcessingSystem } = require('./library.mjs');

if (WebhookProcessingSystem !== require('cdk-webhook-processing-system').WebhookProcessingSystem) {
  throw new Error('expected a single copy of the package in both module systems');
}
