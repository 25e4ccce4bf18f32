import { answerTo, answerToChallenge, answerUnavailable } from '../../../handlers/ingest/answers';
import type { WebhookOutcome } from '../../../handlers/ingest/ingest';

const STORED: WebhookOutcome = { result: 'stored', transactionId: 'stripe:pi_1', eventId: 'evt_1', parsed: true, altered: false };
const DUPLICATE: WebhookOutcome = { result: 'duplicate', transactionId: 'stripe:pi_2', eventId: 'evt_2', parsed: false, altered: false };
const FORGED: WebhookOutcome = { result: 'rejected', reason: 'signature_mismatch' };
// https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers
const SECURE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'strict-transport-security': 'max-age=31536000' };
const json = (statusCode: number, body: object, headers = {}) => (
  { statusCode, headers: { ...SECURE, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
);
const failure = (error: string) => json(503, { error }, { 'retry-after': '30' });

test.each<[WebhookOutcome, object]>([
  [STORED, json(200, { result: 'stored', transaction_id: 'stripe:pi_1' })],
  [DUPLICATE, json(200, { result: 'duplicate', transaction_id: 'stripe:pi_2' })],
  [FORGED, json(401, { error: 'signature_mismatch' })],
  [{ result: 'rejected', reason: 'source_not_allowed' }, json(403, { error: 'source_not_allowed' })],
  [{ result: 'rejected', reason: 'too_many_webhooks' }, json(413, { error: 'too_many_webhooks' })],
  [{ result: 'invalid', violation: { field: 'kind', message: 'is required' } }, json(400, { error: 'invalid_body', field: 'kind', message: 'is required' })],
  [{ result: 'not-a-webhook' }, json(400, { error: 'not_a_webhook' })],
  [{ result: 'unknown-provider' }, json(404, { error: 'unknown_provider' })],
  [{ result: 'too-large' }, json(413, { error: 'body_too_large' })],
  [{ result: 'secret-not-set' }, failure('secret_not_set')],
  [{ result: 'unavailable', error: new Error('with a payload') }, failure('unavailable')],
])('answers %j with its status and body', (outcome, answer) => {
  expect(answerTo({ outcomes: [outcome] })).toEqual(answer);
});

test('asks the provider to retry after an unexpected failure', () => {
  expect(answerUnavailable()).toEqual(failure('unavailable'));
});

test('answers a batch with the result of each webhook', () => {
  expect(answerTo({ outcomes: [STORED, DUPLICATE] })).toEqual(json(200, {
    results: [{ result: 'stored', transaction_id: 'stripe:pi_1' }, { result: 'duplicate', transaction_id: 'stripe:pi_2' }],
  }));
});

test.each([[[STORED, FORGED, DUPLICATE], 401], [[STORED, { result: 'unavailable', error: undefined }], 503]] satisfies [WebhookOutcome[], number][])(
  'answers the whole batch with its failure', (outcomes, statusCode) => {
    expect(answerTo({ outcomes }).statusCode).toBe(statusCode);
  });

describe('a provider that requires its own answer', () => {
  test('gets its own body if all webhooks are stored', () => {
    expect(answerTo({ outcomes: [STORED, DUPLICATE], acknowledgement: { accepted: '[accepted]' } })).toEqual(
      { statusCode: 200, headers: { ...SECURE, 'content-type': 'text/plain' }, body: '[accepted]' });
    expect(answerTo({ outcomes: [STORED, FORGED], acknowledgement: { accepted: '[accepted]' } }).statusCode).toBe(401);
  });

  test('gets its own status for a wrong signature, but not for another failure', () => {
    expect(answerTo({ outcomes: [FORGED], acknowledgement: { rejectedStatus: 498 } })).toEqual(json(498, { error: 'signature_mismatch' }));
    expect(answerTo({ outcomes: [{ result: 'not-a-webhook' }], acknowledgement: { rejectedStatus: 498 } }).statusCode).toBe(400);
  });
});

test('returns the response to a challenge unchanged, and rejects a request without a challenge', () => {
  expect(answerToChallenge('key|signature')).toEqual({ statusCode: 200, headers: { ...SECURE, 'content-type': 'text/plain' }, body: 'key|signature' });
  expect(answerToChallenge(undefined)).toEqual(json(400, { error: 'not_a_challenge' }));
});
