import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answerTo, answerToChallenge, answerUnavailable } from './answers';
import { fetchCertificate } from './certificates';
import { GuestIds } from './guest-ids';
import { challenge, ingest, type WebhookOutcome, type IngestPorts } from './ingest';
import { SecretCache } from './secrets';
import { SourceRanges } from './source-ranges';
import { storeOnce } from './transaction-writer';
import { Env, Metric, type ProviderConfig } from '../../src/private/contract';
import { optionalNumber, required, requiredJson } from '../aws/environment-variables';
import { count, errorName, log } from '../aws/telemetry';
import { loadScheme } from '../providers/registry';
import { parseRequest } from '../providers/shared/webhook-request';

/** Read at load, so that a deployment without one fails immediately. */
const providers = requiredJson<ProviderConfig[]>(Env.PROVIDERS);
// Load the schemes during initialization, so that the first webhook does not wait for them.
providers.forEach(({ scheme }) => loadScheme(scheme));
const guestKeyArn = process.env[Env.GUEST_KEY_ARN];
const ports: IngestPorts = {
  providers,
  sources: new SourceRanges(providers),
  tiers: requiredJson(Env.TIERS),
  retentionSeconds: optionalNumber(Env.TRANSACTION_RETENTION_SECONDS),
  secrets: new SecretCache(Number(required(Env.PREVIOUS_SECRET_GRACE_SECONDS))),
  certificates: fetchCertificate,
  guests: guestKeyArn === undefined ? undefined : new GuestIds(guestKeyArn),
  store: storeOnce,
};

/**
 * Serves `POST /webhook/{provider}`: verifies a webhook, stores it once and
 * acknowledges it. After an internal failure, the answer makes the provider
 * retry. GET is open only for providers that check the endpoint with it.
 */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  try {
    const now = new Date();
    const request = parseRequest(event);
    if (event.httpMethod === 'GET') {
      const { response, rejection } = await challenge(request, event.queryStringParameters ?? {}, ports, now);
      if (!rejection) {
        return answerToChallenge(response);
      }
      record(rejection);
      return answerTo({ outcomes: [rejection] });
    }
    const result = await ingest(request, ports, now);
    result.outcomes.forEach(record);
    return answerTo(result);
  } catch (error) {
    recordFailure(error);
    return answerUnavailable();
  }
};

/** Counts an outcome. The log contains no values that the sender chose, except the id of a stored transaction. */
function record(outcome: WebhookOutcome): void {
  switch (outcome.result) {
    case 'stored':
    case 'duplicate':
      count(outcome.result === 'stored' ? Metric.STORED : Metric.DUPLICATE);
      if (!outcome.parsed) {
        count(Metric.UNPARSED);
      }
      if (outcome.altered) {
        count(Metric.ALTERED);
        log('WARN', 'duplicate webhook has another body', { ...outcome.altered });
      }
      if (outcome.omittedMetadata) {
        log('WARN', 'left out metadata that is too long or not a text', { transactionId: outcome.transactionId, keys: outcome.omittedMetadata.join() });
      }
      break;
    case 'secret-not-set':
      count(Metric.SECRET_NOT_SET);
      log('ERROR', 'provider has no usable secret');
      break;
    case 'too-large':
      count(Metric.TOO_LARGE);
      log('ERROR', 'webhook is too large to store');
      break;
    case 'unavailable':
      recordFailure(outcome.error);
      break;
    case 'rejected':
      count(Metric.REJECTED);
      log('WARN', 'rejected webhook', { ...outcome });
      break;
    default:
      count(Metric.REJECTED);
      log('WARN', 'rejected webhook', { result: outcome.result });
  }
}

function recordFailure(error: unknown): void {
  log('ERROR', 'failed to process webhook', { error: errorName(error) });
}
