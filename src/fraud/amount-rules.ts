import { Duration } from 'aws-cdk-lib';
import type { AmountAboveProps, AmountRankProps, AmountSpikeProps, DuplicateAmountProps, NewCustomerAboveProps } from './amount-rule-props';
import { MAX_LONG_WINDOW, MAX_TRANSACTIONS, validatedScore, validatedSeconds } from './rule-limits';
import type { AmountAboveConfig, AmountRankConfig, AmountSpikeConfig, DuplicateAmountConfig, NewCustomerAboveConfig } from '../private/contract';
import { validateAmount, validateEither, validateFactor, validateShare, validateTimesHigh } from '../private/rule-validation';
import { validateCurrency, validateWholeNumber } from '../private/validation';

export function amountAboveConfig(props: AmountAboveProps): AmountAboveConfig {
  return { rule: 'amount-above', score: validatedScore(props), ...amountLimit('', props) };
}

export function newCustomerAboveConfig(props: NewCustomerAboveProps): NewCustomerAboveConfig {
  return {
    rule: 'new-customer-above', score: validatedScore(props), ...amountLimit('', props), ageSeconds: validatedSeconds('age', props.age, MAX_LONG_WINDOW),
  };
}

export function amountSpikeConfig(props: AmountSpikeProps): AmountSpikeConfig {
  const { factor, transactions = 5, window = Duration.days(90) } = props;
  validateFactor('factor', factor);
  validateWholeNumber('transactions', transactions, 1, MAX_TRANSACTIONS);
  return { rule: 'amount-spike', score: validatedScore(props), factor, transactions, windowSeconds: validatedSeconds('window', window, MAX_LONG_WINDOW) };
}

export function amountRankConfig(props: AmountRankProps): AmountRankConfig {
  validateShare('above', props.above);
  return { rule: 'amount-rank', score: validatedScore(props), above: props.above };
}

export function duplicateAmountConfig(props: DuplicateAmountProps): DuplicateAmountConfig {
  validateWholeNumber('count', props.count, 2, MAX_TRANSACTIONS);
  return { rule: 'duplicate-amount', score: validatedScore(props), count: props.count, windowSeconds: validatedSeconds('window', props.window) };
}

/** The props of a limit: an amount, or a multiple of the high threshold. */
export type AmountLimitProps = Pick<AmountAboveProps, 'amount' | 'currency' | 'timesHigh'>;

/** Checks a limit of an amount. The prefix names the prop that it is in, such as `total.`. */
export function amountLimit(prefix: string, { amount, currency, timesHigh }: AmountLimitProps): AmountLimitProps {
  validateEither(`${prefix}amount`, amount, `${prefix}timesHigh`, timesHigh);
  if (timesHigh !== undefined) {
    validateTimesHigh(`${prefix}timesHigh`, timesHigh);
    if (currency !== undefined) {
      throw new Error(
        `\`${prefix}currency\` must come with \`${prefix}amount\`, because \`${prefix}timesHigh\` follows the currency of each payment, got: '${currency}'. Leave it out.`,
      );
    }
    return { timesHigh };
  }
  validateAmount(`${prefix}amount`, amount!);
  if (currency !== undefined) {
    validateCurrency(`${prefix}currency`, currency);
  }
  return { amount, currency };
}
