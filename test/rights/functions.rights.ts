import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { Duration } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { Cloud } from './cloud/cloud';
import type { DeployedFunction } from './cloud/deployed-function';
import type { DeployedSystem } from './cloud/deployed-system';
import { CERTIFICATE_URL } from '../../handlers/providers/paypal/sample-certificates';
import { payPalEvent, payPalSender, samples as payPal } from '../../handlers/providers/paypal/samples';
import type { SignedWebhook } from '../../handlers/providers/shared/samples/provider-samples';
import { stripeEvent } from '../../handlers/providers/stripe/samples';
import { FraudRule, FraudSubject, WebhookProvider } from '../../src';
import { RECONCILE_TASK, REDRIVE_INPUT, SWEEP_INPUT, type Assessment, type AssessmentRequest } from '../../src/private/contract';
import { detailWith } from '../handlers/assess/details';
import { ASSESSMENT, insertion, storedTransaction, streamRecord } from '../handlers/support/items';
import { Output } from '../handlers/support/output';
import { proxyEvent, stripeWebhook } from '../handlers/support/webhooks';
import { synthesize } from '../support/system';

const SUFFIX = 'rights';
const TABLE = `transactions-${SUFFIX}`;
const FIRST_SECRET = 'whsec_first_0123456789abcdefghijklmnop';
const SECOND_SECRET = 'whsec_second_0123456789abcdefghijklmno';
const PAYPAL_SECRET = JSON.stringify({ webhook_id: 'a-webhook' });
const MINUTE = 60_000;

let cloud: Cloud;

// The logs of the handlers would hide the reports of the tests.
beforeEach(() => new Output().capture());
beforeAll(async () => {
  cloud = await Cloud.start();
});
afterAll(async () => cloud.stop());

const put = (table: string, Item: Record<string, AttributeValue>) => cloud.admin.dynamodb.send(new PutItemCommand({ TableName: table, Item }));
const setSecret = (SecretId: string, SecretString: string) => cloud.admin.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));

/** The messages in the dead-letter queue. */
async function deadLetters(system: DeployedSystem): Promise<any[]> {
  const [[queue]] = system.template.resourcesOf('AWS::SQS::Queue');
  const { Messages = [] } = await cloud.admin.sqs.send(new ReceiveMessageCommand({
    QueueUrl: system.template.ref(queue), MaxNumberOfMessages: 10, VisibilityTimeout: 0,
  }));
  return Messages.map(({ Body }) => JSON.parse(Body!));
}

/** Run these after the flows of a function. */
function itHasTheRightsItNeeds(functionUnderTest: () => DeployedFunction): void {
  test('is denied nothing', () => {
    expect(functionUnderTest().missingRights).toEqual([]);
  });

  test('has no unused right', () => {
    expect(functionUnderTest().unusedRights).toEqual([]);
  });
}

describe('with rules in the environment', () => {
  let system: DeployedSystem;

  beforeAll(async () => {
    const { ARN } = await cloud.admin.secrets.send(new CreateSecretCommand({ Name: 'imported', SecretString: FIRST_SECRET }));
    cloud.known.addSecret(ARN!);
    const { ARN: apiKey } = await cloud.admin.secrets.send(new CreateSecretCommand({ Name: 'api-key', SecretString: 'rk_live_0123456789' }));
    cloud.known.addSecret(apiKey!);
    system = await cloud.deploy(synthesize((stack) => ({
      environmentSuffix: SUFFIX,
      alertEmails: ['a@example.com'],
      providers: [
        WebhookProvider.stripe({ reconciliation: { apiKey: Secret.fromSecretNameV2(stack, 'ApiKey', 'api-key') } }),
        WebhookProvider.payPal(),
        WebhookProvider.stripe({ name: 'stripe-imported', secrets: [Secret.fromSecretNameV2(stack, 'Imported', 'imported')] }),
        WebhookProvider.stripe({ name: 'stripe-unset' }),
      ],
    })), SUFFIX);
  });

  describe('webhook-validator', () => {
    let validator: DeployedFunction;

    beforeAll(async () => {
      const { root, certificate } = await payPalSender();
      validator = system.start('webhook-validator', root.pem);
      validator.handler.publish(CERTIFICATE_URL, certificate.pem);
      await setSecret(system.secretOf('stripe'), FIRST_SECRET);
      await setSecret(system.secretOf('paypal'), PAYPAL_SECRET);
    });

    const post = async (webhook: SignedWebhook, provider: string, at?: Date) => {
      const { statusCode, body } = await validator.handler.send<APIGatewayProxyResult>(proxyEvent(webhook, provider), at);
      return { status: statusCode, result: (JSON.parse(body) as { result?: string }).result };
    };
    const stripePayment = (id: string) => JSON.stringify(stripeEvent(`evt_${id}`, 'charge.succeeded', { id: `ch_${id}`, amount: 1250000, currency: 'eur' }));
    const payPalPayment = Buffer.from(JSON.stringify(payPalEvent('WH-1', 'PAYMENT.CAPTURE.COMPLETED', { id: 'CAPTURE1', amount: { value: '12.50', currency_code: 'EUR' } })));

    test('stores a webhook once', async () => {
      const webhook = stripeWebhook(stripePayment('1'), new Date(), FIRST_SECRET);

      expect(await post(webhook, 'stripe')).toEqual({ status: 200, result: 'stored' });
      expect(await post(webhook, 'stripe')).toEqual({ status: 200, result: 'duplicate' });
    });

    test('writes a body that does not fit into an item to the archive, once', async () => {
      const webhook = stripeWebhook(randomBytes(500 * 1024), new Date(), FIRST_SECRET);

      expect(await post(webhook, 'stripe')).toEqual({ status: 200, result: 'stored' });
      expect(await post(webhook, 'stripe')).toEqual({ status: 200, result: 'duplicate' });
    });

    test('stores a PayPal webhook with its transmission, and a second transmission of it', async () => {
      const deliver = async (name: string) => post(await payPal.sign(payPalPayment, { secret: PAYPAL_SECRET, name }), 'paypal');

      expect(await deliver('first')).toEqual({ status: 200, result: 'stored' });
      expect(await deliver('second')).toEqual({ status: 200, result: 'duplicate' });
    });

    test('identifies a guest with the key', async () => {
      await setSecret(system.guestKey, 'a-key');
      const guest = stripeEvent('evt_guest', 'charge.succeeded', { id: 'ch_guest', amount: 500, currency: 'eur', billing_details: { email: 'someone@mail.example' } });

      expect(await post(stripeWebhook(JSON.stringify(guest), new Date(), FIRST_SECRET), 'stripe')).toEqual({ status: 200, result: 'stored' });
    });

    test('accepts both secrets after a rotation', async () => {
      await setSecret(system.secretOf('stripe'), SECOND_SECRET);
      const later = new Date(Date.now() + 10 * MINUTE);

      expect(await post(stripeWebhook(stripePayment('2'), later, SECOND_SECRET), 'stripe', later)).toEqual({ status: 200, result: 'stored' });
      expect(await post(stripeWebhook(stripePayment('3'), later, FIRST_SECRET), 'stripe', later)).toEqual({ status: 200, result: 'stored' });
    });

    test('reads a secret that is imported by name', async () => {
      const webhook = stripeWebhook(stripePayment('4'), new Date(), FIRST_SECRET);

      expect(await post(webhook, 'stripe-imported')).toEqual({ status: 200, result: 'stored' });
    });

    test('answers 503 while a secret is not set', async () => {
      expect(await post(stripeWebhook(stripePayment('5')), 'stripe-unset')).toMatchObject({ status: 503 });
    });

    itHasTheRightsItNeeds(() => validator);
  });

  describe('webhook-reconciler', () => {
    let reconciler: DeployedFunction;
    const now = new Date('2026-03-01T12:00:00.000Z');
    const input = { task: RECONCILE_TASK, provider: 'stripe' };

    beforeAll(async () => {
      reconciler = system.start('webhook-reconciler');
      await setSecret(system.guestKey, 'a-key');
    });

    /** The answer of Stripe for the time between two numbers of minutes ago. */
    const publish = (from: number, to: number, data: object[]) => {
      const seconds = (minutes: number) => String((now.getTime() - minutes * MINUTE) / 1_000);
      const query = new URLSearchParams({ 'limit': '100', 'created[gte]': seconds(from), 'created[lt]': seconds(to) });
      reconciler.handler.publish(`https://api.stripe.com/v1/events?${query}`, JSON.stringify({ object: 'list', has_more: false, data }));
    };

    test('sets its checkpoint', async () => {
      expect(await reconciler.handler.send(input, now)).toEqual({ result: 'completed', missing: 0 });
    });

    test('stores the missing event of a guest, and one that does not fit into an item', async () => {
      const description = randomBytes(500 * 1024).toString('base64');
      publish(75, 15, [
        stripeEvent('evt_missing', 'charge.succeeded', { id: 'ch_missing', amount: 500, currency: 'eur', billing_details: { email: 'someone@mail.example' } }),
        stripeEvent('evt_large', 'charge.succeeded', { id: 'ch_large', amount: 500, currency: 'eur', description }),
      ]);

      const since = new Date(now.getTime() - 75 * MINUTE).toISOString();
      expect(await reconciler.handler.send({ ...input, since }, now)).toEqual({ result: 'completed', missing: 2 });
    });

    itHasTheRightsItNeeds(() => reconciler);
  });

  describe('event-relay', () => {
    let relay: DeployedFunction;

    beforeAll(() => {
      relay = system.start('event-relay');
    });

    test('publishes a new transaction and a verdict', async () => {
      const verdict = streamRecord(2, 'MODIFY', {
        oldImage: storedTransaction() as any, newImage: { ...storedTransaction(), ...ASSESSMENT } as any,
      });

      expect(await relay.handler.send({ Records: [insertion(1), verdict] })).toEqual({ batchItemFailures: [] });
    });

    test('screens a small payment by its customer and its card', async () => {
      const small = insertion(4, { amount_minor: { N: '500' }, card_fingerprint: { S: 'card_1' } });

      expect(await relay.handler.send({ Records: [small] })).toEqual({ batchItemFailures: [] });
    });

    test('labels the payment of a dispute', async () => {
      const payment = storedTransaction({ transaction_id: { S: 'stripe:disputed' } });
      await put(TABLE, payment);

      expect(await relay.handler.send({
        Records: [insertion(4, { transaction_id: payment.transaction_id, timestamp: { S: '-#dispute' }, kind: { S: 'disputed' } })],
      })).toEqual({ batchItemFailures: [] });
      const { Item } = await cloud.admin.dynamodb.send(new GetItemCommand({
        TableName: TABLE, Key: { transaction_id: payment.transaction_id, timestamp: payment.timestamp },
      }));
      expect(Item).toMatchObject({ label: { S: 'fraud' } });
    });

    test('sends a record that it cannot read to the dead-letter queue', async () => {
      expect(await relay.handler.send({ Records: [insertion(3, { kind: undefined })] })).toEqual({ batchItemFailures: [] });
      expect(await deadLetters(system)).toContainEqual(expect.objectContaining({ origin: 'event-relay' }));
    });

    test('sweeps an open transaction, gives up one after the last attempt, and republishes it in a redrive', async () => {
      const minutesAgo = (minutes: number) => ({ S: new Date(Date.now() - minutes * MINUTE).toISOString() });
      const open = storedTransaction({ transaction_id: { S: 'stripe:open' }, received_at: minutesAgo(15), sweep_at: minutesAgo(5) });
      const old = storedTransaction({ transaction_id: { S: 'stripe:old' }, received_at: minutesAgo(26 * 60), sweep_at: minutesAgo(4), sweeps: { N: '10' } });
      await put(TABLE, open);
      await put(TABLE, old);

      await relay.handler.send(SWEEP_INPUT);

      const itemLike = async ({ transaction_id, timestamp }: typeof open) => {
        const { Item } = await cloud.admin.dynamodb.send(new GetItemCommand({ TableName: TABLE, Key: { transaction_id, timestamp } }));
        return Item;
      };
      expect(await itemLike(open)).toMatchObject({ sweeps: { N: '1' } });
      expect(await itemLike(old)).toMatchObject({ sweep_partition: { S: 'given-up' } });
      expect(await deadLetters(system)).toContainEqual(expect.objectContaining({ origin: 'sweep' }));

      await relay.handler.send(REDRIVE_INPUT);
      expect(await itemLike(old)).toMatchObject({ sweeps: { N: '1' } });
    });

    test('checks the recipients of alerts at a full hour', async () => {
      const hour = 60 * MINUTE;

      expect(await relay.handler.send(SWEEP_INPUT, new Date(Math.ceil(Date.now() / hour) * hour))).toBeUndefined();
    });

    itHasTheRightsItNeeds(() => relay);
  });

  describe('transaction-archival', () => {
    let archival: DeployedFunction;

    beforeAll(() => {
      archival = system.start('transaction-archival');
    });

    test('writes a batch, with a change that it cannot render as it is', async () => {
      const [bucket] = system.template.resourcesOf('AWS::S3::Bucket').find(([id]) => id.includes('Archive'))!;
      const Bucket = system.template.ref(bucket);

      await archival.handler.send({ Records: [insertion(1), insertion(2, { body: { S: 'not binary' } })] });

      const { Contents = [] } = await cloud.admin.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'year=' }));
      const { Body } = await cloud.admin.s3.send(new GetObjectCommand({ Bucket, Key: Contents[0].Key }));
      const lines = gunzipSync(await Body!.transformToByteArray()).toString();
      expect(lines).toContain('stripe:pi_1');
      expect(lines).toContain('unrendered');
    });

    itHasTheRightsItNeeds(() => archival);
  });
});

/** The default rules read no history of an email address. */
const EVERY_HISTORY = [
  ...FraudRule.defaults(), FraudRule.velocity({ by: FraudSubject.EMAIL, count: 1, window: Duration.days(1), score: 10 }),
];

/** Rules that fit a function's environment, and rules that are stored in a parameter. */
describe.each([
  ['in the environment', 'few-rules', EVERY_HISTORY],
  ['in a parameter', 'many-rules', [...EVERY_HISTORY, FraudRule.blocked({ customers: [`standard-webhooks:${'x'.repeat(4_096)}`], score: 1 })]],
])('fraud-detector with rules %s', (_, suffix, fraudRules) => {
  const table = `transactions-${suffix}`;
  const known = detailWith({ transaction_id: 'stripe:known', card_fingerprint: 'fingerprint-1', email_hash: '0123456789abcdef0123456789abcdef' });
  const other = detailWith({ transaction_id: 'stripe:other', customer_id: undefined });
  const erased = detailWith({ transaction_id: 'stripe:erased' });
  let detector: DeployedFunction;

  beforeAll(async () => {
    const system = await cloud.deploy(synthesize({ environmentSuffix: suffix, fraudRules }), suffix);
    detector = system.start('fraud-detector');
    await put(table, storedTransaction({ transaction_id: { S: known.transaction_id } }));
    await put(table, storedTransaction({ transaction_id: { S: other.transaction_id }, customer_id: undefined, customer_key: undefined }));
    await put(table, storedTransaction({ transaction_id: { S: 'stripe:before' }, occurred_at: { S: '2025-03-04T05:00:00.000Z' } }));
    await put(table, storedTransaction({
      transaction_id: { S: 'stripe:declined' }, customer_key: { S: 'declined#stripe:cus_1' }, occurred_at: { S: '2025-03-04T05:01:00.000Z' },
    }));
    await put(table, storedTransaction({ transaction_id: { S: erased.transaction_id }, erased_at: { S: '2025-03-05T00:00:00.000Z' } }));
    await put(table, { transaction_id: { S: 'blocklist:country:FR' }, timestamp: { S: '-' } });
  });

  const assess = (detail: AssessmentRequest['detail']) => detector.handler.send<Assessment>({ detail, execution: 'an-execution', started_at: detail.received_at });
  const itemAt = async (Key: Record<string, AttributeValue>) => {
    const { Item } = await cloud.admin.dynamodb.send(new GetItemCommand({ TableName: table, Key }));
    return Item;
  };

  test("assesses with the customer's history, the declined payments and the blocklist", async () => {
    const { verdict, reasons, rule_set: ruleSet } = await assess(known);

    expect(verdict).toBe('block');
    expect(reasons).toEqual(expect.arrayContaining([
      expect.stringContaining('blocked country FR'), expect.stringContaining('4 transactions with the email address'), expect.stringContaining('declined'),
    ]));
    expect(await itemAt({ transaction_id: { S: known.transaction_id }, timestamp: { S: known.timestamp } })).toMatchObject({ verdict: { S: 'block' } });
    expect(await itemAt({ transaction_id: { S: `rule-set:${ruleSet}` }, timestamp: { S: '-' } })).toHaveProperty('config');
  });

  test('approves a transaction that no rule applies to', async () => {
    const detail = { ...other, country: undefined, card_country: undefined };

    expect(await assess(detail)).toMatchObject({ verdict: 'approve', reasons: [] });
  });

  test('counts the amount', async () => {
    expect(await itemAt({ transaction_id: { S: 'amount-counts:EUR:2025-03' }, timestamp: { S: '-' } })).toMatchObject({ b81: { N: '2' } });
  });

  test('returns a verdict whose write the condition refused', async () => {
    expect(await assess(erased)).toHaveProperty('verdict');
    expect(await itemAt({ transaction_id: { S: erased.transaction_id }, timestamp: { S: erased.timestamp } })).not.toHaveProperty('verdict');
  });

  test('returns a verdict that exists', async () => {
    const first = await assess(known);

    expect(await assess(known)).toMatchObject({ verdict: first.verdict, score: first.score });
  });

  itHasTheRightsItNeeds(() => detector);
});
