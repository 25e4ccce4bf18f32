import { gzipSync } from 'node:zlib';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AwsJsonClient, JSON_SERVICES } from '../../../handlers/aws/aws-json-client';
import { ServiceException } from '../../../handlers/aws/service-exception';
import { marshal } from '../../../handlers/ingest/transaction-table';
import { ScriptedServer, type ScriptedAnswer } from '../support/scripted-server';

const server = new ScriptedServer();
const ITEM = { transaction_id: 'stripe:pi_1', timestamp: '-#é', live: true, amount_minor: 10n ** 25n, body: gzipSync('raw'), metadata: { cart: '7' } };
/** Parts of a request that describe the SDK and not the call. */
const OF_SDK = /^(user-agent|x-amz-user-agent|amz-sdk-|authorization|x-amz-date|connection|accept|x-amzn-trace-id)/;

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await server.start(), AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'an-id', AWS_SECRET_ACCESS_KEY: 'a-key', AWS_SESSION_TOKEN: 'a-token',
  });
});
beforeEach(() => server.reset());
afterAll(async () => server.stop());

const soon = () => Date.now() + 2_000;
const client = (options = {}) => new AwsJsonClient(JSON_SERVICES.dynamodb, { maxAttempts: 2, attemptMillis: 500, ...options });
const call = async (...answers: ScriptedAnswer[]) => {
  server.reset(...answers);
  return client().call('PutItem', { TableName: 'a-table' }, soon());
};
const failure = async (work: Promise<unknown>) => work.then(() => undefined, (error: unknown) => error);

describe('a request', () => {
  const sent = () => server.requests.map(({ headers, body }) => ({
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_SDK.test(name))), body: JSON.parse(body) as unknown,
  }));

  test('of DynamoDB is the one that the SDK sends', async () => {
    const put = { TableName: 'a-table', Item: marshal(ITEM), ConditionExpression: 'attribute_not_exists(a)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    server.reset('ok', 'ok');

    await client().call('PutItem', put, soon());
    await new DynamoDBClient({}).send(new PutItemCommand({ ...put, Item: { ...put.Item, body: { B: ITEM.body } } } as never));

    const [own, ofSdk] = sent();
    expect(own.body).toEqual(ofSdk.body);
    expect({ ...own.headers, 'content-length': undefined }).toEqual({ ...ofSdk.headers, 'content-length': undefined });
  });

  test('of Secrets Manager is the one that the SDK sends', async () => {
    const get = { SecretId: 'arn:a', VersionStage: 'AWSCURRENT' };
    server.reset('ok', 'ok');

    await new AwsJsonClient(JSON_SERVICES.secretsManager, { maxAttempts: 1, attemptMillis: 500 }).call('GetSecretValue', get, soon());
    await new SecretsManagerClient({}).send(new GetSecretValueCommand(get));

    const [own, ofSdk] = sent();
    expect(own).toEqual(ofSdk);
  });

  test('is signed for the service and the Region, with the token of the role', async () => {
    await call('ok');

    const [{ headers }] = server.requests;
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=an-id\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
    );
    expect(headers['x-amz-security-token']).toBe('a-token');
  });

  test.each([
    ['us-east-1', 'dynamodb.us-east-1.amazonaws.com'],
    ['us-gov-west-1', 'dynamodb.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'dynamodb.cn-north-1.amazonaws.com.cn'],
  ])('in %s goes to the endpoint of the SDK', async (region, host) => {
    const { AWS_ENDPOINT_URL, AWS_REGION } = process.env;
    delete process.env.AWS_ENDPOINT_URL;
    process.env.AWS_REGION = region;
    const own = client();
    try {
      await failure(own.call('PutItem', {}, Date.now()));
      const resolved = await new DynamoDBClient({ accountIdEndpointMode: 'disabled' }).config.endpointProvider({ Region: region, UseDualStack: false, UseFIPS: false });

      expect((own as unknown as { connection: { endpoint: URL } }).connection.endpoint.host).toBe(host);
      expect(resolved.url.host).toBe(host);
    } finally {
      Object.assign(process.env, { AWS_ENDPOINT_URL, AWS_REGION });
    }
  });

  test('reuses the connection', async () => {
    await call('ok');
    const { connections } = server;
    await call('ok');

    expect(server.connections).toBe(connections);
  });
});

describe('an answer', () => {
  test('is returned', async () => {
    expect(await call({ body: { Attributes: { a: { S: 'é' } } } })).toEqual({ Attributes: { a: { S: 'é' } } });
  });

  test('with an error throws it with its code and members', async () => {
    const error = await failure(call({ status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'not met', Item: { a: { S: '1' } } } }));

    expect(error).toBeInstanceOf(ServiceException);
    expect(error).toMatchObject({ name: 'ConditionalCheckFailedException', message: 'not met', isRefusal: true, fields: { Item: { a: { S: '1' } } } });
  });

  test.each<[string, ScriptedAnswer]>([
    ['without a type', { status: 400, body: {} }],
    ['that is not JSON', { status: 403, text: '<html>' }],
    ['that is not an object', { status: 200, text: 'null' }],
  ])('%s throws an unknown error, and is not retried', async (_, answer) => {
    expect(await failure(call(answer))).toMatchObject({ name: 'UnknownError', message: 'UnknownError' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a call is retried once', () => {
  test.each<[string, ScriptedAnswer]>([
    ['the connection breaks before the answer', 'hang up'],
    ['the connection breaks within the answer', 'truncated'],
    ['no answer comes', 'silence'],
    ['the answer stops', 'stopped'],
    ['the service fails', { status: 500, body: { __type: 'InternalServerError' } }],
    ['a server answers for it', { status: 503, text: '<html>' }],
    ['the service fails in another way', { status: 507, body: { __type: 'Other' } }],
    ['the service throttles', { status: 400, body: { __type: 'ThrottlingException' } }],
    ['the capacity is exceeded', { status: 400, body: { __type: 'ProvisionedThroughputExceededException' } }],
  ])('if %s', async (_, answer) => {
    expect(await call(answer, 'ok')).toEqual({});
    expect(server.requests).toHaveLength(2);
  });

  test('and then fails with the last error', async () => {
    expect(await failure(call('silence', { status: 500, body: { __type: 'InternalServerError' } }))).toMatchObject({ name: 'InternalServerError', isRefusal: false });
    expect(await failure(call('hang up', 'silence'))).toMatchObject({ name: 'TimeoutError' });
  });

  test.each(['ConditionalCheckFailedException', 'TransactionCanceledException', 'AccessDeniedException', 'ValidationException'])('and not after %s', async (type) => {
    expect(await failure(call({ status: 400, body: { __type: type } }))).toMatchObject({ name: type });
    expect(server.requests).toHaveLength(1);
  });

  test('and not after the deadline', async () => {
    server.reset('silence', 'ok');
    const begin = Date.now();

    expect(await failure(client({ attemptMillis: 5_000 }).call('PutItem', {}, begin + 100))).toMatchObject({ name: 'TimeoutError' });
    expect(Date.now() - begin).toBeLessThan(2_000);
    expect(server.requests).toHaveLength(1);
  });
});

test.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('names %s if it is missing', async (name) => {
  const { [name]: value } = process.env;
  delete process.env[name];
  try {
    expect(await failure(client().call('PutItem', {}, soon()))).toMatchObject({ message: `the environment variable ${name} is not set` });
  } finally {
    process.env[name] = value;
  }
});
