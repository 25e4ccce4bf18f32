import { loggedBytes, REQUEST_ID } from '../../cli/cost/platform-logs';
import type { Machine } from '../support/state-machine';

/** The events that Step Functions logs for a successful state, by the state's type. */
const STATE_EVENTS: Readonly<Record<string, readonly string[]>> = {
  Choice: ['ChoiceStateEntered', 'ChoiceStateExited'],
  Succeed: ['SucceedStateEntered', 'SucceedStateExited'],
  Task: ['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited'],
  Parallel: ['ParallelStateEntered', 'ParallelStateStarted', 'ParallelStateSucceeded', 'ParallelStateExited'],
};

/**
 * The bytes that Step Functions logs for an execution along a path of states at
 * the level ALL, without execution data.
 */
export function workflowLogBytes(definition: Machine, path: readonly string[]): number {
  const typeOf = (name: string) => statesOf(definition).get(name)!;
  const events = path.flatMap((name) => STATE_EVENTS[typeOf(name)].map((type) => ({ type, details: { name } })));
  return loggedBytes([{ type: 'ExecutionStarted' }, ...events, { type: 'ExecutionSucceeded' }].map((event, position) => JSON.stringify({
    id: String(position + 1),
    details: {},
    ...event,
    previous_event_id: String(position),
    event_timestamp: '1782820800000',
    execution_arn: `arn:aws:states:us-east-1:123456789012:express:transaction-workflow-prod:${REQUEST_ID}_${REQUEST_ID}:${REQUEST_ID}`,
    redrive_count: '0',
  })));
}

function statesOf({ States }: Machine): Map<string, string> {
  return new Map(Object.entries(States).flatMap(([name, { Type, Branches = [] }]): [string, string][] => [
    [name, Type], ...Branches.flatMap((branch) => [...statesOf(branch)]),
  ]));
}
