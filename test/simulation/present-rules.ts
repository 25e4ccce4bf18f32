import type { PresentRules } from './month-results';
import { AssessmentScope } from '../../src/fraud/assessment-scope';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';

/** The default rules and the default scope of the assessment. */
export const PRESENT_RULES: PresentRules = {
  rules: ({ tiers }) => resolveFraudRules(undefined, undefined, undefined, tiers),
  scope: AssessmentScope.suspicious()._config!,
};
