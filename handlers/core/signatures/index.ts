import { hmac } from './hmac';
import type { Scheme } from './scheme';
import { standardWebhooks } from './standard-webhooks';
import { stripe } from './stripe';
import type { ProviderConfig } from '../../../src/private/contract';

/** The schemes that the validator knows. To join: a file of its own and a row here. */
export const SCHEMES: Readonly<Record<ProviderConfig['scheme'], Scheme>> = {
  'stripe': stripe,
  'standard-webhooks': standardWebhooks,
  'hmac': hmac,
};
