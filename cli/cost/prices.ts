/** The date when the prices were compared with their source pages. */
export const PRICES_AS_OF = '2026-11-28';
export const REGION = 'us-east-1';

/** A list price in USD, without the free tier and at the first tier of a volume discount. */
export interface Price {
  readonly what: string;
  readonly usd: number;
  /** The number of units that the price is for. */
  readonly per: number;
  readonly unit: string;
  readonly source: string;
}

const THOUSAND = 1_000;
const MILLION = 1_000_000;
const API_GATEWAY = 'https://aws.amazon.com/api-gateway/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const KMS = 'https://aws.amazon.com/kms/pricing/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const SECRETS_MANAGER = 'https://aws.amazon.com/secrets-manager/pricing/';
const SNS = 'https://aws.amazon.com/sns/pricing/';
const STEP_FUNCTIONS = 'https://aws.amazon.com/step-functions/pricing/';

export const PRICES = {
  apiRequest: price('API Gateway, REST API', 3.5, MILLION, 'requests', API_GATEWAY),
  httpApiRequest: price('API Gateway, HTTP API', 1, MILLION, 'requests of 512 KB', API_GATEWAY),
  dataOut: price('Data transfer to the internet', 0.09, 1, 'GB', 'https://aws.amazon.com/ec2/pricing/on-demand/'),
  trace: price('X-Ray, traces recorded', 5, MILLION, 'traces', 'https://aws.amazon.com/xray/pricing/'),
  lambdaRequest: price('Lambda, requests', 0.2, MILLION, 'requests', LAMBDA),
  lambdaDuration: price('Lambda, duration on Arm', 13.3334, MILLION, 'GB-seconds', LAMBDA),
  provisionedConcurrency: price('Lambda, provisioned concurrency on Arm', 3.3334, MILLION, 'GB-seconds', LAMBDA),
  provisionedDuration: price('Lambda, duration on Arm with provisioned concurrency', 7.7778, MILLION, 'GB-seconds', LAMBDA),
  write: price('DynamoDB, on-demand writes of a single Region', 0.625, MILLION, 'write request units', DYNAMODB),
  read: price('DynamoDB, on-demand reads', 0.125, MILLION, 'read request units', DYNAMODB),
  tableStorage: price('DynamoDB, storage', 0.25, 1, 'GB-month', DYNAMODB),
  recovery: price('DynamoDB, point-in-time recovery', 0.2, 1, 'GB-month', DYNAMODB),
  event: price('EventBridge, custom events', 1, MILLION, 'events of 64 KB', 'https://aws.amazon.com/eventbridge/pricing/'),
  execution: price('Step Functions, Express requests', 1, MILLION, 'requests', STEP_FUNCTIONS),
  executionDuration: price('Step Functions, Express duration', 0.06, 1, 'GB-hour', STEP_FUNCTIONS),
  logIngestion: price('CloudWatch Logs, ingestion', 0.5, 1, 'GB', CLOUDWATCH),
  logStorage: price('CloudWatch Logs, storage', 0.03, 1, 'GB-month, compressed', CLOUDWATCH),
  alarm: price('CloudWatch, alarms', 0.1, 1, 'alarm metric per month', CLOUDWATCH),
  compositeAlarm: price('CloudWatch, composite alarms', 0.5, 1, 'composite alarm per month', CLOUDWATCH),
  metric: price('CloudWatch, custom metrics', 0.3, 1, 'metric per month', CLOUDWATCH),
  dashboard: price('CloudWatch, dashboards', 3, 1, 'dashboard per month', CLOUDWATCH),
  publish: price('SNS, publishes', 0.5, MILLION, 'requests of 64 KB', SNS),
  email: price('SNS, email deliveries', 2, 100_000, 'emails', SNS),
  put: price('S3, PUT requests', 0.005, THOUSAND, 'requests', S3),
  standardStorage: price('S3 Standard, storage', 0.023, 1, 'GB-month', S3),
  infrequentStorage: price('S3 Standard-IA, storage', 0.0125, 1, 'GB-month', S3),
  glacierStorage: price('S3 Glacier Flexible Retrieval, storage', 0.0036, 1, 'GB-month', S3),
  infrequentTransition: price('S3, transitions to Standard-IA', 0.01, THOUSAND, 'requests', S3),
  glacierTransition: price('S3, transitions to Glacier Flexible Retrieval', 0.03, THOUSAND, 'requests', S3),
  secret: price('Secrets Manager, secrets', 0.4, 1, 'secret per month', SECRETS_MANAGER),
  secretRead: price('Secrets Manager, API calls', 0.05, 10_000, 'calls', SECRETS_MANAGER),
  key: price('KMS, customer-managed keys', 1, 1, 'key per month', KMS),
  keyRequest: price('KMS, requests', 0.03, 10_000, 'requests', KMS),
} as const;

function price(what: string, usd: number, per: number, unit: string, source: string): Price {
  return { what, usd, per, unit, source };
}

/** The cost of a quantity in USD. */
export function costOf(quantity: number, { usd, per }: Price): number {
  return quantity / per * usd;
}

/** A quantity of something that has a price. */
export interface BilledQuantity {
  readonly quantity: number;
  readonly price: Price;
}

/** The cost of some charges in USD. */
export function chargesOf(charges: readonly BilledQuantity[]): number {
  return charges.reduce((total, { quantity, price: each }) => total + costOf(quantity, each), 0);
}
