import { providerRisk } from '../../../../handlers/assess/rules/provider-risk';
import type { ProviderRiskConfig, TransactionDetail } from '../../../../src/private/contract';
import { factsWith } from '../details';

describe('providerRisk', () => {
  test.each<[string, Partial<ProviderRiskConfig>, Partial<TransactionDetail>, string | undefined]>([
    ['below the score', { minimumScore: 70 }, { risk_score: 69 }, undefined],
    ['at the score', { minimumScore: 70 }, { risk_score: 70 }, 'risk score 70 of stripe, at least 70'],
    ['no score', { minimumScore: 70 }, {}, undefined],
    ['one of the levels', { levels: ['elevated', 'highest'] }, { risk_level: 'elevated' }, 'risk level elevated of stripe'],
    ['another level', { levels: ['highest'] }, { risk_level: 'elevated' }, undefined],
    ['no level', { levels: ['highest'] }, { risk_score: 100 }, undefined],
    ['both', { minimumScore: 70, levels: ['highest'] }, { risk_score: 91, risk_level: 'highest' }, 'risk score 91 of stripe, at least 70; risk level highest of stripe'],
  ])('%s', (_, config, detail, expected) => {
    expect(providerRisk.evaluate({ rule: 'provider-risk', score: 1, ...config }, factsWith({ detail }))).toBe(expected);
  });
});
