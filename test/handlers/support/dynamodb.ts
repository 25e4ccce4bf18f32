import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient, type AttributeValue, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { synthesize, theResource } from '../../support/system';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const REGION = 'us-east-1';
/** As many as BatchWriteItem takes. */
const BATCH = 25;

/**
 * A DynamoDB that others wrote, in memory, with the table as the construct
 * defines it: it evaluates what the fake table only imitates.
 */
export class LocalDynamoDb {
  public static async start(): Promise<LocalDynamoDb> {
    const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const dynamodb = new LocalDynamoDb(server);
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = theResource(synthesize().template, 'AWS::DynamoDB::GlobalTable')
      .Properties as CreateTableCommandInput;
    await dynamodb.client.send(new CreateTableCommand({
      TableName: dynamodb.tableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode,
    }));
    return dynamodb;
  }

  public readonly tableName = 'transactions';
  public readonly client: DynamoDBClient;

  private constructor(private readonly server: Server) {
    this.client = new DynamoDBClient({ endpoint: this.endpoint, region: REGION, credentials: CREDENTIALS });
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Points the handlers at an address, this one's or that of something in front of it. */
  public useFor(endpoint = this.endpoint): void {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
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
    // The handlers' clients keep theirs alive.
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
