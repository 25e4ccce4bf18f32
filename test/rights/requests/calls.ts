import { dynamoDbCalls } from './dynamodb';
import type { KnownResources } from './known-resources';
import { signatureOf, type AwsRequest } from './request';
import type { AuthorizedCall } from '../policy/evaluate';

/** These headers need a right in addition to `s3:PutObject` (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html). */
const HEADERS_WITH_RIGHTS = /^x-amz-(acl|grant-.*|tagging|object-lock-.*)$/;

type ByTarget = (operation: string, input: any, known: KnownResources) => AuthorizedCall[];

/** Services that name the operation in `X-Amz-Target` and accept JSON. */
const JSON_SERVICES: Readonly<Record<string, ByTarget>> = {
  dynamodb: dynamoDbCalls,
  events: (operation, { Entries }, known) => only('PutEvents', operation, Entries.map(({ EventBusName }: { EventBusName: string }) => ({
    action: 'events:PutEvents',
    resource: EventBusName.startsWith('arn:') ? EventBusName : known.arn('events', `event-bus/${EventBusName}`),
  }))),
  secretsmanager: (operation, { SecretId }, known) => only('GetSecretValue', operation, [
    { action: 'secretsmanager:GetSecretValue', resource: known.secretArn(SecretId) },
  ]),
  sqs: (operation, { QueueUrl }, known) => only('SendMessage', operation, [
    { action: 'sqs:SendMessage', resource: known.arn('sqs', QueueUrl.split('/').at(-1)) },
  ]),
  ssm: (operation, { Name }, known) => only('GetParameter', operation, [
    { action: 'ssm:GetParameter', resource: known.arn('ssm', `parameter/${Name.replace(/^\//, '')}`) },
  ]),
};

/** The calls that a request needs rights for. Throws for a request that the proxy does not support. */
export function callsOf(request: AwsRequest, known: KnownResources): AuthorizedCall[] {
  const { service } = signatureOf(request);
  if (service === 's3') {
    return [s3Call(request)];
  }
  if (service === 'sns') {
    return [snsCall(request)];
  }
  const calls = JSON_SERVICES[service];
  const target = request.headers['x-amz-target'];
  if (!calls || typeof target !== 'string') {
    throw new Error(`the proxy does not support ${request.method} ${request.path} of ${service}: add it to test/rights/requests`);
  }
  return calls(target.split('.').at(-1)!, JSON.parse(request.body.toString()), known);
}

function only(known: string, operation: string, calls: AuthorizedCall[]): AuthorizedCall[] {
  if (operation !== known) {
    throw new Error(`the proxy does not support ${operation}: add it to test/rights/requests`);
  }
  return calls;
}

/** SNS has the operation and its parameters in a form (https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html). */
function snsCall({ body }: AwsRequest): AuthorizedCall {
  const form = new URLSearchParams(body.toString());
  const [call] = only('GetTopicAttributes', String(form.get('Action')), [{ action: 'sns:GetTopicAttributes', resource: form.get('TopicArn')! }]);
  return call;
}

function s3Call({ method, path, headers }: AwsRequest): AuthorizedCall {
  const { pathname, searchParams } = new URL(path, 'http://s3');
  const [, bucket, key] = /^\/([^/]+)\/(.+)$/.exec(decodeURIComponent(pathname)) ?? [];
  const extras = [
    ...[...searchParams.keys()].filter((name) => name !== 'x-id'),
    ...Object.keys(headers).filter((name) => HEADERS_WITH_RIGHTS.test(name)),
  ];
  if (method !== 'PUT' || key === undefined || extras.length > 0) {
    throw new Error(`the proxy does not support ${method} ${path} of s3 with ${extras.join(', ')}: add it to test/rights/requests`);
  }
  return { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/${key}` };
}
