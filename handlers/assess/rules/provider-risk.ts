import { defineRule } from './rule';
import type { ProviderRiskConfig } from '../../../src/private/contract';

/** Fires on the provider's own estimate of the risk. */
export const providerRisk = defineRule({
  label: 'Provider risk',
  applies: "the provider's own risk score is at least `minimumScore`, or its risk level is one of `levels`",
  reads: 'the transaction; each provider has its own scale of scores',
  needs: [],
  evaluate({ minimumScore, levels }: ProviderRiskConfig, { detail: { provider, risk_score: score, risk_level: level } }) {
    const reasons = [
      ...minimumScore !== undefined && score !== undefined && score >= minimumScore ? [`risk score ${score} of ${provider}, at least ${minimumScore}`] : [],
      ...level !== undefined && levels?.includes(level) ? [`risk level ${level} of ${provider}`] : [],
    ];
    return reasons.length > 0 ? reasons.join('; ') : undefined;
  },
});
