// What CommonJS can import from the installed package.
const NAME = 'cdk-webhook-processing-system';
const { WebhookProcessingSystem } = require(NAME);
const { signedWebhook } = require(`${NAME}/testing`);
const { onTransaction } = require(`${NAME}/consumer`);

if (typeof WebhookProcessingSystem !== 'function' || typeof onTransaction !== 'function' || signedWebhook('stripe').event !== 'charge.succeeded') {
  throw new Error('expected the construct, the helpers for tests and the code for consumers');
}
for (const subpath of ['events', '.jsii', 'package.json', 'lib', 'lib/index', 'lib/index.js', 'schemas/transaction-received.schema.json', 'assets/webhook-validator/Dockerfile']) {
  require.resolve(`${NAME}/${subpath}`);
}
