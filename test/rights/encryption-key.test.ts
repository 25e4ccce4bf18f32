import { Key, type CfnKey } from 'aws-cdk-lib/aws-kms';
import { resolve } from './cloud/intrinsics';
import { isAllowed } from './policy/evaluate';
import { readStatement, type Statement } from './policy/statement';
import type { HandlerName } from '../../src/private/contract';
import { statementsOf, synthesize, type SynthesizedSystem } from '../support/system';

type KeyUse = [handler: HandlerName, what: string, service: string, actions: readonly string[]];

/**
 * The actions of services with the key on behalf of a function. The emulator
 * does not check keys, so only the policies are evaluated.
 */
const KEY_USES: readonly KeyUse[] = [
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  ['webhook-validator', 'reads secrets', 'secretsmanager', ['kms:Decrypt']],
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  ['webhook-validator', 'uses the table', 'dynamodb', ['kms:Decrypt']],
  ['event-relay', 'uses the table', 'dynamodb', ['kms:Decrypt']],
  ['fraud-detector', 'uses the table', 'dynamodb', ['kms:Decrypt']],
  ['event-relay', 'reads the stream', 'dynamodb', ['kms:Decrypt']],
  ['transaction-archival', 'reads the stream', 'dynamodb', ['kms:Decrypt']],
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  ['event-relay', 'sends to the dead-letter queue', 'sqs', ['kms:GenerateDataKey', 'kms:Decrypt']],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  ['webhook-validator', 'writes a large body to the archive', 's3', ['kms:GenerateDataKey']],
  ['transaction-archival', 'writes to the archive', 's3', ['kms:GenerateDataKey']],
  // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
  ['event-relay', 'writes failed records', 's3', ['kms:GenerateDataKey']],
];

/** The actions of users of a key. The other actions manage the key. */
const USE = /^kms:(Decrypt|DescribeKey|Encrypt|GenerateDataKey\*|ReEncrypt\*)$/;

const HANDLERS: readonly HandlerName[] = ['webhook-validator', 'event-relay', 'fraud-detector', 'transaction-archival'];
const KEY_ID = 'TheKey';
const KEY = 'the ARN of the key';

const plain = synthesize({ environmentSuffix: 'test' });
const encrypted = synthesize((stack) => {
  const encryptionKey = new Key(stack, 'Key');
  (encryptionKey.node.defaultChild as CfnKey).overrideLogicalId(KEY_ID);
  return { environmentSuffix: 'test', encryptionKey };
});

function rightsOf({ template }: SynthesizedSystem, handler: HandlerName): Statement[] {
  const references = {
    ref: (name: string) => name,
    attribute: (id: string, attribute: string) => (id === KEY_ID ? KEY : `${attribute} of ${id}`),
  };
  return statementsOf(template, `${handler}-test`).map((statement) => readStatement(resolve(statement, references)));
}

const isAboutKeys = ({ actions }: Statement) => actions.some((action) => action.startsWith('kms:'));

describe.each(HANDLERS)('with a key of the customer, %s', (handler) => {
  const statements = rightsOf(encrypted, handler);

  test('has only the rights on the key in addition to the usual ones', () => {
    expect(statements.filter((statement) => !isAboutKeys(statement))).toEqual(rightsOf(plain, handler));
  });

  test('can use the key and cannot manage it', () => {
    const ofKeys = statements.filter(isAboutKeys);

    expect(ofKeys.flatMap(({ actions }) => actions).filter((action) => !USE.test(action))).toEqual([]);
    expect(new Set(ofKeys.flatMap(({ resources }) => resources))).toEqual(new Set([KEY]));
  });
});

const isAllowedThrough = (handler: HandlerName, action: string, service: string) => isAllowed(rightsOf(encrypted, handler), {
  action, resource: KEY, context: { 'kms:ViaService': [`${service}.AWS::Region.amazonaws.com`] },
});

test.each(KEY_USES)('with a key of the customer, %s %s', (handler, _, service, actions) => {
  expect(actions.filter((action) => !isAllowedThrough(handler, action, service))).toEqual([]);
});

test.each(HANDLERS)('with a key of the customer, %s cannot call KMS itself or through a service that it does not use', (handler) => {
  expect(isAllowed(rightsOf(encrypted, handler), { action: 'kms:Decrypt', resource: KEY })).toBe(false);
  expect(isAllowedThrough(handler, 'kms:Decrypt', 'ec2')).toBe(false);
});
