import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { asciiDomainOf, emailDomainOf } from '../../../handlers/domain/email-domain';

const LONGEST = `${'a.'.repeat(125)}com`;

test.each<[unknown, string | undefined]>([
  ['someone@mail.example', 'mail.example'],
  ['Some.One+tag@Mail.EXAMPLE', 'mail.example'],
  ['"a@b"@mail.example', 'mail.example'],
  ['a@one.example, b@two.example', 'two.example'],
  [' a@mail.example ', 'mail.example'],
  ['someone@mail.example.', 'mail.example'],
  ['someone@a_b.example', 'a_b.example'],
  ['a@xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['a@XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
  ['a@b\u00fccher.example', 'xn--bcher-kva.example'],
  ['a@bu\u0308cher.example', 'xn--bcher-kva.example'],
  ['a@B\u00dcCHER.example', 'xn--bcher-kva.example'],
  ['a@スーパー.例え', 'xn--zck5b0gb.xn--r8jz45g'],
  ['a@スーパー。例え。', 'xn--zck5b0gb.xn--r8jz45g'],
  ['a@𝐀𝐁.example', 'ab.example'],
  [`a@${'ü'.repeat(70)}.example`, undefined],
  [`a@${LONGEST}`, LONGEST],
  [`a@a${LONGEST}`, undefined],
  [`a@${'b'.repeat(63)}.example`, `${'b'.repeat(63)}.example`],
  [`a@${'b'.repeat(64)}.example`, undefined],
])('the domain of %p is %p', (address, domain) => {
  expect(emailDomainOf(address)).toBe(domain);
});

test.each<[unknown]>([
  ['someone'], ['mail.example'], ['someone@'], ['@'], [''], ['someone@localhost'], ['someone@.example'], ['someone@mail..example'], ['someone@mail.example..'],
  ['Some One <someone@mail.example>'], ['someone@mail.exam ple'], ['someone@[127.0.0.1]'], ['someone@mail.example/path'], ['someone@mail.example?q'],
  ['someone@mail.exa\u0000mple'], ['someone@mail.exa\u202emple'], ['someone@mail.exa\u200bmple'], ['someone@mail.exa\nmple'],
  ['someone@mail.\ud83d'], ['someone@mai%6c.example'], ['someone@xn--a.example'],
  [5], [null], [undefined], [['someone@mail.example']], [{}],
])('%p has no domain', (address) => {
  expect(emailDomainOf(address)).toBeUndefined();
});

test('no local part is kept for any address', () => {
  const before = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.emailAddress());

  fc.assert(fc.property(before, (name) => {
    expect(emailDomainOf(`${name}@mail.example`)).toBe('mail.example');
  }));
});

test('for any input, the result is a stable lower-case ASCII domain of at most 253 characters', () => {
  const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }).map((text) => `a@${text}.example`), fc.emailAddress(), fc.webUrl());

  fc.assert(fc.property(value, (address) => {
    const domain = emailDomainOf(address);

    expect(domain === undefined || (asciiDomainOf(domain) === domain && /^[a-z0-9_.-]{1,253}$/.test(domain))).toBe(true);
  }));
});

test('a domain that is returned as it is, is what the canonical form of it is', () => {
  const label = fc.string({ unit: fc.constantFrom(...'ax1_-0n'), minLength: 1, maxLength: 8 });
  const domain = fc.tuple(fc.array(label, { minLength: 1, maxLength: 4 }), label).map(([labels, last]) => [...labels, last].join('.'));

  fc.assert(fc.property(domain, (written) => {
    const found = asciiDomainOf(written);

    expect([undefined, domainToASCII(written)]).toContain(found);
  }), { numRuns: 2_000, examples: [['1.2.3.0x1'], ['127.1'], ['xn--a.example'], ['a.xn--b'], ['0x7f.1'], ['-a.xx']] });
});
