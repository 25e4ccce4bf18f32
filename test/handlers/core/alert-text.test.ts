import * as fc from 'fast-check';
import { alertSubject, alertText, type AlertFacts } from '../../../handlers/core/alert-text';
import { KINDS } from '../../../src/private/contract';

const FACTS: AlertFacts = {
  provider: 'stripe',
  kind: 'captured',
  transactionId: 'stripe:pi_1',
  customerId: 'cus_1',
  time: '2025-03-04T05:06:07.089Z',
  money: { minor: 1234567n, exponent: 2 },
  currency: 'EUR',
  tier: 'high',
};

describe('alertSubject', () => {
  test('says what moved', () => {
    expect(alertSubject(FACTS)).toBe('High: captured 12,345.67 EUR (stripe)');
  });

  test('does without an amount', () => {
    expect(alertSubject({ ...FACTS, money: undefined, tier: undefined })).toBe('Transaction: captured, no amount (stripe)');
  });

  test('is ASCII of fewer than 100 characters that begins with a letter, whatever it is made of', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.constantFrom(...KINDS), (provider, currency, kind) => {
      const subject = alertSubject({ ...FACTS, provider, currency, kind });

      expect(subject).toMatch(/^[A-Z][\x20-\x7e]{1,98}$/);
    }));
  });
});

describe('alertText', () => {
  test('tells what a person needs, in one line', () => {
    expect(alertText(FACTS)).toBe(
      'High-value transaction: captured 12,345.67 EUR at stripe | Customer cus_1 | ID stripe:pi_1 | Time 2025-03-04T05:06:07.089Z',
    );
  });

  test('leaves out what is missing', () => {
    const facts = { ...FACTS, money: undefined, tier: undefined, customerId: undefined };

    expect(alertText(facts)).toBe('Transaction: captured, no amount at stripe | ID stripe:pi_1 | Time 2025-03-04T05:06:07.089Z');
  });

  test.each([
    [{ minor: 1234567n, exponent: 0 }, 'JPY', '1,234,567 JPY'],
    [{ minor: 1234567n, exponent: 3 }, 'BHD', '1,234.567 BHD'],
    [{ minor: 5n, exponent: 2 }, 'EUR', '0.05 EUR'],
    [{ minor: -123456n, exponent: 2 }, 'EUR', '-1,234.56 EUR'],
    [{ minor: -12345n, exponent: 2 }, 'EUR', '-123.45 EUR'],
    [{ minor: 90071992547409931234n, exponent: 2 }, 'EUR', '900,719,925,474,099,312.34 EUR'],
    [{ minor: 100n, exponent: 2 }, 'XXX', '1.00 (unknown currency)'],
  ])('writes the exact amount of %j %s', (money, currency, expected) => {
    expect(alertText({ ...FACTS, money, currency })).toContain(`captured ${expected} at`);
  });

  test('holds nothing that JSON escapes, and stays short', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (part) => {
      const text = alertText({ ...FACTS, provider: part, transactionId: part, customerId: part, currency: part });

      expect(JSON.stringify(text)).toBe(`"${text}"`);
      expect(text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      expect(text.length).toBeLessThan(1200);
    }));
  });
});
