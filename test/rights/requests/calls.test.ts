import { callsOf } from './calls';
import { KNOWN } from './known-for-tests';
import type { AwsRequest } from './request';

function requestTo(service: string, request: Partial<AwsRequest>): AwsRequest {
  const authorization = `AWS4-HMAC-SHA256 Credential=a-key/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
  return { method: 'POST', path: '/', body: Buffer.alloc(0), ...request, headers: { authorization, ...request.headers } };
}
const json = (service: string, target: string, input: object) => requestTo(service, {
  headers: { 'x-amz-target': target }, body: Buffer.from(JSON.stringify(input)),
});
const form = (service: string, input: Record<string, string>) => requestTo(service, { body: Buffer.from(String(new URLSearchParams(input))) });
const put = (path: string, headers: AwsRequest['headers'] = {}) => requestTo('s3', { method: 'PUT', path, headers });

test.each([
  ['DynamoDB', json('dynamodb', 'DynamoDB_20120810.GetItem', { TableName: 'transactions', Key: { transaction_id: { S: 'a' } } }), [
    ['dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:123456789012:table/transactions'],
  ]],
  ['EventBridge', json('events', 'AWSEvents.PutEvents', { Entries: [{ EventBusName: 'arn:bus' }, { EventBusName: 'a-bus' }] }), [
    ['events:PutEvents', 'arn:bus'], ['events:PutEvents', 'arn:aws:events:us-east-1:123456789012:event-bus/a-bus'],
  ]],
  ['Secrets Manager', json('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId: 'arn:secret' }), [
    ['secretsmanager:GetSecretValue', 'arn:secret-a1b2c3'],
  ]],
  ['SQS', json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: 'http://sqs.test/123456789012/a-queue' }), [
    ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:123456789012:a-queue'],
  ]],
  ['SSM', json('ssm', 'AmazonSSM.GetParameter', { Name: '/a/parameter' }), [
    ['ssm:GetParameter', 'arn:aws:ssm:us-east-1:123456789012:parameter/a/parameter'],
  ]],
  ['SNS', form('sns', { Action: 'GetTopicAttributes', TopicArn: 'arn:aws:sns:us-east-1:123456789012:a-topic' }), [
    ['sns:GetTopicAttributes', 'arn:aws:sns:us-east-1:123456789012:a-topic'],
  ]],
  ['S3', put('/a-bucket/year%3D2026/an%20object?x-id=PutObject'), [['s3:PutObject', 'arn:aws:s3:::a-bucket/year=2026/an object']]],
])('reads a request to %s', (_, request, calls) => {
  expect(callsOf(request, KNOWN).map(({ action, resource }) => [action, resource])).toEqual(calls);
});

test.each([
  ['a service', json('lambda', 'Lambda.Invoke', {})],
  ['a request without a target', requestTo('sqs', {})],
  ['an operation of EventBridge', json('events', 'AWSEvents.PutRule', { Entries: [] })],
  ['an operation of Secrets Manager', json('secretsmanager', 'secretsmanager.PutSecretValue', { SecretId: 'a' })],
  ['an operation of SQS', json('sqs', 'AmazonSQS.SendMessageBatch', { QueueUrl: 'a' })],
  ['an operation of SNS', form('sns', { Action: 'Publish', TopicArn: 'arn:a-topic' })],
  ['a request to SNS without an operation', requestTo('sns', {})],
  ['an operation of SSM', json('ssm', 'AmazonSSM.GetParameters', { Name: 'a' })],
  ['another method of S3', requestTo('s3', { method: 'GET', path: '/a-bucket/an-object' })],
  ['an operation on a bucket', put('/a-bucket')],
  ['a query parameter of S3', put('/a-bucket/an-object?tagging')],
  ['a header that needs an additional right', put('/a-bucket/an-object', { 'x-amz-acl': 'public-read' })],
])('throws for an unsupported request: %s', (_, request) => {
  expect(() => callsOf(request, KNOWN)).toThrow('the proxy does not support');
});

test('throws for a request that is not signed', () => {
  expect(() => callsOf({ ...put('/a-bucket/an-object'), headers: {} }, KNOWN)).toThrow('not signed');
});
