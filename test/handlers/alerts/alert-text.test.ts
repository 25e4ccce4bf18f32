import * as fc from 'fast-check';
import { alertOrigin, tierAlert, verdictAlert, type AlertTransaction } from '../../../handlers/alerts/alert-text';
import { blocked } from '../../../handlers/assess/rules/blocked';
import { KINDS, type TransactionDetail, type Verdict } from '../../../src/private/contract';

const FACTS: AlertTransaction = {
  provider: 'stripe',
  kind: 'captured',
  live: true,
  transaction_id: 'stripe:pi_1',
  timestamp: '2025-03-04T05:06:00.000Z#evt_1',
  customer_id: 'cus_1',
  event_time: '2025-03-04T05:06:07.089Z',
  received_at: '2025-03-04T05:06:08.000Z',
  amount_minor: '6000000',
  exponent: 2,
  currency: 'USD',
  tier: 'high',
};
const NO_AMOUNT = { amount_minor: undefined, exponent: undefined, tier: undefined };
const RESULT = { verdict: 'block' as Verdict, score: 90, reasons: ['amount 60,000.00 USD is over 50,000 (+50)', 'country FR is not DE (+40)'], rule_set: 'a' };
const LINKS = {
  tableName: 'transactions-test',
  execution: 'arn:aws:states:eu-west-1:123456789012:express:transaction-workflow-test:0f1e:2d3c',
  startedAt: '2025-03-04T05:06:08.000Z',
};

const ORIGIN = alertOrigin('prod', LINKS.execution);
const alertOf = (transaction: AlertTransaction) => tierAlert(transaction, ORIGIN);

const anything = fc.string({ unit: 'binary', maxLength: 3000 });
/** A detail with the same text in every field that a sender can choose. */
const factsOf = (part: string): AlertTransaction => ({
  ...FACTS,
  provider: part,
  transaction_id: part,
  timestamp: part,
  reference: part,
  customer_id: part,
  currency: part,
  metadata: Object.fromEntries([...Array(10).keys()].map((key) => [`${key}${part}`.slice(0, 50), part])),
});

describe('the alert of a tier', () => {
  test('shows each fact on its own line', () => {
    expect(alertOf(FACTS)).toEqual({
      alert_subject: 'High: captured 60,000.00 USD (stripe, prod)',
      alert_text: 'High: captured 60,000.00 USD (stripe, prod)\nID stripe:pi_1\nAWS 123456789012 eu-west-1\nCustomer cus_1\nTime 2025-03-04 05:06:07 UTC',
      alert_sms: 'High: captured 60,000.00 USD (stripe, prod). ID stripe:pi_1. AWS 123456789012 eu-west-1. Customer cus_1. Time 2025-03-04 05:06:07 UTC',
    });
  });

  test('begins with TEST in every text of a test, and so does the alert of a verdict', () => {
    const test = { ...FACTS, live: false };

    expect(Object.values(alertOf(test))).toEqual(Object.values(alertOf(FACTS)).map((text) => `TEST ${text}`));
    expect(verdictAlert(test, RESULT, ORIGIN)).toEqual(expect.objectContaining({ alert_subject: 'TEST BLOCK: captured 60,000.00 USD (stripe, prod)' }));
  });

  test.each([
    ['order-1001', 'Reference order-1001'],
    ['order alice@example.com', 'Reference order (email)'],
    ['alice\uff20example.com', 'Reference (email)'],
    ['alice%40example.com', 'Reference (email)'],
    ['"a\\b"\n', "Reference 'a/b' "],
    ['x'.repeat(65), `Reference ${'x'.repeat(64)}`],
  ])('shows the reference %j, after the id and the account, as %j', (reference, line) => {
    expect(alertOf({ ...FACTS, reference }).alert_text.split('\n').slice(1, 4)).toEqual(['ID stripe:pi_1', 'AWS 123456789012 eu-west-1', line]);
  });

  test.each([
    ['cart', 'cart-7', 'Metadata cart: cart-7'],
    ['buyer', 'alice@example.com', 'Metadata buyer: (email)'],
    ['"key"', '"a\\b"\n', "Metadata 'key': 'a/b' "],
    ['long', 'x'.repeat(65), `Metadata long: ${'x'.repeat(64)}`],
  ])('shows the metadata %j: %j, after the time, as %j', (key, value, line) => {
    const alerts = [alertOf({ ...FACTS, metadata: { [key]: value } }), verdictAlert({ ...FACTS, metadata: { [key]: value } }, RESULT, ORIGIN)];

    expect(alerts.map(({ alert_text: text }) => text.split('\n').slice(-2))).toEqual([1, 2].map(() => ['Time 2025-03-04 05:06:07 UTC', line]));
  });

  test('omits missing fields', () => {
    expect(alertOf({ ...FACTS, ...NO_AMOUNT, customer_id: undefined, event_time: undefined })).toEqual({
      alert_subject: 'Transaction: captured, no amount (stripe, prod)',
      alert_text: 'Transaction: captured, no amount (stripe, prod)\nID stripe:pi_1\nAWS 123456789012 eu-west-1\nTime 2025-03-04 05:06:08 UTC',
      alert_sms: 'Transaction: captured, no amount (stripe, prod). ID stripe:pi_1. AWS 123456789012 eu-west-1. Time 2025-03-04 05:06:08 UTC',
    });
  });

  test.each([
    ['1234567', 0, 'JPY', '1,234,567 JPY'],
    ['1234567', 3, 'BHD', '1,234.567 BHD'],
    ['5', 2, 'EUR', '0.05 EUR'],
    ['-123456', 2, 'EUR', '-1,234.56 EUR'],
    ['-12345', 2, 'EUR', '-123.45 EUR'],
    ['90071992547409931234', 2, 'EUR', '900,719,925,474,099,312.34 EUR'],
    ['100', 2, 'XXX', '1.00 (unknown currency)'],
  ])('writes the exact amount of %s with %i decimals in %s', (amount_minor, exponent, currency, expected) => {
    const { alert_subject: subject, alert_text: text, alert_sms: sms } = alertOf({ ...FACTS, amount_minor, exponent, currency });

    expect(subject).toContain(`captured ${expected} (`);
    expect(text).toContain(`captured ${expected} (`);
    expect(sms).toContain(`captured ${expected} (`);
  });

  test('has a link to the payment in the email, but not in the SMS, where it costs a second segment', () => {
    const url = 'https://dashboard.stripe.com/payments/pi_1';
    const [tier, verdict] = [alertOf({ ...FACTS, payment_url: url }), verdictAlert({ ...FACTS, payment_url: url }, RESULT, ORIGIN, LINKS)];

    expect(tier.alert_text.split('\n').at(-1)).toBe(`Payment ${url}`);
    expect(verdict.alert_text.split('\n').at(-3)).toBe(`Payment ${url}`);
    expect([tier.alert_sms, verdict.alert_sms].join()).not.toContain('http');
  });

  test('names the system without an account if the ARN is unknown', () => {
    expect(tierAlert(FACTS, alertOrigin('prod')).alert_text).toContain('(stripe, prod)\nID stripe:pi_1\nAWS\n');
  });

  test('omits an incomplete amount', () => {
    expect(alertOf({ ...FACTS, exponent: undefined }).alert_subject).toContain('no amount');
  });
});

describe('the alert of a verdict', () => {
  test('shows the event, the reasons, the action and the links', () => {
    const { alert_subject: subject, alert_text: text, alert_sms: sms } = verdictAlert(FACTS, RESULT, ORIGIN, LINKS);

    expect(subject).toBe('BLOCK: captured 60,000.00 USD (stripe, prod)');
    expect(text.split('\n')).toEqual([
      'BLOCK: captured 60,000.00 USD (stripe, prod)',
      'To do: hold goods and money, then investigate',
      'High-value',
      'Score 90, because',
      '- amount 60,000.00 USD is over 50,000 (+50)',
      '- country FR is not DE (+40)',
      'ID stripe:pi_1',
      'AWS 123456789012 eu-west-1',
      'Customer cus_1',
      'Time 2025-03-04 05:06:07 UTC',
      expect.stringMatching(/^Transaction https:\/\/eu-west-1\.console\.aws\.amazon\.com\/dynamodbv2\/home\?region=eu-west-1#edit-item\?\S+pk=stripe%3Api_1\S+$/),
      expect.stringMatching(/^Execution https:\/\/eu-west-1\.console\.aws\.amazon\.com\/states\/home\S+:0f1e:2d3c\?startDate=1741064768000$/),
    ]);
    expect(sms).toBe('BLOCK: captured 60,000.00 USD (stripe, prod). ID stripe:pi_1. AWS 123456789012 eu-west-1. amount 60,000.00 USD is over 50,000 (+50). Customer cus_1');
  });

  test.each(['medium', 'low'] as const)('says what a %s-value payment is, and why it was assessed', (tier) => {
    const suspicious = { ...FACTS, amount_minor: '500', tier, suspicious: true };
    const reasons = ['3 declined payments of the customer within 1 hour, at least 3 (+20)'];

    const { alert_subject: subject, alert_text: text, alert_sms: sms } = verdictAlert(suspicious, { ...RESULT, verdict: 'review', reasons }, ORIGIN);

    expect(subject).toBe('REVIEW: captured 5.00 USD (stripe, prod)');
    expect(text.split('\n')[2]).toBe(`${tier === 'low' ? 'Low' : 'Medium'}-value, after declined payments`);
    expect(text + sms).not.toContain('High');
    expect(sms).toBe('REVIEW: captured 5.00 USD (stripe, prod). ID stripe:pi_1. AWS 123456789012 eu-west-1. After declined payments. Customer cus_1');
    expect(sms.length).toBeLessThanOrEqual(148);
  });

  test('omits a missing tier, reasons and links', () => {
    expect(verdictAlert({ ...FACTS, ...NO_AMOUNT }, { ...RESULT, verdict: 'approve', score: 0, reasons: [] }, ORIGIN).alert_text).toBe(
      'APPROVE: captured, no amount (stripe, prod)\nNothing to do\nScore 0\nID stripe:pi_1\nAWS 123456789012 eu-west-1\nCustomer cus_1\nTime 2025-03-04 05:06:07 UTC',
    );
  });

  test.each<[Verdict, string]>([['approve', 'Nothing to do'], ['review', 'To do: check'], ['block', 'To do: hold']])('%s: %s', (verdict, toDo) => {
    expect(verdictAlert(FACTS, { ...RESULT, verdict }, ORIGIN).alert_text).toContain(`\n${toDo}`);
  });

  test.each([[8, '- r8\nID'], [9, '- r8\n- 1 more\nID']])('shows the first eight of %i reasons', (count, expected) => {
    const reasons = Array.from({ length: count }, (_, index) => `r${index + 1}`);

    expect(verdictAlert(FACTS, { ...RESULT, reasons }, ORIGIN).alert_text).toContain(expected);
  });

  test('shows that an entry is on a blocklist, without the card\'s digits or the email\'s domain', () => {
    const detail = { ...FACTS, card_bin: '424242', email_domain: 'mail.example', country: 'KP' } as TransactionDetail;
    const reason = blocked.evaluate({ rule: 'blocked', score: 80, cards: ['424242'], emailDomains: ['mail.example'] }, {
      detail, tiers: { medium: 1_000, high: 10_000 }, blocked: [{ kind: 'country', value: 'KP', reason: 'sanctions (of Max Mustermann)' }],
    })!;
    expect(reason).toMatch(/424242.*mail\.example/);

    const alert = verdictAlert(detail, { ...RESULT, reasons: [`${reason} (+80)`] }, ORIGIN, LINKS);

    expect(alert.alert_text).toContain('- blocked card, country KP, email domain (+80)\n');
    expect(Object.values(alert).join()).not.toMatch(/424242|mail\.example|sanctions|Mustermann/);
  });
});

describe.each<[string, (part: string) => ReturnType<typeof tierAlert>]>([
  ['tier', (part) => alertOf(factsOf(part))],
  ['verdict', (part) => verdictAlert(factsOf(part), { ...RESULT, reasons: [part, part] }, ORIGIN, LINKS)],
])('for any content, the alert of a %s', (_, alertWith) => {
  test('has a subject in ASCII of fewer than 100 characters that begins with a letter', () => {
    fc.assert(fc.property(anything, (part) => {
      expect(alertWith(part).alert_subject).toMatch(/^[A-Z][\x20-\x7e]{1,98}$/);
    }));
  });

  test('has a short text without control characters except line breaks', () => {
    fc.assert(fc.property(anything, (part) => {
      const text = alertWith(part).alert_text;

      expect(JSON.stringify(text)).toBe(`"${text.replaceAll('\n', '\\n')}"`);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      expect(text.replace(/ https:\S+/g, '').length).toBeLessThan(3500);
    }));
  });

  test('has an SMS of one segment', () => {
    fc.assert(fc.property(anything, (part) => {
      expect(alertWith(part).alert_sms).toMatch(/^[^[\\\]^`{|}~]{1,148}$/);
    }));
  });

  test.each(['jane.doe@mail.example', 'Jane <jane.doe@mail.example>', 'a\u2028jane.doe@mail.example\tb'])('does not contain the email address in %j', (part) => {
    const { alert_subject: subject, alert_text: text, alert_sms: sms } = alertWith(part);

    // The link contains the table's key, which is the only way to find the transaction.
    expect([subject, text.replace(/ https:\S+/g, ''), sms].join()).not.toMatch(/doe|mail\./);
  });
});

const HOSTILE = [
  'evil.example', 'https://evil.example/pi_1', '<b>x</b>', '[x](//evil.example)', 'a%40evil.example', '4242424242424242', '4242 4242 4242 4242', 'tel:123', 'a\r\nb',
];

test.each(HOSTILE)('no field can put %j into an alert', (text) => {
  const facts = { ...factsOf(text), metadata: { [text]: text } };
  for (const transaction of [facts, { ...facts, provider: 'stripe', transaction_id: `stripe:${text}` }]) {
    const verdict = verdictAlert(transaction, { ...RESULT, reasons: [text, `blocked customer ${text}`] }, ORIGIN, LINKS);
    const shown = [...Object.values(alertOf(transaction)), ...Object.values(verdict)].join('\n').replace(/ https:\S+/g, '');

    expect(shown).not.toContain(text);
    expect(shown).not.toMatch(/evil\.example|:\/\/|[<>]|%40|4242424242|\r/);
  }
});

test('the link to the item is omitted if the key contains a card number, and the link to the execution is not', () => {
  const { alert_text: text } = verdictAlert({ ...FACTS, transaction_id: 'stripe:4242424242424242' }, RESULT, ORIGIN, LINKS);

  expect(text).not.toContain('4242424242424242');
  expect(text).not.toContain('\nTransaction ');
  expect(text).toContain('\nExecution https://');
});

test.each(KINDS)('an event of the kind %s is named', (kind) => {
  expect(alertOf({ ...FACTS, kind }).alert_subject).toContain(`: ${kind} 60,000.00 USD`);
});
