import { domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { emailContact, phoneContact } from '../../../handlers/domain/contact';

const MEGABYTES = 10_000_000;

describe('emailContact', () => {
  test.each<[string, string]>([
    ['someone@mail.example', 'someone@mail.example'],
    ['Some.One+Tag@Mail.EXAMPLE', 'some.one+tag@mail.example'],
    [' \tsomeone@mail.example.\r\n', 'someone@mail.example'],
    ['someone@B\u00dcCHER.example', 'someone@xn--bcher-kva.example'],
    ['someone@bu\u0308cher.example', 'someone@xn--bcher-kva.example'],
    ['J\u00dcRGEN@mail.example', 'j\u00fcrgen@mail.example'],
    ['ju\u0308rgen@mail.example', 'j\u00fcrgen@mail.example'],
    ['someone\uff20mail.example', 'someone@mail.example'],
    ['山田@例え.example', '山田@xn--r8jz45g.example'],
    [`${'a'.repeat(64)}@mail.example`, `${'a'.repeat(64)}@mail.example`],
  ])('%j is %j', (spelling, address) => {
    expect(emailContact(spelling)).toBe(address);
  });

  test.each<[unknown]>([
    [undefined], [null], [5], [{}], [['someone@mail.example']], [''], ['@'], ['someone'], ['@mail.example'], ['someone@'], ['someone@localhost'],
    ['Some One <someone@mail.example>'], ['two words@mail.example'], ['"quoted"@mail.example'], ['one@two@mail.example'], ['s***e@mail.example'],
    ['some\u0000one@mail.example'], ['some\none@mail.example'], ['some\u200bone@mail.example'], ['some\u202eone@mail.example'], ['\ud83d@mail.example'],
    [`${'a'.repeat(65)}@mail.example`],
  ])('%j is not an address', (value) => {
    expect(emailContact(value)).toBeUndefined();
  });

  test('keeps dots and tags, which only the owner of the domain can interpret', () => {
    expect(new Set(['a.b@gmail.com', 'ab@gmail.com', 'ab+x@gmail.com'].map(emailContact)).size).toBe(3);
  });

  test('is the same for every spelling of an address', () => {
    fc.assert(fc.property(fc.emailAddress(), (address) => {
      const [mailbox, domain] = address.split('@');
      const contact = emailContact(address);
      const spellings = [address.toUpperCase(), ` ${address} `, `${mailbox}@${domain}.`, `${mailbox}@${domainToUnicode(domain)}`];

      expect(spellings.map(emailContact)).toEqual(spellings.map(() => contact));
    }));
  });

  test('does not change its own result, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const contact = emailContact(`${text}@mail.example`);

      expect(contact === undefined || emailContact(contact) === contact).toBe(true);
    }));
  });
});

describe('phoneContact', () => {
  test.each([
    ['+14155550123', '+14155550123'],
    ['+1 (415) 555-0123', '+14155550123'],
    ['+1.415.555.0123', '+14155550123'],
    [' +1\u00a0415\u2011555\u20130123 ', '+14155550123'],
    ['001 415/555 0123', '+14155550123'],
    ['\uff0b1 \uff14\uff11\uff15 555 0123', '+14155550123'],
    ['1-212-555-4240', '12125554240'],
    ['(281) 332-2575', '2813322575'],
    ['08000000000', '08000000000'],
  ])('%j is %j', (spelling, number) => {
    expect(phoneContact(spelling)).toBe(number);
  });

  test.each<[unknown]>([
    [undefined], [null], [14155550123], [{}], [''], ['+'], ['+123456'], ['1234567890123456'], ['call me'], ['+1 415 555 0123 ext. 4'], ['+1+4155550123'],
    ['+1415555XXXX'], ['+1 415\u0000555 0123'], ['someone@mail.example'],
  ])('%j is not a number', (value) => {
    expect(phoneContact(value)).toBeUndefined();
  });

  test('does not change its own result, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'+0123456789 -/()') }), (text) => {
      const contact = phoneContact(text);

      expect(contact === undefined || phoneContact(contact) === contact).toBe(true);
    }));
  });
});

test.each(['@', 'a', ' ', '1', '+', '\u0308', '\ufdfa', 'a@'])('10 MB of %j take less than 100 ms and are no contact', (text) => {
  const long = text.repeat(MEGABYTES / text.length);
  const start = performance.now();

  expect([`${long}@mail.example`, `someone@${long}`, long].flatMap((value) => [emailContact(value), phoneContact(value)]).filter((contact) => contact)).toEqual([]);
  expect(performance.now() - start).toBeLessThan(100);
});
