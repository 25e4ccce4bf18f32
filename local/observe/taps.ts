import { ListRulesCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT, DEFAULT_REGION } from '../../cli/local/emulator/emulator-environment';
import type { TransactionDetail } from '../../src/private/contract';
import type { Clients } from '../emulator/clients';
import type { Outputs } from '../emulator/deployment';

/** The rules, with the beginnings of their names. */
const RULES = {
  high: 'high-value-transactions', medium: 'medium-value-transactions', low: 'low-value-transactions', suspicious: 'suspicious-transactions',
};

/** An event that a target on the bus receives. */
export interface BusEvent {
  readonly 'source': string;
  readonly 'detail-type': string;
  readonly 'detail': TransactionDetail;
}

/** An alert that a subscriber receives. */
export interface ReceivedAlert {
  /** Alerts of the workflow have a subject. SNS does not add one to alerts of a rule. */
  readonly subject?: string;
  readonly text: string;
}

/** The messages that have arrived since the last read. */
export interface Arrivals {
  readonly busEvents: readonly BusEvent[];
  readonly matches: ReadonlyArray<{ readonly rule: string; readonly event: BusEvent }>;
  readonly alerts: readonly ReceivedAlert[];
  /** Messages in the deployed system's own dead-letter queue. */
  readonly deadLetters: readonly string[];
}

/**
 * Queues that are attached to the bus, each rule and the topic from outside,
 * as a user's own targets would be. The deployed stack is not changed.
 */
export class Taps {
  /** Attaches the queues. */
  public static async attach(clients: Clients, outputs: Outputs): Promise<Taps> {
    const { EventBusName: bus } = outputs;
    const ruleQueues: Record<string, string> = {};
    for (const [rule, NamePrefix] of Object.entries(RULES)) {
      const { Rules = [] } = await clients.eventBridge.send(new ListRulesCommand({ EventBusName: bus, NamePrefix }));
      ruleQueues[rule] = await addTarget(clients, bus, Rules[0].Name!, `tap-rule-${rule}`);
    }

    // An empty prefix matches every event, also those of other systems.
    await clients.eventBridge.send(new PutRuleCommand({
      Name: 'tap-bus', EventBusName: bus, EventPattern: JSON.stringify({ source: [{ prefix: '' }] }),
    }));
    const busQueue = await addTarget(clients, bus, 'tap-bus', 'tap-bus');

    const alertQueue = await createQueue(clients.sqs, 'tap-alerts');
    await clients.sns.send(new SubscribeCommand({
      TopicArn: outputs.TopicArn, Protocol: 'sqs', Endpoint: queueArn('tap-alerts'),
    }));
    return new Taps(clients.sqs, ruleQueues, busQueue, alertQueue, outputs.DeadLetterQueueUrl);
  }

  private constructor(
    private readonly sqs: SQSClient,
    private readonly ruleQueues: Readonly<Record<string, string>>,
    private readonly busQueue: string,
    private readonly alertQueue: string,
    private readonly deadLetterQueue: string,
  ) {}

  /** Receives and deletes the messages that have arrived since the last call. */
  public async collect({ deadLetters: withDeadLetters }: { readonly deadLetters: boolean }): Promise<Arrivals> {
    const [matches, busEvents, alerts, deadLetters] = await Promise.all([
      Promise.all(Object.entries(this.ruleQueues).map(async ([rule, queue]) => (
        (await this.drain(queue)).map((body) => ({ rule, event: JSON.parse(body) as BusEvent }))
      ))),
      this.drain(this.busQueue),
      this.drain(this.alertQueue),
      withDeadLetters ? this.drain(this.deadLetterQueue) : [],
    ]);
    return { matches: matches.flat(), busEvents: busEvents.map((body) => JSON.parse(body) as BusEvent), alerts: alerts.map(toAlert), deadLetters };
  }

  private async drain(queueUrl: string): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({
        QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0,
      }));
      if (Messages.length === 0) {
        return bodies;
      }
      bodies.push(...Messages.map(({ Body }) => Body!));
      await this.sqs.send(new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }));
    }
  }
}

/** Extracts a message from the SNS envelope. */
export function toAlert(body: string): ReceivedAlert {
  const { Subject, Message } = JSON.parse(body) as { readonly Subject?: string | null; readonly Message: string };
  return { subject: Subject ?? undefined, text: plainText(Message) };
}

/** A text from a rule's input path arrives as a JSON string. A text from the workflow arrives unchanged. */
function plainText(message: string): string {
  return message.startsWith('"') ? JSON.parse(message) as string : message;
}

async function addTarget({ eventBridge, sqs }: Clients, bus: string, rule: string, queue: string): Promise<string> {
  const url = await createQueue(sqs, queue);
  await eventBridge.send(new PutTargetsCommand({
    Rule: rule, EventBusName: bus, Targets: [{ Id: 'tap', Arn: queueArn(queue) }],
  }));
  return url;
}

async function createQueue(sqs: SQSClient, name: string): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl!;
}

function queueArn(name: string): string {
  return `arn:aws:sqs:${DEFAULT_REGION}:${ACCOUNT}:${name}`;
}
