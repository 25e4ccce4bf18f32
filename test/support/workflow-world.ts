import { run, Uncaught, workflowOf, type Run, type Task } from './state-machine';
import type { TransactionDetail, Verdict } from '../../src/private/contract';
import type { FakeTable } from '../handlers/support/fake-table';

const definition = workflowOf();

/** A message that was published to the topic. */
export interface Published {
  readonly Subject: string;
  readonly Message: { readonly default: string; readonly sms: string };
  readonly MessageStructure: string;
  readonly MessageAttributes: { readonly [name: string]: { readonly DataType: string; readonly StringValue: string } };
}

/** The resources that the workflow uses: a table that evaluates its conditions, a detector, a topic and a queue. */
export class WorkflowWorld {
  public readonly requests: any[] = [];
  public readonly alerts: Published[] = [];
  public readonly letters: any[] = [];
  public verdictsWritten = 0;
  public now = '';
  /** Called before and after a task's effect with the name of its state. If it throws, the task fails with this error. */
  public before?: (state: string) => void;
  public after?: (state: string) => void;

  constructor(private readonly table: FakeTable, private readonly verdict: Verdict) {}

  /** The number of alerts with this subject. */
  public alertCount(subject: string): number {
    return this.alerts.filter(({ Subject }) => Subject === subject).length;
  }

  /** Runs an execution that an event starts. */
  public async start(detail: TransactionDetail, execution = 'arn:execution:1'): Promise<Run> {
    const update: Task = (parameters) => this.table.update(parameters);
    const publish: Task = (parameters) => ({ MessageId: this.alerts.push(parameters) });
    const send: Task = ({ MessageBody }) => ({ MessageId: this.letters.push(MessageBody) });
    const tasks: { [state: string]: Task } = {
      ClaimTransaction: update,
      DetectFraud: ({ Payload }) => ({ Payload: this.assess(Payload) }),
      NotifyHighValue: publish,
      NotifyVerdict: publish,
      CloseTransaction: update,
      ReleaseClaim: update,
      ...Object.fromEntries(['OnEvent', 'ClaimTransaction', 'DetectFraud', 'NotifyHighValue', 'NotifyVerdict', 'CloseTransaction']
        .map((state) => [`${state}ToDeadLetters`, send])),
    };
    return run(definition, { detail }, Object.fromEntries(Object.entries(tasks).map(([state, task]) => [state, (parameters: unknown) => {
      this.before?.(state);
      const result = task(parameters);
      this.after?.(state);
      return result;
    }])), { Execution: { Id: execution, StartTime: this.now }, State: { EnteredTime: this.now } });
  }

  /** Simulates the fraud detector: the first verdict is kept. */
  private assess(request: any): object {
    this.requests.push(request);
    const { transaction_id: id, timestamp } = request.detail;
    const key = { transaction_id: { S: id }, timestamp: { S: timestamp } };
    const item = this.table.find(key)!;
    if (!item.verdict) {
      this.verdictsWritten += 1;
      this.table.store({ ...item, verdict: { S: this.verdict }, assessed_at: { S: this.now } });
    }
    return {
      verdict: this.verdict, score: 120, reasons: [], rule_set: 'abc', alert_subject: 'VERDICT', alert_text: 'the verdict', alert_sms: 'short verdict',
    };
  }
}

/** An error with the name that Retry and Catch match. */
export function named(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

/** The death of an execution without a notification. */
export function death(): Error {
  return new Uncaught('the execution died');
}
