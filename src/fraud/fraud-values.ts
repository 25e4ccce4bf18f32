/** The subject of a history. */
export enum FraudSubject {
  /** The customer at one provider. */
  CUSTOMER = 'customer',

  /**
   * The card, by the fingerprint that the provider signs. Without a fingerprint, rules about cards do not apply. The table in
   * [docs/fraud-data.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/fraud-data.md)
   * shows which providers sign it.
   */
  CARD = 'card',

  /** The email address, at all providers together, by a keyed hash of it. Without an address, rules about it do not apply. */
  EMAIL = 'email',
}

/** The provider's own estimate of the risk of a payment, in the same words for every provider. */
export enum FraudRiskLevel {
  /** Nothing unusual. */
  NORMAL = 'normal',

  /** More risk than usual. */
  ELEVATED = 'elevated',

  /** The highest level of the provider. */
  HIGHEST = 'highest',
}

/** The result of 3-D Secure, in the same words for every provider. */
export enum ThreeDSecureResult {
  /** The bank of the card authenticated the payer. */
  AUTHENTICATED = 'authenticated',

  /** The bank or the card does not participate, and the provider has a proof of the attempt. */
  ATTEMPTED = 'attempted',

  /** It was not required. */
  EXEMPTED = 'exempted',

  /** The payer failed the authentication. */
  FAILED = 'failed',

  /** It could not be performed. */
  UNAVAILABLE = 'unavailable',
}
