import { DescribeRuleCommand, ResourceNotFoundException, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DescribeStateMachineCommand, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { failed, ok, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import type { DeployedSystem } from '../aws/deployed-system';
import type { StackResource } from '../aws/stack-resources';

/** Parts of the logical ids of rules, each with the alarm for what the rule does. */
const HEADINGS: ReadonlyArray<readonly [part: string, heading: string]> = [
  ['EventRelaySweep', 'webhooks-sweep-stopped-suffix'],
  ['WebhookReconcilerSchedule', 'webhooks-reconciliation-stopped-provider-suffix'],
  ['FailedRecords', 'batches-of-the-stream-that-failed'],
  ['Routing', 'webhooks-sweep-republishes-suffix'],
];

/** The construct of the rules that are on the system's bus. */
const ON_BUS = 'Routing';

/** A rule of the system. */
export interface RuleState {
  /** The name of the bus and of the rule, or of the rule on the default bus. */
  readonly name: string;
  /** The id of the rule in the stack, without that of the system. */
  readonly id: string;
  readonly state: 'enabled' | 'disabled' | 'missing';
}

/** Whether the rules are enabled, those of schedules too, and whether the workflow exists. */
export function routingChecks(system: CheckedSystem): Check[] {
  const { eventBridge, stepFunctions } = system.clients;
  return [
    {
      name: 'rules',
      actions: ['cloudformation:ListStackResources', 'events:DescribeRule'],
      run: async (abortSignal) => {
        const rules: RuleState[] = [];
        for (const resource of await system.resources('AWS::Events::Rule')) {
          rules.push(await readRule(resource, system.deployed, eventBridge, abortSignal));
        }
        return rulesFinding(rules);
      },
    },
    {
      name: 'workflow',
      actions: ['states:DescribeStateMachine'],
      run: async (abortSignal) => {
        const advice = { remedy: 'Deploy the stack again. Until then, no transaction is assessed, and high-value transactions are not alerted.', heading: 'webhooks-workflow-failed-suffix' };
        try {
          const { status, type } = await stepFunctions.send(new DescribeStateMachineCommand({ stateMachineArn: system.output('WorkflowArn') }), { abortSignal });
          return status === 'ACTIVE' ? ok(`active (${type?.toLowerCase() ?? 'unknown type'})`) : failed(`is ${status?.toLowerCase() ?? 'in an unknown state'}`, advice);
        } catch (error) {
          if (error instanceof StateMachineDoesNotExist) {
            return failed('does not exist', advice);
          }
          throw error;
        }
      },
    },
  ];
}

async function readRule(
  { physicalId, logicalId }: StackResource, { id: systemId, resources }: DeployedSystem, client: EventBridgeClient, abortSignal: AbortSignal,
): Promise<RuleState> {
  const id = logicalId.slice(systemId.length);
  // The id of a rule on a bus of its own has the bus in front. The emulator leaves it out.
  const [name, bus = id.startsWith(ON_BUS) ? resources.EventBusName : undefined] = physicalId.split('|').reverse();
  try {
    const { State } = await client.send(new DescribeRuleCommand({ Name: name, EventBusName: bus }), { abortSignal });
    return { name: physicalId, id, state: State === 'DISABLED' ? 'disabled' : 'enabled' };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return { name: physicalId, id, state: 'missing' };
    }
    throw error;
  }
}

/** What the states of the rules mean. */
export function rulesFinding(rules: readonly RuleState[]): Finding {
  const off = rules.filter(({ state }) => state !== 'enabled');
  if (rules.length === 0) {
    return failed('the stack has no rules of this system', { remedy: 'Deploy the stack again.' });
  }
  if (off.length === 0) {
    return ok(`${rules.length} enabled`);
  }
  const [[, heading] = HEADINGS[3]] = HEADINGS.filter(([part]) => off[0].id.includes(part));
  return failed(off.map(({ name, state }) => `${name} is ${state}`).join(', '), {
    remedy: off[0].state === 'disabled'
      ? `Enable it: \`aws events enable-rule --name ${off[0].name.split('|').at(-1)}${off[0].name.includes('|') ? ` --event-bus-name ${off[0].name.split('|')[0]}` : ''}\`.`
      : 'Deploy the stack again.',
    heading,
  });
}
