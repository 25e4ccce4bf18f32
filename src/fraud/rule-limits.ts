import { Duration } from 'aws-cdk-lib';
import type { FraudRuleProps } from './fraud-rule-props';
import { HISTORY_LIMIT } from '../private/contract';
import { validateSeconds, validateWholeNumber } from '../private/validation';

/** A transaction can have several events in the history that one assessment reads. */
export const MAX_TRANSACTIONS = HISTORY_LIMIT / 2;
/** A provider sends up to four events about one decline: for the charge, the intent, the checkout and the invoice. */
export const MAX_DECLINES = HISTORY_LIMIT / 4;

const MAX_WINDOW = Duration.days(30);
/** For the usual payments of a customer and for labels, which need a longer history than velocity does. */
export const MAX_LONG_WINDOW = Duration.days(365);

/** The maximum score of a rule, and of one fact of a scorecard. */
export const MAX_SCORE = 1_000;

/** Checks the score of a rule. */
export function validatedScore({ score }: FraudRuleProps): number {
  validateWholeNumber('score', score, 1, MAX_SCORE);
  return score;
}

/** Checks a window, and converts it to seconds. */
export function validatedSeconds(prop: string, window: Duration, most = MAX_WINDOW): number {
  validateSeconds(prop, window, Duration.seconds(1), most);
  return window.toSeconds();
}
