import { Duration } from 'aws-cdk-lib';
import { HISTORY_LIMIT, type AssessmentScopeConfig } from '../private/contract';
import { validateObject, validateSeconds, validateWholeNumber } from '../private/validation';

/** A provider sends up to four events about one decline, and the relay reads one page of them. */
const MAX_DECLINES = HISTORY_LIMIT / 4;
const MAX_WINDOW = Duration.days(30);

/** Options of `AssessmentScope.suspicious`. */
export interface SuspiciousScopeProps {
  /**
   * The minimum number of declined payments of the customer, or with the card. From 1 to 50. Declines of one transaction
   * within three seconds count once.
   *
   * @default 1
   */
  readonly declines?: number;

  /**
   * The window of the declined payments. It ends with the payment. From one second to 30 days. The relay reads at most the 200
   * newest events of this time.
   *
   * @default Duration.days(1)
   */
  readonly window?: Duration;
}

/**
 * The money movements that the fraud rules assess. Those of the high tier are always assessed.
 *
 * An assessment costs one execution of the workflow, one invocation of the fraud detector, its reads and writes, and its logs.
 * Together, this is about 11 USD per million assessments, by the model of
 * [docs/cost.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/cost.md).
 *
 * @example
 *   import { Duration } from 'aws-cdk-lib';
 *
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     assessmentScope: AssessmentScope.suspicious({ declines: 3, window: Duration.minutes(30) }),
 *   });
 */
export class AssessmentScope {
  /** Assesses the high tier only. Tests of stolen cards with small payments are not found. */
  public static highTier(): AssessmentScope {
    return new AssessmentScope();
  }

  /**
   * Assesses the high tier, and the payments below it whose customer or card had declined payments shortly before. This is
   * typical of tests of stolen cards. Refunds, disputes and payouts below the high tier are not assessed.
   *
   * In the simulated months of
   * [docs/fraud-measurements.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/fraud-measurements.md),
   * these are 1.5 to 4 % of the payments below the high tier. A month with a
   * million such payments has up to 40,000 more executions, which cost about 0.72 USD.
   *
   * The event relay reads the declines before it publishes a payment. One query of each index costs 0.5 read units of
   * DynamoDB, so a million payments with a customer and a card cost 0.13 USD
   * (https://aws.amazon.com/dynamodb/pricing/on-demand/). If the relay cannot read them, it retries and publishes nothing
   * without the check. A decline that arrives within the same second can be missed, because an index is updated shortly
   * after its table.
   *
   * The provider must send declined payments as events, and sign a customer or the fingerprint of the card.
   */
  public static suspicious(props: SuspiciousScopeProps = {}): AssessmentScope {
    const { declines = 1, window = Duration.days(1) } = props;
    validateWholeNumber('declines', declines, 1, MAX_DECLINES);
    validateSeconds('window', window, Duration.seconds(1), MAX_WINDOW);
    return new AssessmentScope({ below: 'suspicious', declines, windowSeconds: window.toSeconds() });
  }

  /**
   * Assesses every money movement, refunds, disputes and payouts too. The event relay reads nothing. Each movement below the
   * high tier costs an assessment: about 11 USD per million.
   */
  public static all(): AssessmentScope {
    return new AssessmentScope({ below: 'all' });
  }

  /**
   * The configuration of a scope, or of the default.
   *
   * @internal
   */
  public static _configOf(scope: AssessmentScope = AssessmentScope.suspicious()): AssessmentScopeConfig | undefined {
    // A name such as 'all' would otherwise silently mean the high tier.
    validateObject('assessmentScope', scope);
    return scope._config;
  }

  /** @internal */
  public readonly _config?: AssessmentScopeConfig;

  private constructor(config?: AssessmentScopeConfig) {
    this._config = config;
  }
}
