import { randomUUID } from 'node:crypto';
import type { StreamedTable } from './streamed-table';
import type { Assessment, AssessmentRequest, TransactionDetail } from '../../src/private/contract';
import { ServiceError } from '../handlers/support/service-error';
import type { Dice } from '../simulation/marketplace-random';
import { run, Uncaught, workflowOf, type Task } from '../support/state-machine';
import { named } from '../support/workflow-world';

/** An alert that was sent, by the state that sent it. */
export interface SentAlert {
  readonly state: 'NotifyHighValue' | 'NotifyVerdict' | 'medium';
  readonly transactionId: string;
}

export interface WorkflowExecutionsProps {
  readonly table: StreamedTable;
  readonly detect: (request: AssessmentRequest, now: number) => Promise<Assessment>;
  readonly deadLetters: string[];
  /** The share of the tasks that fail, before or after their effect. */
  readonly failures?: { readonly dice: Dice; readonly rate: number };
}

/** The share of the failures that end the execution without a notification. */
const DEATHS = 0.25;
const definition = workflowOf();

/** Runs the synthesized workflow in the interpreter, with the table and the detector of the suite. */
export class WorkflowExecutions {
  public readonly alerts: SentAlert[] = [];
  public injected = 0;

  constructor(private readonly props: WorkflowExecutionsProps) {}

  /** Runs an execution to its end, which can be its death. */
  public async start(detail: TransactionDetail, now: number): Promise<void> {
    const time = new Date(now).toISOString();
    const context = { Execution: { Id: `arn:execution:${randomUUID()}`, StartTime: time }, State: { EnteredTime: time } };
    try {
      await run(definition, { detail }, this.tasks(detail, now), context);
    } catch (error) {
      if (!(error instanceof Uncaught)) {
        throw error;
      }
    }
  }

  private tasks({ transaction_id: transactionId }: TransactionDetail, now: number): { readonly [state: string]: Task } {
    const { table, detect, deadLetters } = this.props;
    const update: Task = async (parameters) => {
      try {
        return await table.perform('UpdateItem', parameters);
      } catch (error) {
        throw error instanceof ServiceError ? named(`DynamoDB.${error.code}`) : error;
      }
    };
    const notify = (state: SentAlert['state']): Task => () => ({ MessageId: String(this.alerts.push({ state, transactionId })) });
    const send: Task = ({ MessageBody: body }) => ({ MessageId: String(deadLetters.push(JSON.stringify(body))) });
    const tasks: { readonly [state: string]: Task } = {
      ClaimTransaction: update,
      DetectFraud: async ({ Payload: request }) => ({ Payload: await detect(request, now) }),
      NotifyHighValue: notify('NotifyHighValue'),
      NotifyVerdict: notify('NotifyVerdict'),
      CloseTransaction: update,
    };
    return Object.fromEntries(['OnEvent', ...Object.keys(tasks)].flatMap((state) => [
      [state, this.failing(tasks[state])] as const,
      [`${state}ToDeadLetters`, this.failing(send)] as const,
    ]));
  }

  private failing(task: Task): Task {
    return async (parameters) => {
      this.failAtTimes();
      const result = await task(parameters);
      this.failAtTimes();
      return result;
    };
  }

  private failAtTimes(): void {
    const { failures } = this.props;
    if (failures?.dice.chance(failures.rate / 2)) {
      this.injected += 1;
      throw failures.dice.chance(DEATHS) ? new Uncaught('the execution died') : named('States.Timeout');
    }
  }
}
