import { Duration } from 'aws-cdk-lib';
import { type Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type IEventBus, type OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { DetailType, Metric as MetricName, MetricBy } from './private/contract';

/**
 * The metrics and events of a system. jsii publishes the members as those of `WebhookProcessingSystem`.
 *
 * @internal
 */
export abstract class WebhookProcessingSystemBase extends Construct {
  public abstract readonly eventBus: IEventBus;
  public abstract readonly eventSource: string;

  public abstract metric(metricName: string, options?: MetricOptions): Metric;

  /**
   * Number of webhooks that were stored for the first time.
   *
   * For one provider, pass its name as a dimension. The same works for duplicates, altered, rejected, mismatched
   * and unparsed webhooks, for secrets that are not set, and for failed writes.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   * @example
   *   import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
   *
   *   const payments = new WebhookProcessingSystem(this, 'Payments', { providers: [WebhookProvider.stripe()] });
   *   const stored: Metric = payments.metricStored({ dimensionsMap: { Provider: 'stripe' } });
   */
  public metricStored(options?: MetricOptions): Metric {
    return this.metric(MetricName.STORED, options);
  }

  /**
   * Number of webhooks that were already stored.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricDuplicates(options?: MetricOptions): Metric {
    return this.metric(MetricName.DUPLICATE, options);
  }

  /**
   * Number of duplicates whose body differs from the stored one. The first body counts.
   *
   * Providers can send a retry with another body, such as a changed number of pending webhooks. Many of them can mean
   * that a sender uses an event id twice.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricAltered(options?: MetricOptions): Metric {
    return this.metric(MetricName.ALTERED, options);
  }

  /**
   * Number of webhooks that were rejected: bad, missing or stale signatures, and malformed requests.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricRejected(options?: MetricOptions): Metric {
    return this.metric(MetricName.REJECTED, options);
  }

  /**
   * Number of rejected webhooks with a well-formed signature that no secret or key of their provider made. A wrong secret
   * causes them. Requests without a signature, such as those of scanners, are not counted. Webhooks that are rejected with
   * `body_not_exact`, because an HTTP API may have changed their body, are counted too.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricMismatched(options?: MetricOptions): Metric {
    return this.metric(MetricName.MISMATCHED, options);
  }

  /**
   * Number of authentic webhooks that were stored but could not be parsed.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricUnparsed(options?: MetricOptions): Metric {
    return this.metric(MetricName.UNPARSED, options);
  }

  /**
   * Number of writes to the table that failed. The webhook is answered with 503, and the provider retries it.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricStoreFailed(options?: MetricOptions): Metric {
    return this.metric(MetricName.STORE_FAILED, options);
  }

  /**
   * Number of events whose webhook did not arrive, and that the reconciliation fetched from the provider and stored. It
   * has no values without `reconciliation`.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricReconciled(options?: MetricOptions): Metric {
    return this.metric(MetricName.RECONCILED, options);
  }

  /**
   * Number of times that a reconciliation skipped a time, because the provider does not list events that old. Events of that
   * time can be missing.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricReconciliationGaps(options?: MetricOptions): Metric {
    return this.metric(MetricName.OUT_OF_REACH, options);
  }

  /**
   * Number of reconciliations that compared all events of a provider up to now.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricReconciliationsCompleted(options?: MetricOptions): Metric {
    return this.metric(MetricName.RECONCILIATION_COMPLETED, options);
  }

  /**
   * Number of webhooks that were answered with 503 because the secret of their provider has no usable value.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricSecretNotSet(options?: MetricOptions): Metric {
    return this.metric(MetricName.SECRET_NOT_SET, options);
  }

  /**
   * Number of failed reads of a secret after which its last value was used, because Secrets Manager did not answer.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricSecretsOutdated(options?: MetricOptions): Metric {
    return this.metric(MetricName.SECRET_OUTDATED, options);
  }

  /**
   * Number of webhooks that were stored without the id of a guest or the hash of an email address, because the key of
   * `identifyGuests` could not be read.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricGuestsUnidentified(options?: MetricOptions): Metric {
    return this.metric(MetricName.GUEST_UNIDENTIFIED, options);
  }

  /**
   * Number of stream records that the functions sent to the dead-letter queue. Messages from EventBridge, Lambda and the
   * workflow are not counted. For all of them, use `deadLetterQueue.metricNumberOfMessagesSent()`.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricDeadLettered(options?: MetricOptions): Metric {
    return this.metric(MetricName.DEAD_LETTERED, options);
  }

  /**
   * Number of transactions that were assessed. Each is counted once.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricAssessed(options?: MetricOptions): Metric {
    return this.metric(MetricName.ASSESSED, options);
  }

  /**
   * Number of payments below the high tier that were sent to the workflow, because payments of the customer or with the card
   * were declined shortly before. It has values only with `AssessmentScope.suspicious`. A payment that is published again after
   * a failure counts again.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricSuspicious(options?: MetricOptions): Metric {
    return this.metric(MetricName.SUSPICIOUS, options);
  }

  /**
   * Number of transactions with the verdict `block`.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricBlocked(options: MetricOptions = {}): Metric {
    return this.metric(MetricName.VERDICT, { ...options, dimensionsMap: { ...options.dimensionsMap, [MetricBy.VERDICT]: 'block' } });
  }

  /**
   * Number of assessed transactions to which a fraud rule applied.
   *
   * @param rule name of the rule, such as `velocity` or `amount-above`
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricRuleFired(rule: string, options: MetricOptions = {}): Metric {
    return this.metric(MetricName.RULE_FIRED, { ...options, dimensionsMap: { ...options.dimensionsMap, [MetricBy.RULE]: rule } });
  }

  /**
   * Number of assessed transactions with a verdict of the shadow rules. It has no values without `shadowFraudRules`.
   *
   * @param verdict `approve`, `review`, `block`, or `failed` if the shadow rules could not be evaluated
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricShadowVerdicts(verdict: string, options: MetricOptions = {}): Metric {
    return this.metric(MetricName.SHADOW_VERDICT, { ...options, dimensionsMap: { ...options.dimensionsMap, [MetricBy.VERDICT]: verdict } });
  }

  /**
   * Number of assessed transactions to which a shadow rule applied. It has no values without `shadowFraudRules`.
   *
   * @param rule name of the rule, such as `velocity` or `amount-above`
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricShadowRuleFired(rule: string, options: MetricOptions = {}): Metric {
    return this.metric(MetricName.SHADOW_RULE_FIRED, { ...options, dimensionsMap: { ...options.dimensionsMap, [MetricBy.RULE]: rule } });
  }

  /**
   * Number of calls of scoring functions, see `FraudRule.scoredBy`, without a usable answer in time. Functions that only
   * shadow rules use do not count.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricScoresFailed(options?: MetricOptions): Metric {
    return this.metric(MetricName.SCORES_FAILED, options);
  }

  /**
   * Amount of the assessed transactions in one currency, in major units.
   *
   * @param currency ISO 4217 code, such as `EUR`
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricAssessedAmount(currency: string, options: MetricOptions = {}): Metric {
    return this.metric(MetricName.ASSESSED_AMOUNT, { ...options, dimensionsMap: { ...options.dimensionsMap, [MetricBy.CURRENCY]: currency } });
  }

  /**
   * Milliseconds from an event to its verdict.
   *
   * @param options overrides of the defaults
   * @default 99th percentile over 5 minutes
   */
  public metricTimeToVerdict(options?: MetricOptions): Metric {
    return this.metric(MetricName.VERDICT_LATENCY, { statistic: Stats.p(99), ...options });
  }

  /**
   * Number of transactions that the sweep republished because they were not closed in time.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricSwept(options?: MetricOptions): Metric {
    return this.metric(MetricName.SWEPT, options);
  }

  /**
   * Number of transactions that the sweep gave up, after ten attempts to have them assessed and alerted.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricGivenUp(options?: MetricOptions): Metric {
    return this.metric(MetricName.GIVEN_UP, options);
  }

  /**
   * Seconds since the receipt of the oldest transaction that is to be assessed and is not yet assessed and alerted. 0 if there is none.
   * Transactions that the sweep gave up are not included.
   *
   * @param options overrides of the defaults
   * @default maximum over 5 minutes
   */
  public metricOldestOpenTransactionAge(options?: MetricOptions): Metric {
    return this.metric(MetricName.OLDEST_OPEN, { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Number of transactions that the sweep gave up and that nobody has redriven. It has no value if there is none.
   *
   * @param options overrides of the defaults
   * @default maximum over 5 minutes
   */
  public metricAwaitingRedrive(options?: MetricOptions): Metric {
    return this.metric(MetricName.AWAITING_REDRIVE, { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Number of recipients of alerts without a confirmed subscription. It has one value each hour if `alertEmails` is set, and
   * otherwise no values. If the topic cannot be read, it is the number of all recipients.
   *
   * @param options overrides of the defaults
   * @default maximum over 1 hour
   */
  public metricAlertRecipientsUnconfirmed(options?: MetricOptions): Metric {
    return this.metric(MetricName.UNCONFIRMED_RECIPIENTS, { statistic: Stats.MAXIMUM, period: Duration.hours(1), ...options });
  }

  /**
   * Number of changes that were archived as they are in the stream, because their line could not be rendered.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricArchivedUnrendered(options?: MetricOptions): Metric {
    return this.metric(MetricName.ARCHIVED_UNRENDERED, options);
  }

  /**
   * Number of sweeps that processed every due transaction without an error. One a minute is normal.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricSweepsCompleted(options?: MetricOptions): Metric {
    return this.metric(MetricName.SWEEP_COMPLETED, options);
  }

  /**
   * Number of batches with a heartbeat of the sweep whose changes were published. Five in five minutes is normal, also
   * without webhooks. Zero means that the event relay is stopped or does not make progress.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricRelayHeartbeats(options?: MetricOptions): Metric {
    return this.metric(MetricName.RELAY_PROGRESS, options);
  }

  /**
   * Number of batches with a heartbeat of the sweep whose changes were archived. One in five minutes is normal, also
   * without webhooks. Zero for longer means that archiving is stopped or does not make progress.
   *
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   */
  public metricArchivalHeartbeats(options?: MetricOptions): Metric {
    return this.metric(MetricName.ARCHIVAL_PROGRESS, options);
  }

  /**
   * Creates a rule for each transaction that was stored, with or without an amount.
   *
   * An event can arrive more than once. Targets must accept duplicates. For transactions of one tier, use `addTarget`.
   *
   * EventBridge retries a target for 24 hours and then drops the event: give your target a dead-letter queue. If you set
   * `ruleName`, change it together with the prop `eventBus`, because CloudFormation cannot move a named rule.
   *
   * Throws an error if `eventPattern` has `source` or `detailType`, which would match more events instead of fewer.
   *
   * @param id the id of the rule, unique in this construct
   * @param options the target, the name and further conditions of the rule
   * @example
   *   import { EventPattern } from 'aws-cdk-lib/aws-events';
   *   import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
   *   import { Queue } from 'aws-cdk-lib/aws-sqs';
   *
   *   const queue = new Queue(this, 'Queue');
   *   const payments = new WebhookProcessingSystem(this, 'Payments');
   *   const refunds: EventPattern = { detail: { kind: ['refunded'] } };
   *   payments.onTransactionReceived('Refunds', {
   *     eventPattern: refunds,
   *     target: new SqsQueue(queue, { deadLetterQueue: payments.deadLetterQueue }),
   *   });
   */
  public onTransactionReceived(id: string, options?: OnEventOptions): Rule {
    return this.onEvent(id, DetailType.RECEIVED, options);
  }

  /**
   * Creates a rule for each transaction that has a verdict. See
   * `onTransactionReceived` for duplicates, names and errors.
   *
   * @param id the id of the rule, unique in this construct
   * @param options the target, the name and further conditions of the rule
   * @example
   *   import { EventPattern } from 'aws-cdk-lib/aws-events';
   *   import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
   *   import { Queue } from 'aws-cdk-lib/aws-sqs';
   *
   *   const queue = new Queue(this, 'Queue');
   *   const payments = new WebhookProcessingSystem(this, 'Payments');
   *   const reviews: EventPattern = { detail: { verdict: ['review'] } };
   *   payments.onTransactionAssessed('Reviews', { eventPattern: reviews, target: new SqsQueue(queue) });
   */
  public onTransactionAssessed(id: string, options?: OnEventOptions): Rule {
    return this.onEvent(id, DetailType.ASSESSED, options);
  }

  /**
   * Creates a rule for each transaction with the verdict `block`. See `onTransactionReceived` for duplicates,
   * names and errors.
   *
   * @param id the id of the rule, unique in this construct
   * @param options the target, the name and further conditions of the rule
   * @example
   *   import { Rule } from 'aws-cdk-lib/aws-events';
   *   import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
   *   import { Queue } from 'aws-cdk-lib/aws-sqs';
   *
   *   const queue = new Queue(this, 'Queue');
   *   const payments = new WebhookProcessingSystem(this, 'Payments');
   *   const blocked: Rule = payments.onTransactionBlocked('Blocked', { target: new SqsQueue(queue) });
   */
  public onTransactionBlocked(id: string, options?: OnEventOptions): Rule {
    return this.onEvent(id, DetailType.BLOCKED, options);
  }

  private onEvent(id: string, detailType: string, options: OnEventOptions = {}): Rule {
    const { target, eventPattern, ...ruleProps } = options;
    for (const field of ['source', 'detailType'] as const) {
      if (eventPattern?.[field]) {
        throw new Error(
          `\`eventPattern.${field}\` must not be set, because this method sets it and EventBridge would match either value, `
          + `got: ${JSON.stringify(eventPattern[field])}. Remove it, or create a Rule on \`eventBus\`.`,
        );
      }
    }
    const rule = new Rule(this, id, {
      ...ruleProps, eventBus: this.eventBus, eventPattern: { source: [this.eventSource], detailType: [detailType] },
    });
    rule.addEventPattern(eventPattern);
    rule.addTarget(target);
    return rule;
  }
}
