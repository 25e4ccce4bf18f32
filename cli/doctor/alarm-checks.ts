import { DescribeAlarmsCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { failed, notChecked, ok, warning, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import { readSubscriptions } from './topic-subscriptions';
import { safeText } from '../../handlers/alerts/safe-text';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const MAX_NAMES = 100;
/** The names that a line shows. */
const SHOWN = 5;
/** The address at the end of the descriptions. It has the version of the page that fits the deployed stack. */
const RUNBOOK_ADDRESS = /Runbook: (https:\/\/[\w./#-]+)/;

/** An alarm of the system. */
export interface AlarmInfo {
  readonly name: string;
  readonly state: string;
  readonly runbook?: string;
  /** The topics that it notifies when it fires. Empty while its actions are disabled. */
  readonly topics: readonly string[];
  /** Keeps its state without data, which is normal for a queue that is not used. */
  readonly ignoresMissingData: boolean;
  /** Fires if another alarm does, and notifies nobody. */
  readonly isComposite: boolean;
}

/** The states of the alarms, and whether somebody is notified. They share one read. */
export function alarmChecks(system: CheckedSystem): Check[] {
  const actions = ['cloudformation:ListStackResources', 'cloudwatch:DescribeAlarms'];
  let reading: Promise<AlarmInfo[]> | undefined;
  const read = async (): Promise<AlarmInfo[]> => {
    reading ??= (async () => {
      const names = (await Promise.all(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].map(async (type) => system.resources(type))))
        // A composite alarm can have its ARN as the id.
        .flat().map(({ physicalId }) => physicalId.split(':alarm:').at(-1)!);
      return readAlarms(system.clients.cloudwatch, names);
    })();
    return reading;
  };
  return [
    { name: 'alarms', actions, run: async () => alarmStateFinding(await read(), system.isLocal) },
    {
      name: 'alarm notifications',
      actions: [...actions, 'sns:ListSubscriptionsByTopic'],
      run: async (abortSignal) => {
        const alarms = await read();
        const confirmed = new Map<string, number>();
        for (const topic of new Set(alarms.flatMap(({ topics }) => topics))) {
          confirmed.set(topic, (await readSubscriptions(system.clients.sns, topic, abortSignal)).confirmed.length);
        }
        return notificationFinding(alarms, confirmed);
      },
    },
  ];
}

async function readAlarms(cloudwatch: CloudWatchClient, names: readonly string[]): Promise<AlarmInfo[]> {
  const alarms: AlarmInfo[] = [];
  for (let start = 0; start < names.length; start += MAX_NAMES) {
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({
      AlarmNames: names.slice(start, start + MAX_NAMES), AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: MAX_NAMES,
    }));
    for (const alarm of [...MetricAlarms, ...CompositeAlarms]) {
      const { AlarmName = '', StateValue = 'unknown', AlarmDescription = '', AlarmActions = [], ActionsEnabled = true } = alarm;
      alarms.push({
        name: AlarmName,
        state: StateValue,
        runbook: RUNBOOK_ADDRESS.exec(AlarmDescription)?.[1],
        topics: ActionsEnabled ? AlarmActions.filter((arn) => /^arn:[\w-]+:sns:/.test(arn)) : [],
        ignoresMissingData: 'TreatMissingData' in alarm && alarm.TreatMissingData === 'ignore',
        isComposite: 'AlarmRule' in alarm,
      });
    }
  }
  return alarms;
}

/** The first names, and how many there are. */
function firstNames(alarms: readonly AlarmInfo[]): string {
  const shown = alarms.slice(0, SHOWN).map(({ name }) => safeText(name)).join(', ');
  return alarms.length > SHOWN ? `${shown} and ${alarms.length - SHOWN} more` : shown;
}

/** What the states of the alarms mean. */
export function alarmStateFinding(alarms: readonly AlarmInfo[], isLocal: boolean): Finding {
  const single = alarms.filter(({ isComposite }) => !isComposite);
  const firing = single.filter(({ state }) => state === 'ALARM');
  const unknown = single.filter(({ state, ignoresMissingData }) => state !== 'ALARM' && state !== 'OK' && !ignoresMissingData);
  if (firing.length > 0) {
    return {
      ...failed(`in ALARM: ${firstNames(firing)}`, { remedy: `Follow the runbook of ${safeText(firing[0].name)}${firing.length > 1 ? ', then those of the others' : ''}.` }),
      runbook: firing[0].runbook,
    };
  }
  if (single.length === 0) {
    return warning('the stack has no alarms', { remedy: 'Deploy the stack with alarms.' });
  }
  if (unknown.length > 0 && isLocal) {
    return notChecked('the emulator has no data for most alarms');
  }
  return unknown.length > 0
    ? warning(`without data: ${firstNames(unknown)}`, { remedy: 'Run the command again half an hour after a deployment. Later, check whether the metric of the alarm still exists.' })
    : ok(`${single.length}, none fires`);
}

/** Whether somebody gets the notifications. `confirmed`: the confirmed subscriptions of each topic. */
export function notificationFinding(alarms: readonly AlarmInfo[], confirmed: ReadonlyMap<string, number>): Finding {
  const single = alarms.filter(({ isComposite }) => !isComposite);
  const silent = single.filter(({ topics }) => topics.length === 0);
  const unread = [...confirmed].filter(([, count]) => count === 0).map(([topic]) => topic);
  if (silent.length === single.length) {
    return warning('the alarms notify nobody', { remedy: 'Set `alarmTopic`, and `ticketTopic` for alarms that can wait. `alertEmails` gets alerts about transactions only.' });
  }
  if (unread.length > 0) {
    return warning(`nobody has confirmed a subscription to ${unread.join(', ')}`, { remedy: 'Subscribe to the topic, and confirm the subscription.' });
  }
  return silent.length > 0
    ? warning(`these notify nobody: ${firstNames(silent)}`, { remedy: 'Set `alarmTopic`, or enable the actions of the alarms.' })
    : ok(`${single.length} alarms notify ${confirmed.size === 1 ? 'a topic' : `${confirmed.size} topics`} with confirmed subscriptions`);
}
