import { emailDomainOf } from './email-domain';

/** An address has at most 254 characters (RFC 3696, erratum 1690), a phone number fewer. Longer texts are not normalized. */
const MAX_LENGTH = 320;
/**
 * The part of an address before the @. Rejects white space, invisible characters
 * and display names. Some senders replace characters with asterisks, which makes
 * the addresses of different persons equal.
 */
const MAILBOX = /^[^\s\p{C}@<>"*]{1,64}$/u;
/** What people write between the digits of a number. Compatible characters are already replaced. */
const SEPARATORS = /[\s().\/‐-―-]/gu;
/** The longest number has 15 digits (ITU-T E.164). A shorter number than 7 digits is not unique in a country. */
const PHONE = /^\+?\d{7,15}$/;

/**
 * The canonical form of an email address, for comparisons: NFKC, in lower case,
 * with the domain in ASCII. Undefined if the value is not an address. Dots and
 * tags are kept, because only the owner of the domain defines their meaning.
 */
export function emailContact(value: unknown): string | undefined {
  const address = shortText(value)?.trim();
  const domain = emailDomainOf(address);
  const mailbox = address?.slice(0, address.lastIndexOf('@')).toLowerCase();
  return domain !== undefined && mailbox !== undefined && MAILBOX.test(mailbox) ? `${mailbox}@${domain}` : undefined;
}

/**
 * The canonical form of a phone number: its digits, after a + if the country code
 * is written. Undefined if the value is not a number. A national number is kept
 * as it is, because its country is unknown.
 */
export function phoneContact(value: unknown): string | undefined {
  const number = shortText(value)?.replace(SEPARATORS, '').replace(/^00/, '+');
  return number !== undefined && PHONE.test(number) ? number : undefined;
}

function shortText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_LENGTH ? value.normalize('NFKC') : undefined;
}
