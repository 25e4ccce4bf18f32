import type { FraudRuleProps } from './fraud-rule-props';

/** Options of `FraudRule.allowed`: lists that you deploy with the stack. Use the table for lists that are long or change often. */
export interface AllowedProps {
  /**
   * Customers as `<provider>:<customer id>`, such as `stripe:cus_123`.
   *
   * @default - only the entries in the table
   */
  readonly customers?: string[];

  /**
   * ISO 3166 alpha-2 codes, of the customer or the card.
   *
   * @default - only the entries in the table
   */
  readonly countries?: string[];

  /**
   * The first 6 to 8 digits of card numbers, which identify a bank and a kind of card.
   *
   * @default - only the entries in the table
   */
  readonly cards?: string[];

  /**
   * Single cards as `<provider>:<fingerprint>`, by the fingerprint that the provider signs. Never card numbers.
   *
   * @default - only the entries in the table
   */
  readonly cardFingerprints?: string[];

  /**
   * Domains of email addresses, in lower case. The whole domain: `example.com` does not match `mail.example.com`.
   *
   * @default - only the entries in the table
   */
  readonly emailDomains?: string[];
}

/**
 * Options of `FraudRule.blocked`: lists that you deploy with the stack. Use the table for lists that are long or change
 * often.
 */
export interface BlockedProps extends AllowedProps, FraudRuleProps {}
