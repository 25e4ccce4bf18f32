import { factsWith } from './details';
import { scoringRequest } from '../../../handlers/assess/scoring-request';
import type { Field } from '../../../src/private/contract';
import { FIELDS } from '../../../src/private/contract/fields';

describe('scoringRequest', () => {
  test('has the transaction and the facts about it', () => {
    const context = factsWith({ detail: { risk_score: 17 } });

    const { transaction, facts } = scoringRequest(context);

    expect(transaction).toMatchObject({ transaction_id: 'stripe:pi_1', amount: 12345.67, amount_minor: '1234567', currency: 'EUR', customer_id: 'cus_1' });
    expect(facts).toMatchObject({ providerRiskScore: 17, hourOfDay: 5 });
  });

  test('has every field of the event but the raw body and the texts of alerts', () => {
    const detail = { ...Object.fromEntries(Object.keys(FIELDS).map((name) => [name, name])), amount_minor: '1', exponent: 2, risk_score: 1, event_time: '2025-03-04T05:06:00.000Z', received_at: '2025-03-04T05:06:00.000Z' };
    const isLeftOut = ([name, { published }]: [string, Field]) => published === 'with-body' || name.startsWith('alert_');

    const { transaction } = scoringRequest(factsWith({ detail }));

    expect(Object.keys(transaction).sort()).toEqual(Object.entries<Field>(FIELDS).filter((entry) => !isLeftOut(entry)).map(([name]) => name).sort());
  });
});
