import type { SchemeName } from '../../src/private/contract';
import { payPalEvents } from '../providers/paypal/paypal-event-list';
import type { EventList } from '../providers/shared/event-list';
import { squareEvents } from '../providers/square/square-event-list';
import { stripeEvents } from '../providers/stripe/stripe-event-list';

/** The lists of events that can be reconciled. */
export const EVENT_LISTS: { readonly [scheme in SchemeName]?: EventList } = { stripe: stripeEvents, paypal: payPalEvents, square: squareEvents };
