/** The providers of the example app. */
export type ProviderName = 'stripe' | 'adyen' | 'square' | 'razorpay' | 'standard-webhooks';

/** One request as its provider delivers it. */
export interface ProviderDelivery {
  readonly provider: ProviderName;
  /** The id of the event; of a batch that of the first. */
  readonly id: string;
  readonly body: string;
}

/** One HTTP request: a delivery, and what is wrong or unusual with it. */
export interface Request extends ProviderDelivery {
  /** The path segment, where it is not the provider's own. */
  readonly path?: string;
  readonly unsigned?: boolean;
  /** Signed so long ago. */
  readonly ageSeconds?: number;
  /** Unsigned headers beside the signature. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the body after it was signed. */
  readonly forge?: (body: string) => string;
}
