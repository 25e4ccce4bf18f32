export { transactionAssessed, transactionBlocked, transactionReceived } from './event-builders';
export { goldenEvents } from './golden-events';
export { providerEvents, providerNames, signedWebhook } from './signed-webhook';
