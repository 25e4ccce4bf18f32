/**
 * Labels of small letters, digits and hyphens in any script, with a dot
 * between them, of at most 253 characters (RFC 1035, 2.3.4). What could steer
 * a terminal, a log or a message has no place in it, nor has an @.
 */
const DOMAIN = /^(?=.{1,253}$)(?:[\p{Ll}\p{Lm}\p{Lo}\p{M}\p{N}-]{1,63}\.)+[\p{Ll}\p{Lm}\p{Lo}\p{M}\p{N}-]{2,63}$/u;

/**
 * Reads the domain of an email address, in lower case. What stands before the
 * last @ names a person and gets no further than the raw body; a text without
 * an @ is no address, and could be a name as a whole.
 */
export function emailDomainOf(address: unknown): string | undefined {
  const domain = typeof address === 'string' ? /@([^@]*)$/.exec(address)?.[1].trim().toLowerCase() : undefined;
  return isEmailDomain(domain) ? domain : undefined;
}

/** Whether a text is the domain of an email address as it is stored. */
export function isEmailDomain(value: unknown): value is string {
  return typeof value === 'string' && DOMAIN.test(value);
}
