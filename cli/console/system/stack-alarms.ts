import { paginateListStackResources, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, type CloudWatchClient, type CompositeAlarm, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { ConsoleAlarm } from '../model/console-answers';

const ALARM_TYPES: readonly string[] = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];
/** The most names of one DescribeAlarms. */
const MAX_NAMES = 100;
const RUNBOOK_AT_END = / Runbook: (https:\/\/\S+)$/;

/** The alarms of a stack in their present states. */
export async function readStackAlarms(
  { cloudformation, cloudwatch }: { readonly cloudformation: CloudFormationClient; readonly cloudwatch: CloudWatchClient }, stack: string,
): Promise<ConsoleAlarm[]> {
  const names: string[] = [];
  for await (const { StackResourceSummaries: resources = [] } of paginateListStackResources({ client: cloudformation }, { StackName: stack })) {
    names.push(...resources.flatMap(({ ResourceType: type = '', PhysicalResourceId: id }) => (id !== undefined && ALARM_TYPES.includes(type) ? [id] : [])));
  }
  const alarms: ConsoleAlarm[] = [];
  for (let first = 0; first < names.length; first += MAX_NAMES) {
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({
      AlarmNames: names.slice(first, first + MAX_NAMES), AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    }));
    alarms.push(...[...MetricAlarms, ...CompositeAlarms].map(consoleAlarm));
  }
  return alarms;
}

function consoleAlarm({ AlarmName: name = '', StateValue: state, StateTransitionedTimestamp: since, AlarmDescription: text = '', StateReason: reason = '' }: MetricAlarm & CompositeAlarm): ConsoleAlarm {
  return {
    name,
    state: state === 'ALARM' || state === 'OK' ? state : 'INSUFFICIENT_DATA',
    since: since?.toISOString(),
    description: text.replace(RUNBOOK_AT_END, ''),
    reason,
    runbook: RUNBOOK_AT_END.exec(text)?.[1],
  };
}
