import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { fetchCertificate } from './adapters/certificates';
import { optionalNumber, required, requiredJson } from './adapters/environment';
import { SecretCache } from './adapters/secrets';
import { SourceRanges } from './adapters/source-ranges';
import { count, errorName, log } from './adapters/telemetry';
import { storeOnce } from './adapters/transaction-writer';
import { answerTo, answerToChallenge, unavailable } from './core/answers';
import { challenge, receive, type Outcome, type ReceptionPorts } from './core/reception';
import { parseRequest } from './core/webhook-request';
import { Env, Metric, type ProviderConfig } from '../src/private/contract';

/** Read at load: a deployment that lacks one fails at once, and loudly. */
const providers = requiredJson<ProviderConfig[]>(Env.PROVIDERS);
const ports: ReceptionPorts = {
  providers,
  sources: new SourceRanges(providers),
  tiers: requiredJson(Env.TIERS),
  retentionSeconds: optionalNumber(Env.TRANSACTION_RETENTION_SECONDS),
  secrets: new SecretCache(Number(required(Env.PREVIOUS_SECRET_GRACE_SECONDS))),
  certificates: fetchCertificate,
  store: storeOnce,
};

/**
 * Behind `POST /webhook/{provider}`: verifies a webhook, stores it once and
 * acknowledges it. Whatever fails on our side is answered so that the provider
 * sends it again; an exception would do the same, but say less. GET is open
 * only where a provider checks the endpoint by it.
 */
export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  try {
    const now = new Date();
    const request = parseRequest(event);
    if (event.httpMethod === 'GET') {
      const { response, refusal } = await challenge(request, event.queryStringParameters ?? {}, ports, now);
      if (!refusal) {
        return answerToChallenge(response);
      }
      record(refusal);
      return answerTo({ outcomes: [refusal] });
    }
    const reception = await receive(request, ports, now);
    reception.outcomes.forEach(record);
    return answerTo(reception);
  } catch (error) {
    recordFailure(error);
    return unavailable();
  }
};

/** Counts an outcome; nothing that the sender chose gets into the log. */
function record(outcome: Outcome): void {
  switch (outcome.result) {
    case 'stored':
    case 'duplicate':
      count(outcome.result === 'stored' ? Metric.STORED : Metric.DUPLICATE);
      if (!outcome.understood) {
        count(Metric.NOT_UNDERSTOOD);
      }
      break;
    case 'secret-not-set':
      count(Metric.SECRET_NOT_SET);
      log('ERROR', 'a provider has no usable secret');
      break;
    case 'unavailable':
      recordFailure(outcome.error);
      break;
    case 'refused':
      count(Metric.REFUSED);
      log('WARN', 'a webhook was refused', { ...outcome });
      break;
    default:
      count(Metric.REFUSED);
      log('WARN', 'a webhook was refused', { result: outcome.result });
  }
}

function recordFailure(error: unknown): void {
  log('ERROR', 'a webhook could not be taken in', { error: errorName(error) });
}
