import { randomBytes } from 'node:crypto';
import { DeleteRuleCommand, ListRulesCommand, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { paginateListSubscriptionsByTopic, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand, DeleteMessageBatchCommand, DeleteQueueCommand, GetQueueAttributesCommand, paginateListQueues, ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { busNameOf, listenPattern, listenQueuePolicy, type ListenTarget } from './session-access';
import { isEndedSession, sessionName, sessionPrefix } from './session-name';
import type { AwsClients } from '../aws/aws-clients';

const TARGET = 'listen';
/** Messages that nobody receives any more are deleted after this time. */
const RETENTION_SECONDS = 300;
const BATCH = 10;
const RANDOM_BYTES = 4;
/** The resource is already deleted, or was never created. */
const GONE: ReadonlySet<string> = new Set([
  'ResourceNotFoundException', 'NotFoundException', 'QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue',
]);

/** The parts of a session that AWS has, by their names. */
interface SessionParts {
  readonly subscriptionArn?: string;
  readonly queueUrl?: string;
}

/**
 * A temporary queue with the events of a bus and the alerts of a topic. `close` removes the queue, the rule and the
 * subscription. It also works after `open` has failed, and can be repeated.
 */
export class ListenSession {
  public readonly name: string;
  private readonly prefix: string;
  private readonly busName: string;
  private queueUrl?: string;
  private subscriptionArn?: string;

  constructor(
    private readonly clients: Pick<AwsClients, 'eventBridge' | 'sns' | 'sqs'>, private readonly target: ListenTarget, private readonly startedAt: Date,
  ) {
    this.prefix = sessionPrefix(target.busArn);
    this.busName = busNameOf(target.busArn);
    this.name = sessionName(this.prefix, startedAt, randomBytes(RANDOM_BYTES).toString('hex'));
  }

  /** Creates the queue, then the rule and the subscription that send to it. */
  public async open(): Promise<void> {
    const { eventBridge, sns } = this.clients;
    const { topicArn } = this.target;
    const queueArn = await this.createQueue();
    await eventBridge.send(new PutRuleCommand({
      Name: this.name,
      EventBusName: this.busName,
      Description: `Temporary rule of cdk-webhooks listen, created ${this.startedAt.toISOString()}`,
      EventPattern: JSON.stringify(listenPattern(this.target)),
    }));
    const { FailedEntries } = await eventBridge.send(new PutTargetsCommand({
      Rule: this.name, EventBusName: this.busName, Targets: [{ Id: TARGET, Arn: queueArn }],
    }));
    if (FailedEntries!.length > 0) {
      throw new Error(`the rule ${this.name} got no target: ${FailedEntries![0].ErrorCode}`);
    }
    if (topicArn !== undefined) {
      const { SubscriptionArn } = await sns.send(new SubscribeCommand({
        TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn, ReturnSubscriptionArn: true,
      }));
      this.subscriptionArn = SubscriptionArn;
    }
  }

  /** Waits up to 20 seconds for messages, and returns their bodies. A message whose deletion fails is received again. */
  public async receive(signal: AbortSignal, waitSeconds: number): Promise<string[]> {
    const { sqs } = this.clients;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({
      QueueUrl: this.queueUrl, MaxNumberOfMessages: BATCH, WaitTimeSeconds: waitSeconds,
    }), { abortSignal: signal });
    if (Messages.length > 0) {
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.queueUrl, Entries })).catch(() => undefined);
    }
    return Messages.map(({ Body }) => Body!);
  }

  /** Removes everything. Returns what could not be removed: a later session removes it after a day. */
  public async close(): Promise<string[]> {
    // The answer to a creation can be lost.
    return this.remove(this.name, async () => ({
      queueUrl: this.queueUrl ?? (await this.queues(this.name)).get(this.name),
      subscriptionArn: this.subscriptionArn ?? (await this.subscriptions()).get(this.name),
    }));
  }

  /** Removes what sessions of the same bus left behind more than a day ago. Returns their names, and what could not be removed. */
  public async removeLeftovers(): Promise<{ readonly removed: readonly string[]; readonly remaining: readonly string[] }> {
    const [queues, subscriptions] = [await this.queues(this.prefix), await this.subscriptions()];
    const names = [...new Set([...queues.keys(), ...subscriptions.keys(), ...await this.rules()])];
    const removed = names.filter((name) => isEndedSession(name, this.prefix, this.startedAt)).sort();
    const remaining: string[] = [];
    for (const name of removed) {
      remaining.push(...await this.remove(name, async () => ({ queueUrl: queues.get(name), subscriptionArn: subscriptions.get(name) })));
    }
    return { removed, remaining };
  }

  private async createQueue(): Promise<string> {
    const { sqs } = this.clients;
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({
      QueueName: this.name,
      Attributes: {
        MessageRetentionPeriod: String(RETENTION_SECONDS),
        SqsManagedSseEnabled: 'true',
        Policy: JSON.stringify(listenQueuePolicy(this.name, this.target)),
      },
    }));
    this.queueUrl = QueueUrl;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    return Attributes!.QueueArn!;
  }

  /** Each removal is tried, because one that fails must not keep the others. */
  private async remove(name: string, partsOf: () => Promise<SessionParts>): Promise<string[]> {
    const { eventBridge, sns, sqs } = this.clients;
    const rule = { EventBusName: this.busName };
    const remaining: string[] = [];
    const attempt = async <T>(what: string, perform: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await perform();
      } catch (error) {
        if (!GONE.has((error as Error).name)) {
          remaining.push(`${what} ${name}: ${(error as Error).name}`);
        }
        return undefined;
      }
    };
    const { subscriptionArn, queueUrl } = await attempt('queue and subscription', partsOf) ?? {};
    await attempt('subscription', async () => subscriptionArn && sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn })));
    await attempt('target of the rule', async () => eventBridge.send(new RemoveTargetsCommand({ ...rule, Rule: name, Ids: [TARGET] })));
    await attempt('rule', async () => eventBridge.send(new DeleteRuleCommand({ ...rule, Name: name })));
    await attempt('queue', async () => queueUrl && sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl })));
    return remaining;
  }

  /** The URLs of queues, by their names. */
  private async queues(prefix: string): Promise<Map<string, string>> {
    const urls: string[] = [];
    for await (const { QueueUrls = [] } of paginateListQueues({ client: this.clients.sqs, pageSize: 1_000 }, { QueueNamePrefix: prefix })) {
      urls.push(...QueueUrls);
    }
    return new Map(urls.map((url) => [url.slice(url.lastIndexOf('/') + 1), url]));
  }

  /** The ARNs of the subscriptions of sessions, by the names of their queues. */
  private async subscriptions(): Promise<Map<string, string>> {
    const { topicArn: TopicArn } = this.target;
    const found = new Map<string, string>();
    if (TopicArn !== undefined) {
      for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: this.clients.sns }, { TopicArn })) {
        Subscriptions.forEach(({ Endpoint = '', SubscriptionArn = '' }) => {
          found.set(Endpoint.slice(Endpoint.lastIndexOf(':') + 1), SubscriptionArn);
        });
      }
    }
    return found;
  }

  private async rules(): Promise<string[]> {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const request = new ListRulesCommand({ EventBusName: this.busName, NamePrefix: this.prefix, NextToken });
      const page = await this.clients.eventBridge.send(request);
      names.push(...(page.Rules ?? []).map(({ Name }) => Name!));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return names;
  }
}
