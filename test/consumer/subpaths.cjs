// What CommonJS can import from the installed package.
const NAME = 'cdk-webhook-processing-system';
const { WebhookProcessingSystem } = require(NAME);
const { signedWebhook } = require(`${NAME}/testing`);

if (typeof WebhookProcessingSystem !== 'function' || signedWebhook('stripe').event !== 'charge.succeeded') {
  throw new Error('expected the construct and the helpers for tests');
}
for (const subpath of ['events', '.jsii', 'package.json', 'lib', 'lib/index', 'lib/index.js', 'schemas/transaction-received.schema.json', 'assets/webhook-validator/Dockerfile']) {
  require.resolve(`${NAME}/${subpath}`);
}
