import type { MaybeFacts } from './maybe-facts';
import type { LoadedContext } from '../rules/rule-context';
import { RISK_LEVELS } from '../../../src/private/contract';

/** What the provider states about the risk and the authentication. */
export function providerFacts({ detail }: LoadedContext): MaybeFacts {
  const { risk_score: score, risk_level: level, three_d_secure: outcome } = detail;
  return {
    providerRiskScore: score,
    providerRiskLevel: level && RISK_LEVELS.indexOf(level),
    authenticated: outcome && Number(outcome === 'authenticated'),
  };
}
