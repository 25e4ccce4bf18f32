import { factText } from '../../../../handlers/assess/rules/fact-text';
import { FACTS, type FactName } from '../../../../src/private/contract';

describe('factText', () => {
  test.each<[FactName, number, string]>([
    ['amountToHigh', 5.23, 'amount 5.23 times the high threshold'],
    ['amountShopRank', 0.992, "amount above 99.2 % of the shop's payments"],
    ['amountToCustomerMedian', 12, "amount 12 times the customer's median"],
    ['amountToCustomerMaximum', 1.5, "amount 1.5 times the customer's largest"],
    ['customerAge', 0, 'customer not seen before'],
    ['customerAge', 3.25, 'customer first seen 3.25 days before'],
    ['customerPayments', 1, '1 earlier payment of the customer within 90 days'],
    ['customerSpentInDay', 1234.5, 'payments of the customer within 1 day: 1,235 times the high threshold'],
    ['sinceCustomerPayment', 0.5, "0.5 minutes since the customer's last payment"],
    ['newCard', 1, 'new card of the customer'],
    ['newCard', 0, 'card that the customer used before'],
    ['cardSpentInDay', 2, 'payments with the card within 1 day: 2 times the high threshold'],
    ['providerRiskScore', 91, 'risk score 91 of the provider'],
    ['providerRiskLevel', 2, 'risk level highest of the provider'],
    ['authenticated', 0, 'payer not authenticated by 3-D Secure'],
    ['hourOfDay', 5, 'hour 5 in UTC'],
  ])('%s of %d', (fact, value, expected) => {
    expect(factText(fact, value)).toBe(expected);
  });

  test.each(Object.keys(FACTS) as FactName[])('%s has a text of its own if it is known and if it is not', (fact) => {
    expect(factText(fact, 1)).toMatch(/^\S.*\S$/);
    expect(factText(fact, undefined)).toBe(`not known: ${FACTS[fact].description}`);
  });

  test('differs for each fact', () => {
    const texts = (Object.keys(FACTS) as FactName[]).map((fact) => factText(fact, 1));

    expect(new Set(texts).size).toBe(texts.length);
  });
});
