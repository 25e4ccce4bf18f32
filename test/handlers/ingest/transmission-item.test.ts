import { createHash } from 'node:crypto';
import { transmissionItem } from '../../../handlers/ingest/transmission-item';

const EXPIRES = new Date('2026-02-04T12:00:00Z');
const BODY = Buffer.from('{"id": "WH-1"}');

describe('transmissionItem', () => {
  test('contains the hash of the body, but not the body', () => {
    expect(transmissionItem('paypal', { id: 't-1', expiresAt: EXPIRES }, BODY)).toEqual({
      transaction_id: 'transmission:paypal:t-1',
      timestamp: '-',
      record_type: 'transmission',
      body_hash: createHash('sha256').update(BODY).digest('hex'),
      expires_at: 1770206400,
    });
  });

  test('never expires before its time', () => {
    const expiresAt = new Date(EXPIRES.getTime() + 1);

    expect(transmissionItem('paypal', { id: 't-1', expiresAt }, BODY).expires_at).toBe(1770206401);
  });

  test('has a key by its provider and name, not by its body', () => {
    const keyOf = (provider: string, id: string, body = BODY) => transmissionItem(provider, { id, expiresAt: EXPIRES }, body).transaction_id;

    expect(new Set([keyOf('paypal', 't-1'), keyOf('paypal', 't-2'), keyOf('paypal-eu', 't-1')]).size).toBe(3);
    expect(keyOf('paypal', 't-1', Buffer.from('{}'))).toBe(keyOf('paypal', 't-1'));
  });

  test('hashes a name that is too long for a key', () => {
    expect(transmissionItem('paypal', { id: 'x'.repeat(3000), expiresAt: EXPIRES }, BODY).transaction_id)
      .toMatch(/^transmission:paypal:sha256:[0-9a-f]{64}$/);
  });

  test('never has the key of a transaction, because its sort key contains no #', () => {
    expect(transmissionItem('a', { id: 'b', expiresAt: EXPIRES }, BODY).timestamp).not.toContain('#');
  });
});
