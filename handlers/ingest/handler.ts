import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { answerTo, answerToChallenge, answerUnavailable } from './answers';
import { fetchCertificate } from './certificates';
import { ContactHashes } from './contact-hashes';
import { challenge, findProvider, ingest, type WebhookOutcome, type IngestPorts } from './ingest';
import { SecretCache } from './secrets';
import { SourceRanges } from './source-ranges';
import { storeOnce } from './transaction-writer';
import { Env, Metric, type ProviderConfig } from '../../src/private/contract';
import { optionalNumber, required, requiredJson } from '../aws/environment-variables';
import { errorName, log, logAndCount, withInvocation, withLogFields } from '../aws/telemetry';
import { idForLog } from '../domain/identifier';
import { loadScheme } from '../providers/registry';
import { parseRequest, type WebhookRequest } from '../providers/shared/webhook-request';

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
  contactHashes: guestKeyArn === undefined ? undefined : new ContactHashes(guestKeyArn),
  store: storeOnce,
};

/**
 * Serves `POST /webhook/{provider}`: verifies a webhook, stores it once and
 * acknowledges it. After an internal failure, the answer makes the provider
 * retry. GET is open only for providers that check the endpoint with it.
 */
export const handler = async (event: APIGatewayProxyEvent, context?: Pick<Context, 'awsRequestId'>): Promise<APIGatewayProxyResult> =>
  withInvocation(context, async () => orUnavailable(async () => {
    const request = parseRequest(event);
    // The name in the path can be anything. Only a configured one is logged and counted.
    const provider = findProvider(request, providers)?.name;
    return withLogFields({ provider }, async () => orUnavailable(async () => (
      event.httpMethod === 'GET' ? serveCheck(event, request, provider) : serveWebhook(request, provider)
    )));
  }));

async function serveWebhook(request: WebhookRequest, provider: string | undefined): Promise<APIGatewayProxyResult> {
  const result = await ingest(request, ports, new Date());
  result.outcomes.forEach((outcome) => record(outcome, provider));
  return answerTo(result);
}

async function serveCheck(
  { queryStringParameters }: APIGatewayProxyEvent, request: WebhookRequest, provider: string | undefined,
): Promise<APIGatewayProxyResult> {
  const { response, rejection } = await challenge(request, queryStringParameters ?? {}, ports, new Date());
  if (!rejection) {
    return answerToChallenge(response);
  }
  record(rejection, provider);
  return answerTo({ outcomes: [rejection] });
}

async function orUnavailable(serve: () => Promise<APIGatewayProxyResult>): Promise<APIGatewayProxyResult> {
  try {
    return await serve();
  } catch (error) {
    recordFailure(error);
    return answerUnavailable();
  }
}

/**
 * Writes one line for an outcome, which also counts it. It contains no values
 * that the sender chose, except the ids of a stored transaction and its event,
 * which must look like ids.
 */
function record(outcome: WebhookOutcome, provider: string | undefined): void {
  const { result } = outcome;
  switch (outcome.result) {
    case 'stored':
    case 'duplicate': {
      const transactionId = idForLog(outcome.transactionId);
      const eventId = idForLog(outcome.eventId);
      logAndCount('INFO', 'processed webhook', { result, transactionId, eventId }, [
        outcome.result === 'stored' ? Metric.STORED : Metric.DUPLICATE,
        ...outcome.parsed ? [] : [Metric.UNPARSED],
        ...outcome.altered ? [Metric.ALTERED] : [],
      ], provider);
      if (outcome.altered) {
        log('WARN', 'duplicate webhook has another body', { result });
      }
      if (outcome.omittedMetadata) {
        log('WARN', 'left out metadata that is too long or not a text', { result, transactionId, eventId, keys: outcome.omittedMetadata.join() });
      }
      break;
    }
    case 'secret-not-set':
      logAndCount('ERROR', 'provider has no usable secret', { result }, [Metric.SECRET_NOT_SET], provider);
      break;
    case 'unavailable':
      recordFailure(outcome.error);
      break;
    case 'rejected': {
      const { reason } = outcome;
      logAndCount('WARN', 'rejected webhook', { result, reason }, [
        Metric.REJECTED, ...reason === 'signature_mismatch' || reason === 'body_not_exact' ? [Metric.MISMATCHED] : [],
      ], provider);
      break;
    }
    default:
      logAndCount('WARN', 'rejected webhook', { result }, [Metric.REJECTED], provider);
  }
}

function recordFailure(error: unknown): void {
  log('ERROR', 'failed to process webhook', { result: 'unavailable', error: errorName(error) });
}
