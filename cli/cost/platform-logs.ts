import type { FunctionSettings } from './priced-deployment';

/** The bytes that CloudWatch adds to each log event (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutLogEvents.html). */
const EVENT_OVERHEAD = 26;

/** The ids of an invocation. All have this length. */
export const REQUEST_ID = '79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36';
export const TRACE_ID = '1-6841a2b3-0a1b2c3d4e5f60718293a4b5';
const TIME = '2026-06-30T12:00:00.000Z';
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:webhook-validator-prod';
const METRICS = { durationMs: 12.34, billedDurationMs: 13, memorySizeMB: 1024, maxMemoryUsedMB: 118 };

/** Lambda's log lines for a successful invocation, by format and by the highest level that writes them. */
const TEXT_LINES = [
  `START RequestId: ${REQUEST_ID} Version: $LATEST\n`,
  `END RequestId: ${REQUEST_ID}\n`,
  `REPORT RequestId: ${REQUEST_ID}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 1024 MB\tMax Memory Used: 118 MB\t\n`,
];
const INFO_LINES = [
  { time: TIME, type: 'platform.start', record: { requestId: REQUEST_ID, functionArn: ARN, version: '$LATEST' } },
  { time: TIME, type: 'platform.report', record: { requestId: REQUEST_ID, metrics: METRICS, status: 'success' } },
].map((line) => JSON.stringify(line));
const DEBUG_LINES = [
  { time: TIME, type: 'platform.runtimeDone', record: { requestId: REQUEST_ID, status: 'success', metrics: { durationMs: 12.1, producedBytes: 84 } } },
].map((line) => JSON.stringify(line));

/** The bytes of log events as CloudWatch bills them. */
export function loggedBytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + EVENT_OVERHEAD, 0);
}

/**
 * The bytes that Lambda itself logs for a successful invocation. In text format
 * it cannot be disabled. In JSON, `start` and `report` have the level INFO,
 * `runtimeDone` has DEBUG, and WARN keeps only failures
 * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html).
 */
export function platformBytes({ logFormat, systemLogLevel }: FunctionSettings): number {
  if (logFormat === 'Text') {
    return loggedBytes(TEXT_LINES);
  }
  return loggedBytes({ WARN: [], INFO: INFO_LINES, DEBUG: [...INFO_LINES, ...DEBUG_LINES] }[systemLogLevel]);
}

/** Sample values of API Gateway, by the end of the variable's name. Other values have the length of a short word. */
const CONTEXT_VALUES: Readonly<Record<string, string>> = {
  requestId: REQUEST_ID,
  extendedRequestId: 'Q1cQxGGXoAMEVhQ=',
  awsEndpointRequestId: REQUEST_ID,
  requestTime: '30/Jun/2026:12:00:00 +0000',
  sourceIp: '198.51.100.123',
  userAgent: 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
  path: '/prod/webhook/stripe',
  integrationErrorMessage: '-',
  tlsVersion: 'TLSv1.3',
  cipherSuite: 'TLS_AES_128_GCM_SHA256',
};

/** The line in the access log for one request. */
export function accessLogBytes(format: string): number {
  return loggedBytes([format.replace(/\$context\.[\w.]+/g, (variable) => CONTEXT_VALUES[variable.split('.').at(-1)!] ?? '0000')]);
}
