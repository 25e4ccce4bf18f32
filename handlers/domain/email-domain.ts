import { domainToASCII } from 'node:url';

/**
 * The characters of a domain in any script, including the full stops of Chinese
 * and Japanese. `domainToASCII` accepts more: it cuts at a slash, decodes `%62`
 * and removes invisible characters.
 */
const WRITTEN = /^[\p{L}\p{M}\p{N}_.。．｡-]+$/u;
/** A domain that is canonical as it is: no part is Punycode, and it cannot be an address such as `127.1`. `domainToASCII` takes 0.3 µs. */
const CANONICAL = /^(?!.*xn--)(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)+[a-z]{2,63}$/;
/** Labels with a dot between them, of at most 253 characters (RFC 1035, 2.3.4), as sent over the network. */
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)+[a-z0-9_-]{2,63}$/;

/**
 * Reads the domain of an email address, in ASCII and lower case. The part before
 * the last @ names a person and is only in the raw body. A text without an @ is
 * not an address, and can be a name.
 */
export function emailDomainOf(address: unknown): string | undefined {
  const domain = typeof address === 'string' ? /@([^@]*)$/.exec(address)?.[1].trim() : undefined;
  return domain === undefined ? undefined : asciiDomainOf(domain);
}

/**
 * A domain in a canonical form for comparisons. Capitals, composed and
 * decomposed letters, Punycode and the root's dot are variants of the same domain.
 */
export function asciiDomainOf(domain: string): string | undefined {
  if (CANONICAL.test(domain)) {
    return domain;
  }
  const ascii = WRITTEN.test(domain) ? domainToASCII(domain).replace(/\.$/, '') : '';
  return DOMAIN.test(ascii) ? ascii : undefined;
}
