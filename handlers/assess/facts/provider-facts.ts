import type { FactScope } from './fact-scope';
import type { MaybeFacts } from './maybe-facts';
import { RISK_LEVELS } from '../../../src/private/contract';

/** What the provider states about the risk and the authentication. */
export function providerFacts({ context: { detail } }: FactScope): MaybeFacts {
  const { risk_score: score, risk_level: level, three_d_secure: outcome } = detail;
  return {
    providerRiskScore: score,
    providerRiskLevel: level && RISK_LEVELS.indexOf(level),
    authenticated: outcome && Number(outcome === 'authenticated'),
  };
}
