import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { RULES } from '../../handlers/assess/rules/rules';
import {
  FraudFact, FraudRiskLevel, FraudRule, FraudSubject, ThreeDSecureResult, WebhookProvider, type FraudFactPoints, type WebhookProcessingSystemProps,
} from '../../src';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';
import { synthesize } from '../support/system';

const HOUR = Duration.hours(1);
const token = () => Lazy.number({ produce: () => 7 });
const rulesOf = (props: Parameters<typeof FraudRule.blocked>[0]) => () => FraudRule.blocked(props);

test.each(Object.keys(RULES))('the rule %s has a factory with its name', (name) => {
  const factory = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

  expect(FraudRule).toHaveProperty(factory, expect.any(Function));
});

describe('each rule is rendered for the fraud detector', () => {
  test.each<[string, FraudRule, object]>([
    ['an amount', FraudRule.amountAbove({ amount: 0.5, score: 1 }), { rule: 'amount-above', score: 1, amount: 0.5 }],
    ['an amount of a currency', FraudRule.amountAbove({ amount: 0, currency: 'EUR', score: 1_000 }), { rule: 'amount-above', score: 1_000, amount: 0, currency: 'EUR' }],
    ['a number of transactions', FraudRule.velocity({ count: 100, window: HOUR, score: 2 }), { rule: 'velocity', score: 2, windowSeconds: 3_600, count: 100 }],
    [
      'a sum of money', FraudRule.velocity({ total: { amount: 999_999_999_999_999, currency: 'JPY' }, window: Duration.days(30), score: 2 }),
      { rule: 'velocity', score: 2, windowSeconds: 2_592_000, total: { amount: 999_999_999_999_999, currency: 'JPY' } },
    ],
    [
      'both', FraudRule.velocity({ count: 1, total: { amount: 10, currency: 'EUR' }, window: Duration.seconds(1), score: 2 }),
      { rule: 'velocity', score: 2, windowSeconds: 1, count: 1, total: { amount: 10, currency: 'EUR' } },
    ],
    ['a spike by default', FraudRule.amountSpike({ factor: 1.5, score: 3 }), { rule: 'amount-spike', score: 3, factor: 1.5, transactions: 5, windowSeconds: 7_776_000 }],
    [
      'a spike with every option', FraudRule.amountSpike({ factor: 1_000, transactions: 100, window: Duration.days(365), score: 3 }),
      { rule: 'amount-spike', score: 3, factor: 1_000, transactions: 100, windowSeconds: 31_536_000 },
    ],
    ['the blocklist of the table alone', FraudRule.blocked({ score: 4 }), { rule: 'blocked', score: 4 }],
    [
      'lists, sorted',
      FraudRule.blocked({
        customers: ['stripe:cus_2', 'acme-1:a b:c'], countries: ['KP', 'IR'], cards: ['41111111', '411111'], emailDomains: ['z.example.com', 'bücher.example', 'xn--p1ai.example'], score: 4,
      }),
      {
        rule: 'blocked', score: 4, customers: ['acme-1:a b:c', 'stripe:cus_2'], countries: ['IR', 'KP'], cards: ['411111', '41111111'], emailDomains: ['bücher.example', 'xn--p1ai.example', 'z.example.com'],
      },
    ],
    ['two countries', FraudRule.countryMismatch({ score: 5 }), { rule: 'country-mismatch', score: 5 }],
    ['a multiple of the high threshold', FraudRule.amountAbove({ timesHigh: 10_000, score: 1 }), { rule: 'amount-above', score: 1, timesHigh: 10_000 }],
    ["a new customer's multiple of it", FraudRule.newCustomerAbove({ timesHigh: 0.5, age: HOUR, score: 1 }), { rule: 'new-customer-above', score: 1, timesHigh: 0.5, ageSeconds: 3_600 }],
    ['a sum as a multiple of it', FraudRule.velocity({ total: { timesHigh: 3 }, window: HOUR, score: 2 }), { rule: 'velocity', score: 2, windowSeconds: 3_600, total: { timesHigh: 3 } }],
    ['a rank', FraudRule.amountRank({ above: 0.995, score: 2 }), { rule: 'amount-rank', score: 2, above: 0.995 }],
    ['payments with a card', FraudRule.velocity({ count: 2, window: HOUR, by: FraudSubject.CARD, score: 2 }), { rule: 'velocity', score: 2, windowSeconds: 3_600, count: 2, by: 'card' }],
    ['payments of the customer, said explicitly', FraudRule.velocity({ count: 2, window: HOUR, by: FraudSubject.CUSTOMER, score: 2 }), { rule: 'velocity', score: 2, windowSeconds: 3_600, count: 2 }],
    ['declines with an email address', FraudRule.repeatedDeclines({ count: 2, window: HOUR, by: FraudSubject.EMAIL, score: 2 }), { rule: 'repeated-declines', score: 2, windowSeconds: 3_600, count: 2, by: 'email' }],
    ['a new card by default', FraudRule.newCard({ score: 2 }), { rule: 'new-card', score: 2, payments: 1 }],
    ['a new card', FraudRule.newCard({ payments: 100, score: 2 }), { rule: 'new-card', score: 2, payments: 100 }],
    ['cards of a customer', FraudRule.distinctCards({ count: 3, window: HOUR, score: 2 }), { rule: 'distinct-cards', score: 2, windowSeconds: 3_600, count: 3 }],
    ['cards with an email address', FraudRule.distinctCards({ count: 3, window: HOUR, by: FraudSubject.EMAIL, score: 2 }), { rule: 'distinct-cards', score: 2, windowSeconds: 3_600, count: 3, by: 'email' }],
    ['customers with a card', FraudRule.distinctCustomers({ count: 1, window: HOUR, by: FraudSubject.CARD, score: 2 }), { rule: 'distinct-customers', score: 2, windowSeconds: 3_600, count: 1 }],
    ['customers with an email address', FraudRule.distinctCustomers({ count: 1, window: HOUR, by: FraudSubject.EMAIL, score: 2 }), { rule: 'distinct-customers', score: 2, windowSeconds: 3_600, count: 1, by: 'email' }],
    ["a provider's score", FraudRule.providerRisk({ minimumScore: 100, score: 2 }), { rule: 'provider-risk', score: 2, minimumScore: 100 }],
    ["a provider's levels, sorted", FraudRule.providerRisk({ levels: [FraudRiskLevel.HIGHEST, FraudRiskLevel.ELEVATED], score: 2 }), { rule: 'provider-risk', score: 2, levels: ['elevated', 'highest'] }],
    ['3-D Secure', FraudRule.threeDSecure({ outcomes: [ThreeDSecureResult.UNAVAILABLE, ThreeDSecureResult.FAILED], score: 2 }), { rule: 'three-d-secure', score: 2, outcomes: ['failed', 'unavailable'] }],
    ['earlier fraud by default', FraudRule.earlierFraud({ score: 2 }), { rule: 'earlier-fraud', score: 2, windowSeconds: 31_536_000 }],
    ['earlier fraud with a card', FraudRule.earlierFraud({ by: FraudSubject.CARD, window: HOUR, score: 2 }), { rule: 'earlier-fraud', score: 2, windowSeconds: 3_600, by: 'card' }],
    ['the allowlist of the table alone', FraudRule.allowed(), { rule: 'allowed', score: 0 }],
    ['allowed cards', FraudRule.allowed({ cardFingerprints: ['stripe:b', 'stripe:a'] }), { rule: 'allowed', score: 0, cardFingerprints: ['stripe:a', 'stripe:b'] }],
    ['declines', FraudRule.repeatedDeclines({ count: 50, window: HOUR, score: 6 }), { rule: 'repeated-declines', score: 6, count: 50, windowSeconds: 3_600 }],
    ['a new customer', FraudRule.newCustomerAbove({ amount: 9, age: Duration.days(365), score: 7 }), { rule: 'new-customer-above', score: 7, amount: 9, ageSeconds: 31_536_000 }],
    [
      "a new customer's amount of a currency", FraudRule.newCustomerAbove({ amount: 9, currency: 'EUR', age: HOUR, score: 7 }),
      { rule: 'new-customer-above', score: 7, amount: 9, currency: 'EUR', ageSeconds: 3_600 },
    ],
    ['hours', FraudRule.outsideHours({ startHour: 7, endHour: 24, timeZone: 'Europe/Berlin', score: 8 }), { rule: 'outside-hours', score: 8, startHour: 7, endHour: 24, timeZone: 'Europe/Berlin' }],
    ['hours past midnight', FraudRule.outsideHours({ startHour: 23, endHour: 0, timeZone: 'UTC', score: 8 }), { rule: 'outside-hours', score: 8, startHour: 23, endHour: 0, timeZone: 'UTC' }],
    ['a repeated amount', FraudRule.duplicateAmount({ count: 2, window: HOUR, score: 9 }), { rule: 'duplicate-amount', score: 9, count: 2, windowSeconds: 3_600 }],
  ])('%s', (_, rule, config) => {
    expect(JSON.parse(JSON.stringify(rule._config))).toEqual(config);
  });

  test('with copies of its lists, so that later changes of the arguments have no effect', () => {
    const countries = ['KP'];
    const rule = FraudRule.blocked({ countries, score: 1 });

    countries.push('IR');

    expect(rule._config).toMatchObject({ countries: ['KP'] });
  });
});

describe('rules that cannot work are rejected', () => {
  test.each<[string, () => unknown, string]>([
    ['a score of zero', () => FraudRule.countryMismatch({ score: 0 }), '`score` must be a whole number from 1 to 1000, got: 0'],
    ['a score above every threshold', () => FraudRule.countryMismatch({ score: 1_001 }), '`score` must be a whole number from 1 to 1000, got: 1001'],
    ['a negative amount', () => FraudRule.amountAbove({ amount: -1, score: 1 }), '`amount` must be 0 or from 0.000001 to below 1e15, with at most 15 digits, got: -1'],
    ['an amount that is not a number', () => FraudRule.amountAbove({ amount: Number.NaN, score: 1 }), '`amount` must be 0 or from 0.000001'],
    ['an amount with an exponent', () => FraudRule.amountAbove({ amount: 1e-7, score: 1 }), '`amount` must be 0 or from 0.000001'],
    ['an amount of 16 digits', () => FraudRule.amountAbove({ amount: 1e15, score: 1 }), 'with at most 15 digits, got: 1000000000000000'],
    ['an amount that a float cannot represent', () => FraudRule.amountAbove({ amount: 0.1 + 0.2, score: 1 }), 'with at most 15 digits, got: 0.30000000000000004'],
    ['no amount and no multiple', () => FraudRule.amountAbove({ score: 1 }), '`amount` or `timesHigh` must be set, got: neither'],
    ['an amount and a multiple', () => FraudRule.amountAbove({ amount: 100, timesHigh: 2, score: 1 }), '`amount` and `timesHigh` must not both be set, because the rule has one limit, got: 100 and 2. Remove one of them.'],
    ['a multiple in one currency', () => FraudRule.amountAbove({ timesHigh: 2, currency: 'EUR', score: 1 }), "`currency` must come with `amount`, because `timesHigh` follows the currency of each payment, got: 'EUR'. Leave it out."],
    ['a multiple of zero', () => FraudRule.amountAbove({ timesHigh: 0, score: 1 }), '`timesHigh` must be above 0 and at most 10000, with at most 15 digits, got: 0'],
    ['a multiple that no amount reaches', () => FraudRule.amountAbove({ timesHigh: 10_001, score: 1 }), '`timesHigh` must be above 0 and at most 10000'],
    ['a multiple that a float cannot represent', () => FraudRule.amountAbove({ timesHigh: 0.1 + 0.2, score: 1 }), '`timesHigh` must be above 0 and at most 10000, with at most 15 digits, got: 0.30000000000000004'],
    ["a new customer's amount and multiple", () => FraudRule.newCustomerAbove({ amount: 1, timesHigh: 2, age: HOUR, score: 1 }), '`amount` and `timesHigh` must not both be set'],
    ['a total of both', () => FraudRule.velocity({ total: { amount: 1, timesHigh: 2, currency: 'EUR' }, window: HOUR, score: 1 }), '`total.amount` and `total.timesHigh` must not both be set'],
    ['a total of neither', () => FraudRule.velocity({ total: {}, window: HOUR, score: 1 }), '`total.amount` or `total.timesHigh` must be set, got: neither'],
    ['a total without a currency', () => FraudRule.velocity({ total: { amount: 1 }, window: HOUR, score: 1 }), "`total.currency` must be an ISO 4217 code of three capital letters such as EUR, got: ''"],
    ['a multiple of a total in one currency', () => FraudRule.velocity({ total: { timesHigh: 2, currency: 'EUR' }, window: HOUR, score: 1 }), '`total.currency` must come with `total.amount`, because `total.timesHigh` follows'],
    ['a rank of one', () => FraudRule.amountRank({ above: 1, score: 1 }), '`above` must be from 0 to below 1, with at most 15 digits, such as 0.99, got: 1'],
    ['a negative rank', () => FraudRule.amountRank({ above: -0.1, score: 1 }), '`above` must be from 0 to below 1'],
    ['the velocity of a country', () => FraudRule.velocity({ count: 1, window: HOUR, by: 'country' as FraudSubject, score: 1 }), "`by` must be one of customer, card, email, got: 'country'"],
    ['the cards of a card', () => FraudRule.distinctCards({ count: 1, window: HOUR, by: FraudSubject.CARD, score: 1 }), "`by` must be one of customer, email, got: 'card'"],
    ['no other card', () => FraudRule.distinctCards({ count: 0, window: HOUR, score: 1 }), '`count` must be a whole number from 1 to 100, got: 0'],
    ['the customers of a customer', () => FraudRule.distinctCustomers({ count: 1, window: HOUR, by: FraudSubject.CUSTOMER, score: 1 }), "`by` must be one of card, email, got: 'customer'"],
    ['no other customer', () => FraudRule.distinctCustomers({ count: 0, window: HOUR, score: 1 }), '`count` must be a whole number from 1 to 100, got: 0'],
    ['a new card without an earlier one', () => FraudRule.newCard({ payments: 0, score: 1 }), '`payments` must be a whole number from 1 to 100, got: 0'],
    ['no risk', () => FraudRule.providerRisk({ score: 1 }), '`minimumScore` or `levels` must be set, because the rule would never apply, got: neither'],
    ['a risk score of zero', () => FraudRule.providerRisk({ minimumScore: 0, score: 1 }), '`minimumScore` must be a whole number from 1 to 100, got: 0'],
    ['no risk level', () => FraudRule.providerRisk({ levels: [], score: 1 }), '`levels` must contain at least one of normal, elevated, highest, got an empty list'],
    ['an unknown risk level', () => FraudRule.providerRisk({ levels: ['high' as FraudRiskLevel], score: 1 }), "`levels` must be one of normal, elevated, highest, got: 'high'"],
    ['a result twice', () => FraudRule.threeDSecure({ outcomes: [ThreeDSecureResult.FAILED, ThreeDSecureResult.FAILED], score: 1 }), "`outcomes` must have unique entries, got duplicate: 'failed'"],
    ['earlier fraud of two years', () => FraudRule.earlierFraud({ window: Duration.days(730), score: 1 }), '`window` must be from 1 second to 365 days, got: 730 days'],
    ['a card number', () => FraudRule.allowed({ cardFingerprints: ['4111111111111111'] }), "`cardFingerprints` must contain cards as `<provider>:<fingerprint>` such as stripe:fp_4711, got: '4111111111111111'"],
    ['the name of a currency', () => FraudRule.amountAbove({ amount: 1, currency: 'euro', score: 1 }), "`currency` must be an ISO 4217 code of three capital letters such as EUR, got: 'euro'"],
    ['a velocity without a limit', () => FraudRule.velocity({ window: HOUR, score: 1 }), '`count` or `total` must be set, because without a limit no transaction exceeds it, got: neither'],
    ['a velocity of zero', () => FraudRule.velocity({ count: 0, window: HOUR, score: 1 }), '`count` must be a whole number from 1 to 100, got: 0'],
    ['a velocity beyond a page of history', () => FraudRule.velocity({ count: 101, window: HOUR, score: 1 }), '`count` must be a whole number from 1 to 100, got: 101'],
    ['a negative total', () => FraudRule.velocity({ total: { amount: -1, currency: 'EUR' }, window: HOUR, score: 1 }), '`total.amount` must be 0 or from'],
    ['a total of no currency', () => FraudRule.velocity({ total: { amount: 1, currency: '' }, window: HOUR, score: 1 }), "`total.currency` must be an ISO 4217 code of three capital letters such as EUR, got: ''"],
    ['no window', () => FraudRule.velocity({ count: 1, window: Duration.seconds(0), score: 1 }), '`window` must be from 1 second to 30 days, got: 0 seconds'],
    ['a window of a year', () => FraudRule.velocity({ count: 1, window: Duration.days(365), score: 1 }), '`window` must be from 1 second to 30 days, got: 365 days'],
    ['a window of half a second', () => FraudRule.velocity({ count: 1, window: Duration.millis(1_500), score: 1 }), '`window` must be a whole number of seconds, got: 1 second 500 millis'],
    ['a sum in no currency', () => FraudRule.velocity({ total: { amount: 1, currency: 'XXX' }, window: HOUR, score: 1 }), "`total.currency` must be a currency for adding up payments, got: 'XXX', which means no currency"],
    ['a negative window', () => FraudRule.velocity({ count: 1, window: Duration.hours(-1), score: 1 }), 'Duration amounts cannot be negative'],
    ['a factor of one', () => FraudRule.amountSpike({ factor: 1, score: 1 }), '`factor` must be above 1 and at most 1000, with at most 15 digits, got: 1'],
    ['a factor that is too high', () => FraudRule.amountSpike({ factor: 1_000.5, score: 1 }), '`factor` must be above 1 and at most 1000'],
    ['a factor that a float cannot represent', () => FraudRule.amountSpike({ factor: 10 / 3, score: 1 }), 'got: 3.3333333333333335'],
    ['a median of no transactions', () => FraudRule.amountSpike({ factor: 2, transactions: 0, score: 1 }), '`transactions` must be a whole number from 1 to 100, got: 0'],
    ['a median beyond a page of history', () => FraudRule.amountSpike({ factor: 2, transactions: 101, score: 1 }), '`transactions` must be a whole number from 1 to 100, got: 101'],
    ['a median of more than a year', () => FraudRule.amountSpike({ factor: 2, window: Duration.days(366), score: 1 }), '`window` must be from 1 second to 365 days, got: 366 days'],
    ['no customer', rulesOf({ customers: [], score: 1 }), '`customers` must contain at least one entry, got an empty list. Leave it out instead.'],
    ['a customer without a provider', rulesOf({ customers: ['cus_1'], score: 1 }), "`customers` must contain customers as `<provider>:<customer id>` such as stripe:cus_123, got: 'cus_1'"],
    ['a customer of a provider in capitals', rulesOf({ customers: ['Stripe:cus_1'], score: 1 }), "got: 'Stripe:cus_1'"],
    ['a customer without an id', rulesOf({ customers: ['stripe:'], score: 1 }), "got: 'stripe:'"],
    ['a customer that ends in a space', rulesOf({ customers: ['stripe:cus_1 '], score: 1 }), "got: 'stripe:cus_1 '"],
    ['no country', rulesOf({ countries: [], score: 1 }), '`countries` must contain at least one entry'],
    ['a country by its name', rulesOf({ countries: ['DE', 'Iran'], score: 1 }), "`countries` must contain ISO 3166 codes of two capital letters such as DE, got: 'Iran'"],
    ['a country twice', rulesOf({ countries: ['KP', 'IR', 'KP'], score: 1 }), "`countries` must have unique entries, got duplicate: 'KP'"],
    ['no card', rulesOf({ cards: [], score: 1 }), '`cards` must contain at least one entry'],
    ['a card of five digits', rulesOf({ cards: ['41111'], score: 1 }), "`cards` must contain the first 6 to 8 digits of card numbers such as 411111, got: '41111'"],
    ['a card of nine digits', rulesOf({ cards: ['411111111'], score: 1 }), "got: '411111111'"],
    ['a card with a star', rulesOf({ cards: ['411111*'], score: 1 }), "got: '411111*'"],
    ['no domain', rulesOf({ emailDomains: [], score: 1 }), '`emailDomains` must contain at least one entry'],
    ['a domain in capitals', rulesOf({ emailDomains: ['Example.com'], score: 1 }), "`emailDomains` must contain domains of email addresses, in lower case, such as example.com, got: 'Example.com'"],
    ['an address', rulesOf({ emailDomains: ['a@example.com'], score: 1 }), "got: 'a@example.com'"],
    ['a wildcard', rulesOf({ emailDomains: ['*.example.com'], score: 1 }), "got: '*.example.com'"],
    ['a domain of one part', rulesOf({ emailDomains: ['localhost'], score: 1 }), "got: 'localhost'"],
    ['no decline', () => FraudRule.repeatedDeclines({ count: 0, window: HOUR, score: 1 }), '`count` must be a whole number from 1 to 50, got: 0'],
    ['declines beyond a page', () => FraudRule.repeatedDeclines({ count: 51, window: HOUR, score: 1 }), '`count` must be a whole number from 1 to 50, got: 51'],
    ['declines of two months', () => FraudRule.repeatedDeclines({ count: 1, window: Duration.days(60), score: 1 }), '`window` must be from 1 second to 30 days'],
    ['a customer who is never new', () => FraudRule.newCustomerAbove({ amount: 1, age: Duration.seconds(0), score: 1 }), '`age` must be from 1 second to 365 days, got: 0 seconds'],
    ['a customer who is always new', () => FraudRule.newCustomerAbove({ amount: 1, age: Duration.days(366), score: 1 }), '`age` must be from 1 second to 365 days, got: 366 days'],
    ["a new customer's negative amount", () => FraudRule.newCustomerAbove({ amount: -1, age: HOUR, score: 1 }), '`amount` must be 0 or from'],
    ["a new customer's currency", () => FraudRule.newCustomerAbove({ amount: 1, currency: 'EURO', age: HOUR, score: 1 }), "`currency` must be an ISO 4217 code of three capital letters such as EUR, got: 'EURO'"],
    ['an hour beyond the day', () => FraudRule.outsideHours({ startHour: 24, endHour: 6, timeZone: 'UTC', score: 1 }), '`startHour` must be a whole number from 0 to 23, got: 24'],
    ['half an hour', () => FraudRule.outsideHours({ startHour: 9, endHour: 17.5, timeZone: 'UTC', score: 1 }), '`endHour` must be a whole number from 0 to 24, got: 17.5'],
    ['hours that span no time', () => FraudRule.outsideHours({ startHour: 9, endHour: 9, timeZone: 'UTC', score: 1 }), '`endHour` must be another hour of the day than `startHour` (9), because a whole day has no time outside, got: 9'],
    ['a whole day', () => FraudRule.outsideHours({ startHour: 0, endHour: 24, timeZone: 'UTC', score: 1 }), '`endHour` must be another hour of the day than `startHour` (0)'],
    ['a zone that does not exist', () => FraudRule.outsideHours({ startHour: 9, endHour: 17, timeZone: 'Europe/Atlantis', score: 1 }), "`timeZone` must be the IANA name of a time zone such as Europe/Berlin, got: 'Europe/Atlantis'"],
    ['no zone', () => FraudRule.outsideHours({ startHour: 9, endHour: 17, timeZone: '', score: 1 }), "`timeZone` must be the IANA name of a time zone such as Europe/Berlin, got: ''"],
    ['no time zone at all', () => FraudRule.outsideHours({ startHour: 9, endHour: 17, timeZone: undefined as unknown as string, score: 1 }), '`timeZone` must be the IANA name of a time zone such as Europe/Berlin, got: nothing'],
    ['a window that is missing', () => FraudRule.velocity({ count: 1, window: undefined as unknown as Duration, score: 1 }), '`window` must be a Duration, such as Duration.hours(1), got: nothing'],
    ['a window that is a number', () => FraudRule.velocity({ count: 1, window: 60 as unknown as Duration, score: 1 }), '`window` must be a Duration, such as Duration.hours(1), got: 60'],
    ['one country instead of a list', rulesOf({ countries: 'KP' as unknown as string[], score: 1 }), "`countries` must be a list, got: 'KP'"],
    ['outcomes that are missing', () => FraudRule.threeDSecure({ outcomes: undefined as unknown as ThreeDSecureResult[], score: 1 }), '`outcomes` must be a list, got: nothing'],
    ['a fact that is nothing', () => FraudRule.scorecard({ facts: [null as unknown as FraudFactPoints] }), '`facts` must contain values from FraudFactPoints, got: null at position 1'],
    ['a fact without intervals', () => FraudRule.scorecard({ facts: [{ fact: FraudFact.AMOUNT_TO_HIGH } as FraudFactPoints] }), '`facts[0].intervals` must be a list, got: nothing'],
    ['an amount that occurs only once', () => FraudRule.duplicateAmount({ count: 1, window: HOUR, score: 1 }), '`count` must be a whole number from 2 to 100, got: 1'],
    ['an amount repeated beyond a page', () => FraudRule.duplicateAmount({ count: 101, window: HOUR, score: 1 }), '`count` must be a whole number from 2 to 100, got: 101'],
    ['an amount repeated within two months', () => FraudRule.duplicateAmount({ count: 2, window: Duration.days(60), score: 1 }), '`window` must be from 1 second to 30 days'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  test('and values that are known only at deployment are accepted', () => {
    const stack = new Stack(new App(), 'Stack');
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    const window = Duration.seconds(token());

    expect(() => [
      FraudRule.amountAbove({ amount: token(), currency: text('Currency'), score: token() }),
      FraudRule.velocity({ count: token(), window, score: 1 }),
      FraudRule.amountAbove({ timesHigh: token(), score: 1 }),
      FraudRule.amountRank({ above: token(), score: 1 }),
      FraudRule.amountSpike({ factor: token(), transactions: token(), window, score: 1 }),
      FraudRule.blocked({ customers: [text('Customer')], countries: new CfnParameter(stack, 'Countries', { type: 'CommaDelimitedList' }).valueAsList, score: 1 }),
      FraudRule.outsideHours({ startHour: token(), endHour: 9, timeZone: text('Zone'), score: 1 }),
      FraudRule.outsideHours({ startHour: 9, endHour: token(), timeZone: 'UTC', score: 1 }),
    ]).not.toThrow();
  });
});

describe('the lists of the rules', () => {
  const make = (props: Partial<WebhookProcessingSystemProps>) => () => synthesize({ providers: [WebhookProvider.stripe()], ...props });
  const misspelled = FraudRule.allowed({ cardFingerprints: ['strpe:fp_1'] });
  const message = "must list customers and cards of the providers of this system (stripe), got: 'strpe:fp_1'. Correct the name before the colon, or add the provider.";

  test('must name providers of the system, because a misspelled one never matches', () => {
    expect(make({ fraudRules: [misspelled, FraudRule.blocked({ score: 100 })] })).toThrow(`\`fraudRules\` ${message}`);
    expect(make({ shadowFraudRules: [misspelled, FraudRule.blocked({ score: 100 })] })).toThrow(`\`shadowFraudRules\` ${message}`);
  });

  test('can name a customer that is known only at deployment', () => {
    expect(make({ fraudRules: [FraudRule.blocked({ customers: [Lazy.string({ produce: () => 'other:1' }), 'stripe:cus_1'], score: 100 })] })).not.toThrow();
  });

  test('are in a list of rules', () => {
    expect(make({ fraudRules: 'defaults' as unknown as FraudRule[] })).toThrow("`fraudRules` must be a list, got: 'defaults'");
  });
});

describe('thresholds and rules', () => {
  const inEuros = FraudRule.amountAbove({ amount: 1, currency: 'EUR', score: 40 });
  const newInDollars = FraudRule.newCustomerAbove({ amount: 1, currency: 'USD', age: HOUR, score: 40 });

  test.each<[string, FraudRule[], number]>([
    ['no rules, which approve everything', [], 80],
    ['rules for any currency, up to their sum', [FraudRule.countryMismatch({ score: 40 }), FraudRule.blocked({ score: 41 })], 81],
    ['a rule for a currency beside one for all', [inEuros, newInDollars, FraudRule.countryMismatch({ score: 41 })], 81],
    ['a total of one currency, which may be exceeded before a payment in another', [
      inEuros, FraudRule.velocity({ total: { amount: 1, currency: 'USD' }, window: HOUR, score: 40 }),
    ], 80],
    ['a currency known only at deployment', [inEuros, FraudRule.amountAbove({ amount: 1, currency: Lazy.string({ produce: () => 'EUR' }), score: 40 })], 80],
    ['a score known only at deployment', [FraudRule.countryMismatch({ score: token() })], 80],
    ['rules about different subjects, which can apply together', [
      FraudRule.velocity({ count: 1, window: HOUR, score: 40 }), FraudRule.velocity({ count: 1, window: HOUR, by: FraudSubject.CARD, score: 40 }),
    ], 80],
    ['the most points of each fact of a scorecard', [
      FraudRule.scorecard({
        facts: [
          { fact: FraudFact.AMOUNT_TO_HIGH, intervals: [{ minimum: 1, points: 40 }, { minimum: 2, points: 10 }] },
          { fact: FraudFact.CUSTOMER_AGE, intervals: [{ minimum: 0, points: 30 }], missing: 40 },
        ],
      }),
    ], 80],
    ['a threshold known only at deployment', [FraudRule.countryMismatch({ score: 1 })], token()],
  ])('fit: %s', (_, rules, block) => {
    expect(resolveFraudRules(rules, undefined, block)).toEqual({
      tiers: { medium: 1_000, high: 10_000 }, review: 40, block, rules: rules.map(({ _config }) => _config),
    });
  });

  test.each<[string, FraudRule[], number, number, string]>([
    ['one point beyond the sum', [FraudRule.countryMismatch({ score: 40 }), FraudRule.blocked({ score: 41 })], 40, 82, 'can give one transaction (81), got: 82'],
    ['only an allowlist, which adds nothing', [FraudRule.allowed()], 40, 80, 'can give one transaction (0), got: 80'],
    ['two currencies', [inEuros, newInDollars], 40, 80, 'can give one transaction (40), got: 80'],
    ['a review score above the block score', FraudRule.defaults(), 90, 80, '`fraudBlockScore` must be greater than `fraudReviewScore` (90), or nothing is ever reviewed, got: 80'],
    ['a review score of the block score', [], 80, 80, '`fraudBlockScore` must be greater than `fraudReviewScore` (80)'],
    ['a review score of nothing', [], 0, 80, '`fraudReviewScore` must be a whole number from 1 to 1000000, got: 0'],
    ['a block score beyond all rules', [], 40, 1_000_001, '`fraudBlockScore` must be a whole number from 1 to 1000000, got: 1000001'],
    ['a rule twice', [inEuros, newInDollars, inEuros], 40, 80, '`fraudRules` must have unique entries, got duplicate: '],
  ])('do not fit: %s', (_, rules, review, block, message) => {
    expect(() => resolveFraudRules(rules, review, block)).toThrow(message);
  });

  test('accept a review score that is known only at deployment', () => {
    expect(() => resolveFraudRules([], token(), 80)).not.toThrow();
  });
});
