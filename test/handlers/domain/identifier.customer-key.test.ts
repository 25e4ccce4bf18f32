import { customerKey } from '../../../handlers/domain/identifier';

describe('customerKey', () => {
  test('joins provider and customer', () => {
    expect(customerKey('stripe', 'cus_1')).toBe('stripe:cus_1');
  });

  test('keeps a key with exactly 2048 bytes', () => {
    const id = 'é'.repeat(1020) + 'a';

    const key = customerKey('stripe', id);

    expect(Buffer.byteLength(key)).toBe(2048);
    expect(key).toBe(`stripe:${id}`);
  });

  test('replaces a longer key with its hash, counted in bytes and not in characters', () => {
    const id = 'é'.repeat(1021);

    const key = customerKey('stripe', id);

    expect(key).toMatch(/^stripe:sha256:[0-9a-f]{64}$/);
    expect(key).not.toBe(customerKey('stripe', `${id}x`));
  });
});
