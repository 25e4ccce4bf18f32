import { DeleteRuleCommand, ListRulesCommand, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { ListSubscriptionsByTopicCommand, SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand, DeleteMessageBatchCommand, DeleteQueueCommand, GetQueueAttributesCommand, ListQueuesCommand, ReceiveMessageCommand, SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { bus, TOPIC_ARN } from './operated-system';

const ACCOUNT = 'https://sqs.eu-central-1.amazonaws.com/123456789012/';
const ARN = 'arn:aws:sqs:eu-central-1:123456789012:';

interface Rule {
  readonly pattern: string;
  readonly description: string;
  readonly targets: Map<string, string>;
}

function failure(name: string): Error {
  return Object.assign(new Error(name), { name });
}

/** Queues, rules on the bus and subscriptions to the topic, in memory. Lists have pages of one. */
export class FakeMessaging {
  public readonly queues = new Map<string, { attributes: Record<string, string>; messages: { id: string; body: string }[] }>();
  public readonly rules = new Map<string, Rule>();
  /** Names of queues by the ARNs of their subscriptions. */
  public readonly subscriptions = new Map<string, string>();
  /** Runs when nothing is in the queue. */
  public onIdle: (() => void) | undefined;
  /** The waits of the calls, in seconds. */
  public readonly waits: number[] = [];
  public readonly sqs = mockClient(SQSClient);
  public readonly sns = mockClient(SNSClient);
  private count = 0;

  public reset(): void {
    this.queues.clear();
    this.rules.clear();
    this.subscriptions.clear();
    this.waits.length = 0;
    this.resetQueues();
    this.resetRules();
    this.resetSubscriptions();
  }

  /** Every resource that exists, by what it is. */
  public get all(): string[] {
    return [
      ...[...this.queues.keys()].map((name) => `queue ${name}`),
      ...[...this.rules.keys()].map((name) => `rule ${name}`),
      ...[...this.subscriptions.values()].map((name) => `subscription ${name}`),
    ].sort();
  }

  /** Adds what a session creates. */
  public leave(name: string): void {
    this.queues.set(name, { attributes: {}, messages: [] });
    this.rules.set(name, { pattern: '', description: '', targets: new Map([['listen', ARN + name]]) });
    this.subscriptions.set(`${TOPIC_ARN}:${++this.count}`, name);
  }

  /** Sends a message to the only queue. */
  public send(message: object | string): void {
    const [queue] = this.queues.values();
    queue.messages.push({ id: `m${++this.count}`, body: typeof message === 'string' ? message : JSON.stringify(message) });
  }

  private resetQueues(): void {
    this.sqs.reset();
    this.sqs.on(CreateQueueCommand).callsFake(async ({ QueueName, Attributes }: { QueueName: string; Attributes: Record<string, string> }) => {
      this.queues.set(QueueName, { attributes: Attributes, messages: [] });
      return { QueueUrl: ACCOUNT + QueueName };
    });
    this.sqs.on(GetQueueAttributesCommand).callsFake(async ({ QueueUrl }: { QueueUrl: string }) => (
      { Attributes: { QueueArn: QueueUrl.replace(ACCOUNT, ARN) } }
    ));
    this.sqs.on(ListQueuesCommand).callsFake(async ({ QueueNamePrefix, NextToken = '' }: { QueueNamePrefix: string; NextToken?: string }) => {
      const names = [...this.queues.keys()].filter((name) => name.startsWith(QueueNamePrefix)).sort();
      const index = Number(NextToken);
      return names.length === 0 ? {} : { QueueUrls: [ACCOUNT + names[index]], NextToken: index + 1 < names.length ? String(index + 1) : undefined };
    });
    this.sqs.on(DeleteQueueCommand).callsFake(async ({ QueueUrl }: { QueueUrl: string }) => {
      if (!this.queues.delete(QueueUrl.replace(ACCOUNT, ''))) {
        throw failure('QueueDoesNotExist');
      }
      return {};
    });
    this.sqs.on(ReceiveMessageCommand).callsFake(async ({ QueueUrl, WaitTimeSeconds }: { QueueUrl: string; WaitTimeSeconds: number }) => {
      this.waits.push(WaitTimeSeconds);
      const { messages } = this.queues.get(QueueUrl.replace(ACCOUNT, ''))!;
      if (messages.length === 0) {
        this.onIdle?.();
        return {};
      }
      return { Messages: messages.map(({ id, body }) => ({ Body: body, ReceiptHandle: id })) };
    });
    this.sqs.on(DeleteMessageBatchCommand).callsFake(async ({ QueueUrl, Entries }: { QueueUrl: string; Entries: { ReceiptHandle: string }[] }) => {
      const queue = this.queues.get(QueueUrl.replace(ACCOUNT, ''))!;
      queue.messages = queue.messages.filter(({ id }) => !Entries.some(({ ReceiptHandle }) => ReceiptHandle === id));
      return {};
    });
  }

  private resetRules(): void {
    bus.client.on(PutRuleCommand).callsFake(async ({ Name, EventPattern, Description }: Record<string, string>) => {
      this.rules.set(Name, { pattern: EventPattern, description: Description, targets: new Map() });
      return {};
    });
    bus.client.on(PutTargetsCommand).callsFake(async ({ Rule: name, Targets }: { Rule: string; Targets: { Id: string; Arn: string }[] }) => {
      Targets.forEach(({ Id, Arn }) => this.rules.get(name)!.targets.set(Id, Arn));
      return { FailedEntries: [] };
    });
    bus.client.on(RemoveTargetsCommand).callsFake(async ({ Rule: name, Ids }: { Rule: string; Ids: string[] }) => {
      const rule = this.rules.get(name);
      if (!rule) {
        throw failure('ResourceNotFoundException');
      }
      Ids.forEach((id) => rule.targets.delete(id));
      return {};
    });
    bus.client.on(DeleteRuleCommand).callsFake(async ({ Name }: { Name: string }) => {
      if (this.rules.get(Name)?.targets.size) {
        throw failure('ValidationException');
      }
      this.rules.delete(Name);
      return {};
    });
    bus.client.on(ListRulesCommand).callsFake(async ({ NamePrefix, NextToken = '' }: { NamePrefix: string; NextToken?: string }) => {
      const names = [...this.rules.keys()].filter((name) => name.startsWith(NamePrefix)).sort();
      const index = Number(NextToken);
      return names.length === 0 ? {} : { Rules: [{ Name: names[index] }], NextToken: index + 1 < names.length ? String(index + 1) : undefined };
    });
  }

  private resetSubscriptions(): void {
    this.sns.reset();
    this.sns.on(SubscribeCommand).callsFake(async ({ Endpoint }: { Endpoint: string }) => {
      const arn = `${TOPIC_ARN}:${++this.count}`;
      this.subscriptions.set(arn, Endpoint.replace(ARN, ''));
      return { SubscriptionArn: arn };
    });
    this.sns.on(UnsubscribeCommand).callsFake(async ({ SubscriptionArn }: { SubscriptionArn: string }) => {
      this.subscriptions.delete(SubscriptionArn);
      return {};
    });
    this.sns.on(ListSubscriptionsByTopicCommand).callsFake(async ({ NextToken = '' }: { NextToken?: string }) => {
      const all = [...this.subscriptions].map(([arn, name]) => ({ SubscriptionArn: arn, Endpoint: ARN + name }));
      const index = Number(NextToken);
      const others = [{ Endpoint: 'mail@example.com', SubscriptionArn: 'PendingConfirmation' }, {}];
      const next = index + 1 < all.length ? String(index + 1) : undefined;
      return all.length === 0 ? {} : { Subscriptions: [all[index], ...others], NextToken: next };
    });
  }
}
