import {
  GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand, ListEventSourceMappingsCommand, type EventSourceMappingConfiguration,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { failed, notChecked, ok, warning, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import { safeText } from '../../handlers/alerts/safe-text';
import type { SystemOutput } from '../../src/private/contract';

interface CheckedFunction {
  readonly label: string;
  readonly output: SystemOutput;
  /** The alarm for its failures. */
  readonly heading: string;
  /** The alarm for a stream that nobody reads. Absent: the function reads no stream. */
  readonly streamHeading?: string;
}

const FUNCTIONS: readonly CheckedFunction[] = [
  { label: 'validator', output: 'ValidatorFunctionName', heading: 'webhooks-server-errors-suffix' },
  { label: 'relay', output: 'RelayFunctionName', heading: 'webhooks-relay-errors-suffix', streamHeading: 'webhooks-relay-stopped-suffix' },
  { label: 'detector', output: 'DetectorFunctionName', heading: 'webhooks-workflow-failed-suffix' },
  { label: 'archival', output: 'ArchivalFunctionName', heading: 'webhooks-archival-late-suffix', streamHeading: 'webhooks-archival-stopped-suffix' },
];

/** For each function whether it can run, and for those that read the stream whether they do. */
export function functionChecks(system: CheckedSystem): Check[] {
  const { lambda } = system.clients;
  return [
    ...FUNCTIONS.map(({ label, output, heading }): Check => ({
      name: `function ${label}`,
      actions: ['lambda:GetFunctionConfiguration', 'lambda:GetFunctionConcurrency'],
      run: async (abortSignal) => {
        const FunctionName = system.output(output);
        const [configuration, { ReservedConcurrentExecutions }] = await Promise.all([
          lambda.send(new GetFunctionConfigurationCommand({ FunctionName }), { abortSignal }),
          lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }), { abortSignal }),
        ]);
        return functionFinding(configuration, ReservedConcurrentExecutions, heading);
      },
    })),
    ...FUNCTIONS.flatMap(({ label, output, streamHeading }): Check[] => streamHeading === undefined ? [] : [{
      name: `stream to ${label}`,
      actions: ['lambda:ListEventSourceMappings'],
      run: async (abortSignal) => {
        const request = new ListEventSourceMappingsCommand({ FunctionName: system.output(output) });
        const { EventSourceMappings = [] } = await lambda.send(request, { abortSignal });
        return mappingFinding(EventSourceMappings, streamHeading);
      },
    }]),
  ];
}

/** What the state of a function means. A function that is idle for weeks can be `Inactive`, and starts again. */
export function functionFinding(
  { State = 'Active', StateReason, LastUpdateStatus = 'Successful', LastUpdateStatusReason, Runtime, PackageType, Architectures = [] }: FunctionConfiguration,
  reserved: number | undefined, heading: string,
): Finding {
  const reason = (text: string | undefined) => text === undefined ? '' : `: ${safeText(text)}`;
  if (reserved === 0) {
    return failed('stopped: its reserved concurrency is 0', { remedy: 'Remove or raise the reserved concurrency with `aws lambda delete-function-concurrency`.', heading });
  }
  if (State === 'Failed') {
    return failed(`cannot run${reason(StateReason)}`, { remedy: 'Fix the reason, and deploy the stack again.', heading });
  }
  if (LastUpdateStatus === 'Failed') {
    return failed(`its last update failed${reason(LastUpdateStatusReason)}`, { remedy: 'It runs the code before the update. Fix the reason, and deploy the stack again.', heading });
  }
  if (State === 'Pending' || LastUpdateStatus === 'InProgress') {
    return warning('is being updated', { remedy: 'Run the command again when the deployment has ended.' });
  }
  const details = [PackageType === 'Image' ? 'image' : Runtime, ...Architectures, ...reserved === undefined ? [] : [`${reserved} reserved executions`]];
  return ok(`${State.toLowerCase()} (${details.filter((detail) => detail !== undefined).join(', ')})`);
}

/** What the event source mappings of a function mean. */
export function mappingFinding(mappings: readonly EventSourceMappingConfiguration[], heading: string): Finding {
  if (mappings.length === 0) {
    return failed('no event source mapping: nothing reads the stream', { remedy: 'Deploy the stack again. DynamoDB Streams keeps changes for 24 hours only.', heading });
  }
  const off = mappings.find(({ State = '' }) => !/^(Enabled|Creating|Enabling|Updating)$/.test(State));
  if (off) {
    return failed(`event source mapping is ${off.State?.toLowerCase() ?? 'in an unknown state'}`, {
      remedy: `Enable it within 24 hours of its stop, or changes are lost: \`aws lambda update-event-source-mapping --enabled --uuid ${off.UUID}\`.`, heading,
    });
  }
  const last = mappings.map(({ LastProcessingResult = '' }) => LastProcessingResult).find((result) => /^PROBLEM/.test(result));
  if (last !== undefined) {
    return failed(`last batch failed: ${safeText(last)}`, { remedy: 'Read the log of the function. Lambda retries the batch for 23 hours.', heading });
  }
  const changing = mappings.find(({ State }) => State !== 'Enabled');
  return changing ? notChecked(`event source mapping is ${changing.State?.toLowerCase()}`, 'Run the command again in a minute.') : ok('enabled, no failed batch');
}
