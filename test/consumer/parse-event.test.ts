import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { busEvent, DETAILS } from './support/deliveries';
import { exactAmount, InvalidEventError, isTransactionEvent, parseEvent } from '../../consumer/main';
import type { TransactionDetailType } from '../../consumer/transaction-event';

const TYPES = Object.keys(DETAILS) as TransactionDetailType[];
const ajv = addFormats(new Ajv());
const published = Object.fromEntries(TYPES.map((type) => [
  type, ajv.compile(JSON.parse(readFileSync(join(__dirname, '../../schemas', `${type.replace('.', '-')}.schema.json`), 'utf8')) as object),
]));

function errorOf(value: unknown): InvalidEventError {
  try {
    parseEvent(value);
  } catch (error) {
    return error as InvalidEventError;
  }
  throw new Error('the event is valid');
}

describe('parseEvent', () => {
  test.each(TYPES)('returns a valid %s as it is', (type) => {
    const event = busEvent({ added_later: 1 }, type);

    expect(parseEvent(event)).toBe(event);
    expect(parseEvent(JSON.stringify(event))).toEqual(event);
    expect(isTransactionEvent(event)).toBe(true);
  });

  test.each(TYPES)('agrees with the published schema about any change of a %s', (type) => {
    const names = [...Object.keys(DETAILS[type]), 'tier', 'body', 'body_omitted', 'verdict', 'reasons'];
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom('high', 'block', 'review', '2025-03-04T05:06:07Z', '12', 1.5, -1, true, ['a'], [1], { a: 'b' }, undefined));

    fc.assert(fc.property(fc.constantFrom(...names), values, (name, value) => {
      const { [name as 'kind']: _, ...others } = DETAILS[type];
      const detail = JSON.parse(JSON.stringify({ ...others, [name]: value })) as object;
      const event = { ...busEvent({}, type), detail };

      expect(isTransactionEvent(event)).toBe(published[type](detail));
    }), { numRuns: 2_000 });
  });

  test.each([
    ['a missing field', { currency: undefined }, 'detail.currency', 'is missing'],
    ['a wrong type', { live: 'yes' }, 'detail.live', 'must be boolean'],
    ['a value that is not in the list', { kind: 'stolen' }, 'detail.kind', 'must be one of authorized, captured, failed, canceled, refunded, disputed, paid-out, other'],
    ['a wrong pattern', { amount_minor: '1e3' }, 'detail.amount_minor', 'must match pattern "^-?[0-9]+$"'],
    ['an amount without its exact form', { amount_minor: undefined }, 'detail.amount_minor', 'is missing'],
    ['a time without its zone', { received_at: '2025-03-04T05:06:07' }, 'detail.received_at', 'must match format "date-time"'],
    ['a value in metadata', { metadata: { 'a\u001b[31m/b': 5 } }, 'detail.metadata', 'must be string'],
    ['another version', { schema_version: '2', kind: 'new' }, 'detail.schema_version', "must be '1', the only version that this package supports: update cdk-webhook-processing-system"],
  ])('names the field of %s', (_, change, field, problem) => {
    const detail = JSON.parse(JSON.stringify({ ...DETAILS['transaction.received'], ...change })) as object;
    const error = errorOf({ ...busEvent(), detail });

    expect(error).toBeInstanceOf(InvalidEventError);
    expect(error).toMatchObject({ name: 'InvalidEventError', field, message: `${field} ${problem}` });
  });

  test.each([
    ['a verdict that does not block', busEvent({ verdict: 'review' }, 'transaction.blocked'), 'detail.verdict must be one of block'],
    ['an assessment without a score', busEvent({ score: undefined }, 'transaction.assessed'), 'detail.score is missing'],
    ['no detail', { ...busEvent(), detail: undefined }, 'detail must be object'],
    ['a list', [busEvent()], 'event must be a JSON object'],
    ['nothing', undefined, 'event must be a JSON object'],
    ['text that is not JSON', '{', 'event must be JSON'],
    ['the detail alone', DETAILS['transaction.received'], 'detail-type is missing: let the rule send the whole event, without an input path or input transformer'],
    ['an unknown detail type', busEvent({}, 'toString' as never), 'detail-type must be one of transaction.received, transaction.assessed, transaction.blocked: match the detail types in the pattern of the rule, or set `detailTypes`'],
    ['the event of another source', busEvent({}, undefined, { source: 'shop' }), "source must begin with 'webhook-processing-system.': compare the pattern of the rule with the eventSource of the system"],
    ['no source', busEvent({}, undefined, { source: undefined }), "source must begin with 'webhook-processing-system.': compare the pattern of the rule with the eventSource of the system"],
    ['a transformed envelope', busEvent({}, undefined, { time: undefined }), 'time is not as EventBridge sends it: let the rule send the whole event, without an input transformer'],
    ['an envelope without its list', busEvent({}, undefined, { resources: 'all' }), 'resources is not as EventBridge sends it: let the rule send the whole event, without an input transformer'],
  ])('rejects %s', (_, value, message) => {
    expect(errorOf(value).message).toBe(message);
    expect(isTransactionEvent(value)).toBe(false);
  });
});

describe('exactAmount', () => {
  test('returns all digits, with the number of decimals', () => {
    const { detail } = busEvent({ amount: 5e9, amount_minor: '-123456789012345678901234567890', exponent: 3, currency: 'BHD' });

    expect(exactAmount(detail)).toEqual({ minor: -123456789012345678901234567890n, exponent: 3, currency: 'BHD' });
  });

  test('returns nothing for an event without an amount', () => {
    expect(exactAmount(busEvent({ amount: undefined, amount_minor: undefined, exponent: undefined, currency: 'XXX' }).detail)).toBeUndefined();
    expect(exactAmount({ amount_minor: '1', currency: 'EUR' })).toBeUndefined();
  });
});
