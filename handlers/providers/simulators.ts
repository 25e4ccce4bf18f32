import { simulator as adyen } from './adyen/simulator';
import type { ProviderSimulator } from './shared/simulators/provider-simulator';
import { simulator as stripe } from './stripe/simulator';

/** The simulator of each scheme. */
export const SIMULATORS: { readonly [scheme: string]: ProviderSimulator } = { stripe, adyen };
