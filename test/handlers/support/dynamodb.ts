import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient, type AttributeValue, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import dynalite from 'dynalite';
import { WebhookProvider } from '../../../src';
import { synthesize, theResource, type SynthesizedSystem } from '../../support/system';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const REGION = 'us-east-1';
/** The maximum of BatchWriteItem. */
const BATCH = 25;

/** A system with a reconciled provider has an additional index. */
function withAllIndexes(): SynthesizedSystem {
  return synthesize((stack) => ({ providers: [WebhookProvider.stripe({ reconciliation: { apiKey: new Secret(stack, 'ApiKey') } })] }));
}

/**
 * dynalite as a server, with the table that the construct defines. The SDK's
 * clients call it over the network, without a mock.
 */
export class LocalDynamoDb {
  public static async start(): Promise<LocalDynamoDb> {
    const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = theResource(withAllIndexes().template, 'AWS::DynamoDB::GlobalTable')
      .Properties as CreateTableCommandInput;
    const schema = { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes };
    const dynamodb = new LocalDynamoDb(server, schema);
    await dynamodb.client.send(new CreateTableCommand({ TableName: dynamodb.tableName, ...schema, BillingMode }));
    return dynamodb;
  }

  public readonly tableName = 'transactions';
  public readonly client: DynamoDBClient;

  private constructor(private readonly server: Server, public readonly schema: Partial<CreateTableCommandInput>) {
    this.client = new DynamoDBClient({ endpoint: this.endpoint, region: REGION, credentials: CREDENTIALS });
  }

  private get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Configures the handlers to use it. */
  public useForHandlers(): void {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      TABLE_NAME: this.tableName,
    });
  }

  public async store(items: readonly Record<string, AttributeValue>[]): Promise<void> {
    for (let first = 0; first < items.length; first += BATCH) {
      const PutRequests = items.slice(first, first + BATCH).map((Item) => ({ PutRequest: { Item } }));
      await this.client.send(new BatchWriteItemCommand({ RequestItems: { [this.tableName]: PutRequests } }));
    }
  }

  public async stop(): Promise<void> {
    this.client.destroy();
    // The clients of the handlers keep their connections open.
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
