import { SourceRanges } from '../../../handlers/ingest/source-ranges';
import type { ProviderConfig } from '../../../src/private/contract';

const provider = (name: string, sourceRanges?: readonly string[]): ProviderConfig => ({ name, scheme: 'stripe', secretArns: ['arn'], sourceRanges });

const ranges = new SourceRanges([
  provider('stripe', ['203.0.113.64/26', '198.51.100.7/32', '2001:db8:1::/48', '2001:db8:2::1/128', '::ffff:192.0.2.0/120']),
  provider('square', ['192.0.2.0/24']),
  provider('open'),
]);

describe('SourceRanges', () => {
  test.each([
    ['the first address of a range', '203.0.113.64'],
    ['the last address of a range', '203.0.113.127'],
    ['a single address', '198.51.100.7'],
    ['an IPv6 address', '2001:db8:1:ffff::9'],
    ['an IPv6 address in capital letters', '2001:DB8:1::9'],
    ['an IPv6 address in full', '2001:0db8:0002:0000:0000:0000:0000:0001'],
    ['an IPv4 address in IPv6 form', '::ffff:203.0.113.64'],
    ['an IPv4 address in hexadecimal IPv6 form', '::ffff:cb00:7140'],
    ['an IPv4 address of a range in IPv6 form', '192.0.2.200'],
  ])('allows %s', (_, address) => {
    expect(ranges.allows('stripe', address)).toBe(true);
  });

  test.each([
    ['the address before a range', '203.0.113.63'],
    ['the address after a range', '203.0.113.128'],
    ['the neighbor of a single address', '198.51.100.8'],
    ['another IPv6 network', '2001:db8:3::1'],
    ['the neighbor of a single IPv6 address', '2001:db8:2::2'],
    ['another IPv4 address in IPv6 form', '::ffff:203.0.113.63'],
    ['an IPv4 address in an IPv6 form that is not its own', '::203.0.113.64'],
    ['an address with leading zeros', '203.0.113.064'],
    ['an address with a port', '203.0.113.64:443'],
    ['a list of addresses', '203.0.113.64, 203.0.113.65'],
    ['the value that the console sends in a test', 'test-invoke-source-ip'],
    ['an empty address', ''],
    ['no address', undefined],
  ])('does not allow %s', (_, address) => {
    expect(ranges.allows('stripe', address)).toBe(false);
  });

  test.each(['192.0.2.1', 'no address', undefined])('allows %p for a provider without ranges', (address) => {
    expect(ranges.allows('open', address)).toBe(true);
  });

  test('applies the ranges of each provider only to that provider', () => {
    expect([ranges.allows('square', '192.0.2.1'), ranges.allows('square', '203.0.113.64')]).toEqual([true, false]);
  });

  test('throws for a range that Node cannot parse', () => {
    expect(() => new SourceRanges([provider('stripe', ['everywhere'])])).toThrow();
  });
});
