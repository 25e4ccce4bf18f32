import { domainToASCII } from 'node:url';

/**
 * What a domain is written with in any script, the full stops of Chinese and
 * Japanese included. `domainToASCII` alone would read a host out of more than
 * that: it cuts at a slash, decodes `%62` and leaves out what is invisible.
 */
const WRITTEN = /^[\p{L}\p{M}\p{N}_.。．｡-]+$/u;
/** Labels with a dot between them, of at most 253 characters (RFC 1035, 2.3.4), as they go over the wire. */
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)+[a-z0-9_-]{2,63}$/;

/**
 * Reads the domain of an email address, in ASCII and lower case. What stands
 * before the last @ names a person and gets no further than the raw body; a
 * text without an @ is no address, and could be a name as a whole.
 */
export function emailDomainOf(address: unknown): string | undefined {
  const domain = typeof address === 'string' ? /@([^@]*)$/.exec(address)?.[1].trim() : undefined;
  return domain === undefined ? undefined : asciiDomainOf(domain);
}

/**
 * A domain in the one form in which it can be compared: capitals, composed and
 * decomposed letters, Punycode and the root's dot are ways to write the same.
 */
export function asciiDomainOf(domain: string): string | undefined {
  const ascii = WRITTEN.test(domain) ? domainToASCII(domain).replace(/\.$/, '') : '';
  return DOMAIN.test(ascii) ? ascii : undefined;
}
