import { amountLimit, type AmountLimitProps } from './amount-rules';
import { FraudSubject } from './fraud-values';
import type {
  DistinctCardsProps, DistinctCustomersProps, EarlierFraudProps, NewCardProps, RepeatedDeclinesProps, SpendingLimit, VelocityProps,
} from './history-rule-props';
import { MAX_DECLINES, MAX_LONG_WINDOW, MAX_TRANSACTIONS, validatedScore, validatedSeconds } from './rule-limits';
import type {
  DistinctCardsConfig, DistinctCustomersConfig, EarlierFraudConfig, NewCardConfig, RepeatedDeclinesConfig, VelocityConfig,
} from '../private/contract';
import { validateSummedCurrency } from '../private/rule-validation';
import { validateOneOf, validateWholeNumber } from '../private/validation';

export function velocityConfig(props: VelocityProps): VelocityConfig {
  const { count, total, window, by } = props;
  if (count === undefined && total === undefined) {
    throw new Error('`count` or `total` must be set, because without a limit no transaction exceeds it, got: neither');
  }
  if (count !== undefined) {
    validateWholeNumber('count', count, 1, MAX_TRANSACTIONS);
  }
  return {
    rule: 'velocity', score: validatedScore(props), windowSeconds: validatedSeconds('window', window), count, total: total && spendingLimit(total), by: historySubject(by),
  };
}

/** Amounts in different currencies cannot be added. */
function spendingLimit(total: SpendingLimit): AmountLimitProps {
  const limit = amountLimit('total.', total);
  if (limit.amount !== undefined) {
    validateSummedCurrency('total.currency', limit.currency ?? '');
  }
  return limit;
}

export function repeatedDeclinesConfig(props: RepeatedDeclinesProps): RepeatedDeclinesConfig {
  const { count, window, by } = props;
  validateWholeNumber('count', count, 1, MAX_DECLINES);
  return { rule: 'repeated-declines', score: validatedScore(props), count, windowSeconds: validatedSeconds('window', window), by: historySubject(by) };
}

export function newCardConfig(props: NewCardProps): NewCardConfig {
  const { payments = 1 } = props;
  validateWholeNumber('payments', payments, 1, MAX_TRANSACTIONS);
  return { rule: 'new-card', score: validatedScore(props), payments };
}

export function distinctCardsConfig(props: DistinctCardsProps): DistinctCardsConfig {
  const { count, window, by } = props;
  validateWholeNumber('count', count, 1, MAX_TRANSACTIONS);
  return {
    rule: 'distinct-cards',
    score: validatedScore(props),
    count,
    windowSeconds: validatedSeconds('window', window),
    by: historySubject(by, FraudSubject.CUSTOMER, FraudSubject.EMAIL) as DistinctCardsConfig['by'],
  };
}

export function distinctCustomersConfig(props: DistinctCustomersProps): DistinctCustomersConfig {
  const { count, window, by } = props;
  validateWholeNumber('count', count, 1, MAX_TRANSACTIONS);
  return {
    rule: 'distinct-customers',
    score: validatedScore(props),
    count,
    windowSeconds: validatedSeconds('window', window),
    by: historySubject(by, FraudSubject.CARD, FraudSubject.EMAIL) as DistinctCustomersConfig['by'],
  };
}

export function earlierFraudConfig(props: EarlierFraudProps): EarlierFraudConfig {
  const { by, window = MAX_LONG_WINDOW } = props;
  return { rule: 'earlier-fraud', score: validatedScore(props), windowSeconds: validatedSeconds('window', window, MAX_LONG_WINDOW), by: historySubject(by) };
}

/** Checks a subject. The default stays out of the configuration, which keeps it short. */
function historySubject(by: FraudSubject | undefined, usual = FraudSubject.CUSTOMER, ...others: FraudSubject[]): `${FraudSubject}` | undefined {
  if (by !== undefined) {
    validateOneOf('by', by, others.length > 0 ? [usual, ...others] : Object.values(FraudSubject));
  }
  return by === usual ? undefined : by;
}
