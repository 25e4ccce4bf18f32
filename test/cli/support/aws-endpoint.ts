import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Stored {
  readonly id: string;
  readonly body: string;
  hidden: boolean;
}

/** The parts of AWS that a redrive of events calls, over the network: one stack, one function, one queue and one bus. */
export class AwsEndpoint {
  public messages: Stored[] = [];
  public readonly published: string[] = [];
  /** Called before a call has an effect. */
  public onCall?: (name: string) => void;
  private readonly server: Server;

  constructor(private readonly outputs: { readonly [id: string]: string }, private readonly settings: { readonly [name: string]: string }) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = Buffer.concat(await request.toArray() as Buffer[]).toString();
    const target = String(request.headers['x-amz-target'] ?? '');
    if (target === '') {
      response.end(request.method === 'GET' ? JSON.stringify({ Environment: { Variables: this.settings } }) : this.stacks());
      return;
    }
    const name = target.slice(target.indexOf('.') + 1);
    this.onCall?.(name);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(this.call(name, JSON.parse(text) as Record<string, any>)));
  }

  private stacks(): string {
    const members = Object.entries(this.outputs).map(([id, value]) => `<member><OutputKey>${id}</OutputKey><OutputValue>${value}</OutputValue></member>`);
    return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  }

  private call(name: string, { Entries = [], MaxNumberOfMessages: max }: Record<string, any>): object {
    const ids = new Set<string>(Entries.map(({ ReceiptHandle }: { ReceiptHandle?: string }) => ReceiptHandle));
    switch (name) {
      case 'ReceiveMessage': {
        const received = this.messages.filter(({ hidden }) => !hidden).slice(0, max as number);
        received.forEach((each) => Object.assign(each, { hidden: true }));
        return { Messages: received.map(({ id, body }) => ({ MessageId: id, ReceiptHandle: id, Body: body, MD5OfBody: createHash('md5').update(body).digest('hex') })) };
      }
      case 'DeleteMessageBatch':
        this.messages = this.messages.filter(({ id }) => !ids.has(id));
        return { Successful: [], Failed: [] };
      case 'ChangeMessageVisibilityBatch':
        this.messages.filter(({ id }) => ids.has(id)).forEach((each) => Object.assign(each, { hidden: Entries[0].VisibilityTimeout > 0 }));
        return { Successful: [], Failed: [] };
      case 'PutEvents':
        this.published.push(...Entries.map(({ Detail }: { Detail: string }) => (JSON.parse(Detail) as { transaction_id: string }).transaction_id));
        return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: randomUUID() })) };
      default:
        return { Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } };
    }
  }
}
