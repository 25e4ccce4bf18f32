import { GetMetricDataCommand, type CloudWatchClient, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { failed, notChecked, ok, warning, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import { Env, Metric, METRIC_DIMENSION, METRIC_NAMESPACE, MetricBy } from '../../src/private/contract';

const DAYS = 14;
const HOUR = 3_600;
const SECONDS_OF_DAY = 24 * HOUR;
/** In the order of `WebhookActivity`. */
const COUNTED = [Metric.STORED, Metric.DUPLICATE, Metric.REJECTED] as const;

interface HourlyCount {
  readonly total: number;
  /** The start of the last hour with a value. */
  readonly last?: Date;
}

/** The webhooks of a provider in the last days. */
export interface WebhookActivity {
  readonly stored: HourlyCount;
  readonly duplicate: HourlyCount;
  readonly rejected: HourlyCount;
}

/** One check for each provider: when its last webhook arrived. */
export function activityChecks(system: CheckedSystem): Check[] {
  return system.deployed.providers.map(({ name }) => ({
    name: `webhooks ${name}`,
    actions: ['lambda:GetFunctionConfiguration', 'cloudwatch:GetMetricData'],
    run: async (abortSignal) => {
      const { variables } = await system.settings();
      const activity = await readActivity(system.clients.cloudwatch, variables[Env.SYSTEM_NAME], name, system.now(), abortSignal);
      return activityFinding(activity, name, system.isLocal);
    },
  }));
}

async function readActivity(
  cloudwatch: CloudWatchClient, systemName: string, provider: string, now: Date, abortSignal: AbortSignal,
): Promise<WebhookActivity> {
  const results: MetricDataResult[] = [];
  let next: string | undefined;
  do {
    const { MetricDataResults = [], NextToken } = await cloudwatch.send(new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - DAYS * SECONDS_OF_DAY * 1000),
      EndTime: now,
      ScanBy: 'TimestampDescending',
      NextToken: next,
      MetricDataQueries: COUNTED.map((MetricName, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Stat: 'Sum',
          Period: HOUR,
          Metric: {
            Namespace: METRIC_NAMESPACE,
            MetricName,
            Dimensions: [{ Name: METRIC_DIMENSION, Value: systemName }, { Name: MetricBy.PROVIDER, Value: provider }],
          },
        },
      })),
    }), { abortSignal });
    results.push(...MetricDataResults);
    next = NextToken;
  } while (next !== undefined);
  const [stored, duplicate, rejected] = COUNTED.map((_, index) => hourlyCount(results.filter(({ Id }) => Id === `m${index}`)));
  return { stored, duplicate, rejected };
}

function hourlyCount(results: readonly MetricDataResult[]): HourlyCount {
  const points = results.flatMap(({ Timestamps = [], Values = [] }) => Timestamps.map((time, index) => ({ time, value: Values[index] })))
    .filter(({ value }) => value > 0);
  const last = Math.max(...points.map(({ time }) => time.getTime()));
  return { total: points.reduce((sum, { value }) => sum + value, 0), last: points.length === 0 ? undefined : new Date(last) };
}

/** What the webhooks of the last days mean. */
export function activityFinding({ stored, duplicate, rejected }: WebhookActivity, provider: string, isLocal: boolean): Finding {
  const counts = `${stored.total} stored, ${duplicate.total} duplicate, ${rejected.total} rejected in ${DAYS} days`;
  const accepted = [stored.last, duplicate.last].filter((time) => time !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
  if (accepted === undefined && rejected.total > 0) {
    return failed(`all were rejected: ${counts}`, {
      remedy: `Compare the secret with the one at ${provider}. The log of the validator has the reason of each rejection.`, heading: 'webhooks-mostly-rejected-provider-suffix',
    });
  }
  if (accepted === undefined) {
    return isLocal ? notChecked('the emulator counts no webhooks') : warning(`none in ${DAYS} days`, {
      remedy: `Register the URL with ${provider}, and check there whether its deliveries fail. Ignore this if you expect none.`, heading: 'webhooks-silent-provider-suffix',
    });
  }
  const last = `last one in the hour from ${accepted.toISOString().slice(0, 16)}Z`;
  return rejected.total > stored.total + duplicate.total
    ? warning(`most were rejected: ${counts}; ${last}`, {
      remedy: 'The log of the validator has the reason of each rejection.', heading: 'webhooks-mostly-rejected-provider-suffix',
    })
    : ok(`${last}; ${counts}`);
}
