import type { FraudRuleProps } from './fraud-rule-props';
import { FraudRiskLevel, ThreeDSecureResult } from './fraud-values';
import { validatedScore } from './rule-limits';
import type { OutsideHoursProps, ProviderRiskProps, ThreeDSecureProps } from './signal-rule-props';
import type { CountryMismatchConfig, OutsideHoursConfig, ProviderRiskConfig, ThreeDSecureConfig } from '../private/contract';
import { validateChoices, validateHours, validateTimeZone } from '../private/rule-validation';
import { validateWholeNumber } from '../private/validation';

export function countryMismatchConfig(props: FraudRuleProps): CountryMismatchConfig {
  return { rule: 'country-mismatch', score: validatedScore(props) };
}

export function outsideHoursConfig(props: OutsideHoursProps): OutsideHoursConfig {
  const { startHour, endHour, timeZone } = props;
  validateHours(startHour, endHour);
  validateTimeZone('timeZone', timeZone);
  return { rule: 'outside-hours', score: validatedScore(props), startHour, endHour, timeZone };
}

export function providerRiskConfig(props: ProviderRiskProps): ProviderRiskConfig {
  const { minimumScore, levels } = props;
  if (minimumScore === undefined && levels === undefined) {
    throw new Error('`minimumScore` or `levels` must be set, because the rule would never apply, got: neither');
  }
  if (minimumScore !== undefined) {
    validateWholeNumber('minimumScore', minimumScore, 1, 100);
  }
  if (levels !== undefined) {
    validateChoices('levels', levels, Object.values(FraudRiskLevel));
  }
  return { rule: 'provider-risk', score: validatedScore(props), minimumScore, levels: levels && sortedChoices<`${FraudRiskLevel}`>(levels) };
}

export function threeDSecureConfig(props: ThreeDSecureProps): ThreeDSecureConfig {
  validateChoices('outcomes', props.outcomes, Object.values(ThreeDSecureResult));
  return { rule: 'three-d-secure', score: validatedScore(props), outcomes: sortedChoices<`${ThreeDSecureResult}`>(props.outcomes) };
}

/** Sorts, so that the order in the code does not change the template. */
function sortedChoices<T extends string>(choices: readonly T[]): T[] {
  return [...choices].sort();
}
