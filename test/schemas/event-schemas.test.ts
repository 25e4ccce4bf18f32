import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { toAssessedDetail, toTransactionDetail } from '../../handlers/publish/events/detail';
import { ASSESSMENT, TIERS, barestTransaction, storedTransaction } from '../handlers/support/items';

interface Schema {
  readonly required: string[];
  readonly properties: object;
}

const root = join(__dirname, '..', '..');

function schemaOf(name: string): Schema {
  return JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8')) as Schema;
}

const received = schemaOf('transaction-received');
const assessed = schemaOf('transaction-assessed');
const blocked = schemaOf('transaction-blocked');
const ajv = addFormats(new Ajv({ strict: true, allErrors: true }));

/** Validates the detail as it is sent over the bus, as JSON. */
function violations(schema: Schema, detail: object): unknown {
  const validate = ajv.compile(schema);
  validate(JSON.parse(JSON.stringify(detail)));
  return validate.errors ?? [];
}

describe('the schema of transaction.received', () => {
  test('accepts an event with all fields and one with the required fields only', () => {
    expect(violations(received, toTransactionDetail(storedTransaction() as StoredItem, TIERS))).toEqual([]);
    expect(violations(received, toTransactionDetail(barestTransaction() as StoredItem, TIERS))).toEqual([]);
  });

  test('accepts an event of any stored amount, currency and identifiers', () => {
    const shape = fc.record({
      minor: fc.bigInt({ min: -(10n ** 38n - 1n), max: 10n ** 38n - 1n }),
      exponent: fc.integer({ min: 0, max: 4 }),
      words: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 }), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(fc.property(shape, ({ minor, exponent, words: [id, currency, customer, provider] }) => {
      const item = storedTransaction({
        amount_minor: { N: String(minor) },
        exponent: { N: String(exponent) },
        transaction_id: { S: id },
        currency: { S: currency },
        customer_id: { S: customer },
        provider: { S: provider },
      });

      expect(violations(received, toTransactionDetail(item as StoredItem, TIERS))).toEqual([]);
    }));
  });

  test.each([
    ['an unknown kind', { kind: 'stolen' }],
    ['a number as exact amount', { amount_minor: 5 }],
    ['an amount beyond the clamp', { amount: 5e9 + 1 }],
    ['a negative amount', { amount: -1 }],
    ['an amount without the exact one', { amount_minor: undefined }],
    ['a day as time', { received_at: '2025-03-04' }],
    ['a subject of two lines', { alert_subject: 'a\nb' }],
    ['a whole card number', { card_bin: '4242424242424242' }],
    ['an SMS of two segments', { alert_sms: 'x'.repeat(161) }],
    ['an unknown tier', { tier: 'huge' }],
    ['no currency', { currency: undefined }],
  ])('rejects %s', (_, change) => {
    const detail = { ...toTransactionDetail(storedTransaction() as StoredItem, TIERS), ...change };

    expect(violations(received, detail)).not.toEqual([]);
  });

  test('accepts additional fields of later versions', () => {
    const detail = { ...toTransactionDetail(storedTransaction() as StoredItem, TIERS), added_later: 1 };

    expect(violations(received, detail)).toEqual([]);
  });
});

describe('the schema of transaction.assessed', () => {
  test('accepts an assessed event and rejects one without a verdict', () => {
    const item = storedTransaction(ASSESSMENT) as StoredItem;

    expect(violations(assessed, toAssessedDetail(item, TIERS))).toEqual([]);
    expect(violations(assessed, toTransactionDetail(item, TIERS))).not.toEqual([]);
  });

  test('describes the transaction as transaction.received does', () => {
    expect(assessed.properties).toMatchObject(received.properties);
  });
});

describe('the schema of transaction.blocked', () => {
  test('is that of transaction.assessed, for one verdict', () => {
    const item = storedTransaction({ ...ASSESSMENT, verdict: { S: 'block' } }) as StoredItem;

    expect(violations(blocked, toAssessedDetail(item, TIERS))).toEqual([]);
    expect(violations(blocked, toAssessedDetail(storedTransaction(ASSESSMENT) as StoredItem, TIERS))).not.toEqual([]);
    expect({ ...blocked.properties, verdict: undefined }).toEqual({ ...assessed.properties, verdict: undefined });
    expect(blocked.required).toEqual(assessed.required);
  });
});
