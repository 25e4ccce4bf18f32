import type { LabeledEvent } from './labeled-event';
import type { PaymentEvent } from '../../cli/backtest/history/payment-event';
import { eventAmount, exponentOf, tierOf } from '../../handlers/domain/money';
import { SCHEMA_VERSION, type TierConfig } from '../../src/private/contract';

export const SHOP_PROVIDER = 'shop';
const MOVEMENTS: ReadonlySet<LabeledEvent['kind']> = new Set(['captured', 'refunded', 'paid-out']);

/** The events that fraud rules can read, as the handlers would store and publish them. A test compares both. */
export function simulatedPayments(events: readonly LabeledEvent[], tiers: TierConfig): PaymentEvent[] {
  return events.flatMap((event, index) => {
    const movement = MOVEMENTS.has(event.kind);
    const declined = event.kind === 'failed';
    return movement || declined ? [{
      detail: detailOf(event, `event-${index}`, tiers, movement),
      declined,
      ...(event.fraud && { label: 'fraud' as const, labeledAt: event.knownAt!.toISOString() }),
    }] : [];
  });
}

function detailOf(event: LabeledEvent, eventId: string, tiers: TierConfig, movement: boolean): PaymentEvent['detail'] {
  const exponent = exponentOf(event.currency)!;
  const minor = BigInt(Math.round(event.amount * 10 ** exponent));
  const amount = eventAmount(minor, exponent);
  const time = event.at.toISOString();
  return {
    schema_version: SCHEMA_VERSION,
    transaction_id: `${SHOP_PROVIDER}:${event.transactionId}`,
    timestamp: `${time}#${eventId}`,
    event_id: eventId,
    provider: SHOP_PROVIDER,
    provider_event: event.kind,
    kind: event.kind,
    live: true,
    money_movement: movement,
    amount,
    amount_minor: minor.toString(),
    exponent,
    currency: event.currency,
    account: event.account,
    customer_id: event.customerId,
    country: event.country,
    card_country: event.cardCountry,
    card_bin: event.cardBin,
    card_fingerprint: event.cardFingerprint,
    email_domain: event.emailDomain,
    event_time: time,
    received_at: time,
    tier: tierOf(amount, event.currency, tiers),
    alert_subject: '',
    alert_text: '',
    alert_sms: '',
  };
}
