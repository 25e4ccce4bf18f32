import { MINUTE, type Datapoint } from './metric-store';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html */
const ACTIVE_MS = 6 * 60 * MINUTE;
/** The longest delay of the metrics of a queue that becomes active (same page). */
const ACTIVATION_DELAY_MS = 15 * MINUTE;

/** The metrics of a queue. SQS reports them while the queue is active, and late when it becomes active. */
export class MessageQueue {
  private visible = 0;
  private sent = 0;
  private lastUseAt = -Infinity;
  private reportedFrom = -Infinity;
  private readonly unreported: Datapoint[] = [];

  constructor(private readonly name: string) {}

  public send(now: number): void {
    this.use(now);
    this.visible += 1;
    this.sent += 1;
  }

  /** An operator reads and deletes all messages. */
  public empty(now: number): void {
    this.use(now);
    this.visible = 0;
  }

  /** The datapoints that CloudWatch gets in the minute that begins now. */
  public report(now: number): Datapoint[] {
    if (now - this.lastUseAt < ACTIVE_MS) {
      const metric = { namespace: 'AWS/SQS', dimensions: { QueueName: this.name }, timestamp: now };
      this.unreported.push(
        { ...metric, name: 'NumberOfMessagesSent', value: this.sent },
        { ...metric, name: 'ApproximateNumberOfMessagesVisible', value: this.visible },
      );
    }
    this.sent = 0;
    return now < this.reportedFrom ? [] : this.unreported.splice(0);
  }

  private use(now: number): void {
    if (now - this.lastUseAt >= ACTIVE_MS) {
      this.reportedFrom = now + ACTIVATION_DELAY_MS;
    }
    this.lastUseAt = now;
  }
}
