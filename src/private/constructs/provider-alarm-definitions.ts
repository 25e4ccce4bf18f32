import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { periodOf, type AlarmDefinition } from './alarm-definition';
import type { BoundProvider } from '../bound-provider';
import { Metric as MetricName, MetricBy, type ProviderMetricName } from '../contract';
import type { PhysicalNames } from '../physical-names';
import { systemMetric } from '../system-metric';

/** The alarms that a system has only if one of its providers needs them. */
export const OPTIONAL_PROVIDER_ALARMS: readonly string[] = ['secret-not-set', 'silent', 'events-missed', 'reconciliation-stopped'];

/** The intervals without a completed reconciliation after which its alarm fires. */
const RECONCILIATION_PERIODS = 3;

/** The longest period of a missed event, in minutes. */
const MAX_MISSED_MINUTES = 24 * 60;

/**
 * The alarms on one provider, because the others would hide its failure in a
 * total. Their names end in the provider's.
 */
export function providerAlarmDefinitions(
  names: PhysicalNames, { config, secrets, expectWebhooksEvery, reconciliation }: BoundProvider,
): AlarmDefinition[] {
  const provider = config.name;
  const of = (name: ProviderMetricName, period: Duration) => systemMetric(names, name, { period, dimensionsMap: { [MetricBy.PROVIDER]: provider } });
  const definitions: AlarmDefinition[] = [
    {
      id: 'MostlyRejected',
      name: 'mostly-rejected',
      severity: 'page',
      description: `For 45 minutes, more webhooks of ${provider} had a signature that no secret made than were accepted. The secret is probably wrong: genuine `
        + 'webhooks are rejected, and are lost when the provider stops its retries.',
      metric: mostlyRejected((name) => of(name, Duration.minutes(15))),
      threshold: 3,
      periods: 3,
    },
    {
      id: 'Unparsed',
      name: 'unparsed',
      severity: 'ticket',
      description: `Authentic webhooks of ${provider} are stored but cannot be parsed. Their payments are not assessed and alerted.`,
      metric: of(MetricName.UNPARSED, Duration.hours(1)),
      threshold: 10,
    },
  ];
  if (secrets.length > 0) {
    definitions.push({
      id: 'SecretNotSet',
      name: 'secret-not-set',
      severity: 'page',
      description: `The provider ${provider} has no usable signing secret. Its webhooks are answered with 503, and it retries them.`,
      metric: of(MetricName.SECRET_NOT_SET, Duration.minutes(5)),
      threshold: 1,
    });
  }
  if (expectWebhooksEvery) {
    definitions.push({
      id: 'Silent',
      name: 'silent',
      severity: 'page',
      description: `No webhook of ${provider} was accepted for ${expectWebhooksEvery.toHumanString()}. Its payments are not seen.`,
      metric: accepted((name) => of(name, Duration.hours(1))),
      threshold: 1,
      firesBelow: true,
      periods: expectWebhooksEvery.toHours(),
      missing: TreatMissingData.BREACHING,
    });
  }
  if (reconciliation) {
    // Each run finds what was missed since the one before. A shorter period would return to OK between two runs.
    const missedPeriod = Duration.minutes(Math.min(2 * reconciliation.every.toMinutes(), MAX_MISSED_MINUTES));
    definitions.push({
      id: 'EventsMissed',
      name: 'events-missed',
      severity: 'ticket',
      description: `Webhooks of ${provider} did not arrive: the reconciliation found their events at the provider and stored them late, or the `
        + 'events are too old to be fetched. Check the URL and the events of the endpoint at the provider, and whether it is disabled or throttled.',
      metric: mathOf('FILL(missed, 0) + FILL(gaps, 0)', {
        missed: of(MetricName.RECONCILED, missedPeriod), gaps: of(MetricName.OUT_OF_REACH, missedPeriod),
      }),
      threshold: 1,
    }, {
      id: 'ReconciliationStopped',
      name: 'reconciliation-stopped',
      severity: 'ticket',
      description: `No reconciliation compared all events of ${provider} for ${RECONCILIATION_PERIODS} times ${reconciliation.every.toHumanString()}. `
        + 'Webhooks that do not arrive are not found.',
      metric: mathOf('FILL(completed, 0)', { completed: of(MetricName.RECONCILIATION_COMPLETED, reconciliation.every) }),
      threshold: 1,
      firesBelow: true,
      periods: RECONCILIATION_PERIODS,
      missing: TreatMissingData.BREACHING,
    });
  }
  return definitions.map((definition) => ({ ...definition, provider }));
}

type MetricOf = (name: ProviderMetricName) => IMetric;

/** A metric without a webhook has no data, which makes the result of math missing too. */
const ACCEPTED = 'FILL(stored, 0) + FILL(duplicates, 0)';

/** The webhooks with a valid signature. */
function accepted(of: MetricOf): MathExpression {
  return mathOf(ACCEPTED, { stored: of(MetricName.STORED), duplicates: of(MetricName.DUPLICATE) });
}

/**
 * The mismatched signatures, if there are more of them than accepted webhooks.
 * Scanners send no signatures. Forged ones that look genuine do not last for three
 * periods, or are fewer than the threshold or than the genuine webhooks. A wrong
 * secret lasts, and providers retry for longer than that.
 */
function mostlyRejected(of: MetricOf): MathExpression {
  return mathOf(`IF(mismatched > ${ACCEPTED}, mismatched, 0)`, {
    mismatched: of(MetricName.MISMATCHED), stored: of(MetricName.STORED), duplicates: of(MetricName.DUPLICATE),
  });
}

/** All metrics of an expression get its period. */
function mathOf(expression: string, usingMetrics: { [id: string]: IMetric }): MathExpression {
  const [first] = Object.values(usingMetrics);
  return new MathExpression({ expression, usingMetrics, period: Duration.seconds(periodOf(first)) });
}
