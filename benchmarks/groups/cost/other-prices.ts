import type { Price } from '../../../cli/cost/prices';

const MILLION = 1_000_000;

/** The list prices that only the other designs and services have. Those of AWS are of us-east-1, without the free tier, on `PRICES_AS_OF`. */
export const OTHER_PRICES = {
  lambdaDurationX86: {
    what: 'Lambda, duration on x86', usd: 16.6667, per: MILLION, unit: 'GB-seconds', source: 'https://aws.amazon.com/lambda/pricing/',
  },
  /**
   * On 2026-09-20, as https://github.com/api-evangelist/svix/blob/main/plans/svix-plans-pricing.yml quotes the page. What Ingest
   * receives becomes a message of an application (https://docs.svix.com/receiving/receiving-with-ingest).
   */
  svixMessage: { what: 'Svix, messages', usd: 0.0001, per: 1, unit: 'message', source: 'https://www.svix.com/pricing/' },
} as const satisfies Record<string, Price>;

/** The messages of a month that each plan of Svix includes, from the same page. */
export const SVIX_INCLUDED_MESSAGES = 50_000;
