/** The providers of the example app. */
export type ProviderName = 'stripe' | 'adyen' | 'square' | 'razorpay' | 'standard-webhooks';

/** One request from a provider. */
export interface ProviderDelivery {
  readonly provider: ProviderName;
  /** The id of the event, or of the first event of a batch. */
  readonly id: string;
  readonly body: string;
}

/** One HTTP request: a delivery, with its defects and special features. */
export interface Request extends ProviderDelivery {
  /** The path segment, if it is not the provider's own. */
  readonly path?: string;
  readonly unsigned?: boolean;
  /** The age of the signature. */
  readonly ageSeconds?: number;
  /** Unsigned headers beside the signature. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the body after it was signed. */
  readonly forge?: (body: string) => string;
}
