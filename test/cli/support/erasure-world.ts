import { gunzipSync, gzipSync } from 'node:zlib';
import { CreateTableCommand, DeleteItemCommand, DeleteTableCommand, DynamoDBClient, PutItemCommand, ScanCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import '../../handlers/support/validator-environment';
import { QueueInMemory } from './queue-in-memory';
import { VersionedBuckets } from './versioned-buckets';
import { connectToAws, type AwsClients } from '../../../cli/aws/aws-clients';
import { CustomerErasure } from '../../../cli/erase/erase-customer';
import { erasedCustomer, type CustomerOptions } from '../../../cli/erase/erased-customer';
import { handler as archive } from '../../../handlers/archive/handler';
import { LocalDynamoDb } from '../../handlers/support/dynamodb';
import { FakeSecrets, SECRETS } from '../../handlers/support/fake-secrets';
import { post } from '../../handlers/support/sent';
import { TABLE_SCHEMA } from '../../handlers/support/table-schema';
import { stripeWebhook } from '../../handlers/support/webhooks';

type Item = Record<string, AttributeValue>;
type Change = { readonly before?: Item; readonly after?: Item };

export const BUCKETS = { archive: 'the-archive', failedRecords: 'failed-records' } as const;
const NO_WAIT = { waitMs: 60_000, keepsBlocklist: false };

/**
 * The deployed system around an erasure, with the code of the validator and of the archival. The table is dynalite; the
 * buckets and the queue are in memory. With `ERASURE_ENDPOINT`, an emulator replaces all three.
 */
export class ErasureWorld {
  public readonly buckets!: VersionedBuckets;
  public readonly queue!: QueueInMemory;
  public clients!: AwsClients;
  public table!: string;
  public queueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/dead-letters';
  private readonly secrets = new FakeSecrets();
  private dynamodb?: LocalDynamoDb;
  private archived = new Map<string, string>();
  private sequence = 100;
  /** Ends the names in an emulator, where every run has its own. */
  private run = '';

  constructor() {
    if (!process.env.ERASURE_ENDPOINT) {
      this.buckets = new VersionedBuckets();
      this.queue = new QueueInMemory();
    }
  }

  public async start(): Promise<void> {
    const endpoint = process.env.ERASURE_ENDPOINT;
    if (endpoint) {
      Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
    } else {
      this.dynamodb = await LocalDynamoDb.start();
      this.dynamodb.useForHandlers();
    }
    this.clients = connectToAws({ region: 'us-east-1' });
    process.env.ARCHIVE_BUCKET_NAME = BUCKETS.archive;
  }

  public async stop(): Promise<void> {
    await this.dynamodb?.stop();
  }

  /** Empties everything. */
  public async reset(): Promise<void> {
    this.archived = new Map();
    this.secrets.reset();
    this.table = 'transactions';
    process.env.TABLE_NAME = this.table;
    const client = new DynamoDBClient({ region: 'us-east-1' });
    await client.send(new DeleteTableCommand({ TableName: this.table })).catch(() => undefined);
    await client.send(new CreateTableCommand({ TableName: this.table, ...TABLE_SCHEMA as unknown as { KeySchema: [] }, AttributeDefinitions: [...TABLE_SCHEMA.AttributeDefinitions] as never, BillingMode: 'PAY_PER_REQUEST' }));
    if (this.dynamodb) {
      this.buckets.reset(Object.values(BUCKETS), [BUCKETS.failedRecords]);
      this.queue.reset();
    } else {
      this.run = `-${Date.now()}`;
      process.env.ARCHIVE_BUCKET_NAME = this.bucket('archive');
      const s3 = new S3Client({ region: 'us-east-1' });
      for (const name of Object.keys(BUCKETS) as (keyof typeof BUCKETS)[]) {
        await s3.send(new CreateBucketCommand({ Bucket: this.bucket(name) }));
      }
      await s3.send(new PutBucketVersioningCommand({ Bucket: this.bucket('archive'), VersioningConfiguration: { Status: 'Enabled' } }));
      this.queueUrl = (await new SQSClient({ region: 'us-east-1', useQueueUrlAsEndpoint: false }).send(new CreateQueueCommand({ QueueName: `dead-letters${this.run}` }))).QueueUrl!;
    }
  }

  public bucket(name: keyof typeof BUCKETS): string {
    return `${BUCKETS[name]}${this.run}`;
  }

  /** Posts a signed webhook of Stripe to the validator. */
  public async receive(body: object, at?: Date): Promise<string> {
    return (await post(stripeWebhook(JSON.stringify(body), at), 'stripe')).body.result;
  }

  public async put(item: Item): Promise<void> {
    await this.clients.dynamodb.send(new PutItemCommand({ TableName: this.table, Item: item }));
  }

  /** Changes an item as the workflow does. */
  public async update(item: Item, attributes: Item): Promise<void> {
    const names = Object.keys(attributes);
    await this.clients.dynamodb.send(new UpdateItemCommand({
      TableName: this.table,
      Key: { transaction_id: item.transaction_id, timestamp: item.timestamp },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
    }));
  }

  public async remove({ transaction_id, timestamp }: Item): Promise<void> {
    await this.clients.dynamodb.send(new DeleteItemCommand({ TableName: this.table, Key: { transaction_id, timestamp } }));
  }

  public async items(): Promise<Item[]> {
    const { Items = [] } = await new DynamoDBClient({ region: 'us-east-1' }).send(new ScanCommand({ TableName: this.table }));
    return Items.sort((a, b) => sortKey(a) < sortKey(b) ? -1 : 1);
  }

  /** Archives what has changed since the last time, a batch for each change. */
  public async archiveChanges(): Promise<void> {
    const now = new Map((await this.items()).map((item) => [sortKey(item), wire(item)]));
    const changes = new Map<string, Change>();
    for (const [key, text] of now) {
      if (this.archived.get(key) !== text) {
        changes.set(key, { before: parseWire(this.archived.get(key)), after: parseWire(text) });
      }
    }
    [...this.archived].filter(([key]) => !now.has(key)).forEach(([key, text]) => changes.set(key, { before: parseWire(text) }));
    for (const change of changes.values()) {
      await archive({ Records: [this.recordOf(change)] } as unknown as DynamoDBStreamEvent);
    }
    this.archived = now;
  }

  /** A record of the stream. Lambda's records have binary values as base64. */
  public recordOf({ before, after }: Change): object {
    const { transaction_id, timestamp } = (after ?? before)!;
    const name = !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE';
    const number = String(this.sequence++);
    return {
      eventID: `change-${number}`,
      eventName: name,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
        SequenceNumber: number,
        Keys: { transaction_id, timestamp },
        NewImage: after,
        OldImage: before,
      },
    };
  }

  public async putObject(bucket: keyof typeof BUCKETS, key: string, content: Buffer): Promise<void> {
    await this.clients.s3.send(new PutObjectCommand({ Bucket: this.bucket(bucket), Key: key, Body: content }));
  }

  public async putFailedBatch(key: string, changes: readonly Change[], asText = true): Promise<void> {
    const asInStream = (item?: Item) => parseWire(item && wire(item));
    const payload = { Records: changes.map(({ before, after }) => this.recordOf({ before: asInStream(before), after: asInStream(after) })) };
    const invocation = { requestContext: { functionArn: 'arn:aws:lambda:archival' }, payload: asText ? JSON.stringify(payload) : payload };
    await this.putObject('failedRecords', key, Buffer.from(JSON.stringify(invocation)));
  }

  public async sendDeadLetter(message: object | string): Promise<void> {
    const MessageBody = typeof message === 'string' ? message : JSON.stringify(message);
    await this.clients.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody }));
  }

  /** The messages of the queue, each with whether it is hidden. */
  public async messages(): Promise<string[]> {
    if (this.dynamodb) {
      return this.queue.entries.map(({ body, hidden }) => `${body} ${hidden}`);
    }
    const request = new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
    const { Messages = [] } = await this.clients.sqs.send(request);
    return Messages.map(({ Body }) => `${Body} false`);
  }

  /** The bytes of the current version of an object. */
  public async content(bucket: keyof typeof BUCKETS, key: string): Promise<string> {
    const { Body } = await this.clients.s3.send(new GetObjectCommand({ Bucket: this.bucket(bucket), Key: key }));
    return Buffer.from(await Body!.transformToByteArray()).toString('base64');
  }

  /** Every version of every object: its text by bucket, key and version. */
  public async objects(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const name of Object.keys(BUCKETS) as (keyof typeof BUCKETS)[]) {
      const Bucket = this.bucket(name);
      let page: { NextKeyMarker?: string; NextVersionIdMarker?: string; IsTruncated?: boolean } = {};
      do {
        const markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
        const answer = await this.clients.s3.send(new ListObjectVersionsCommand({ Bucket, ...markers }));
        for (const { Key, VersionId } of answer.Versions ?? []) {
          const { Body } = await this.clients.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
          const content = Buffer.from(await Body!.transformToByteArray());
          found.set(`${name} ${Key} ${VersionId}`, content[0] === 0x1f ? gunzipSync(content).toString() : content.toString());
        }
        page = answer;
      } while (page.IsTruncated);
    }
    return found;
  }

  /** An erasure whose waits let the archival catch up. */
  public async erasure(
    options: CustomerOptions, clients: AwsClients = this.clients, settings: { waitMs: number; since?: string; keepsBlocklist: boolean } = NO_WAIT,
  ): Promise<CustomerErasure> {
    const customer = await erasedCustomer(options, async () => SECRETS['arn:guests']);
    const resources = { table: this.table, archive: this.bucket('archive'), failedRecords: this.bucket('failedRecords'), deadLetterQueue: this.queueUrl };
    const clock = { now: () => new Date(), sleep: async () => this.archiveChanges() };
    return new CustomerErasure({ clients, resources, customer, ...settings, clock, progress: () => undefined, signal: new AbortController().signal });
  }

  public async erase(options: CustomerOptions, clients?: AwsClients) {
    const erasure = await this.erasure(options, clients);
    const found = await erasure.find();
    return { found, result: await erasure.erase() };
  }

  /** Everything that is stored, as text, with binary values unpacked. */
  public async everything(): Promise<string> {
    const items = (await this.items()).map((item) => JSON.stringify(item, (_, value: unknown) => (
      value instanceof Uint8Array ? gunzipSync(value).toString() : value
    )));
    return [...items, ...await this.objects().then((objects) => [...objects.values()]), ...await this.messages()].join('\n');
  }
}

export const packedBody = (body: object | string) => ({ B: gzipSync(typeof body === 'string' ? body : JSON.stringify(body)) });

function sortKey({ transaction_id: id, timestamp }: Item): string {
  return `${id.S} ${timestamp.S}`;
}

/** An item as JSON of the stream. */
function wire(item: Item): string {
  return JSON.stringify(Object.fromEntries(Object.entries(item).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, value]) => [name, value.B ? { B: Buffer.from(value.B).toString('base64') } : value])));
}

function parseWire(text: string | undefined): Item | undefined {
  return text === undefined ? undefined : JSON.parse(text) as Item;
}
