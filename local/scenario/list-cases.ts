import { canonical } from './canonical-events';
import type { Case } from './case';
import { largeAndNew, REASON } from './default-reasons';
import { blockedPayment, high } from './expectations';
import { paysAfterTheExpiry, paysWhileAllowed, paysWhileBlocked } from './tool-steps';

const TWO_DAYS = 2 * 24 * 60 * 60_000;

/** Entries that the built tool adds: one of the allowlist, and one of the blocklist that expires. */
export function listCases(now: Date): Case[] {
  return [allowedCustomer(now), ...expiringCard(now)];
}

function allowedCustomer(now: Date): Case {
  const customer = { kind: 'customer', value: 'standard-webhooks:trusted' };
  const payment = canonical('trusted', now, { customer_id: 'trusted', amount_minor: 6_000_000, currency: 'USD' });
  const others = largeAndNew('60,000.00 USD');
  return {
    name: 'A customer on the allowlist, whom the rules would review',
    eventIds: [payment.id, `allowlist:${customer.kind}:${customer.value}`],
    step: paysWhileAllowed(customer, 'known buyer', payment),
    expected: {
      ...high('captured 60,000.00 USD', [`allowed customer ${customer.value} (known buyer): the other rules (+55) do not count`, ...others], 'approve (0)'),
      answer: 'allowed, 200 stored, not allowed anymore',
      // Four of the payment. The entry is put and deleted.
      audit: '6',
    },
  };
}

function expiringCard(now: Date): Case[] {
  const card = { kind: 'card-fingerprint', value: 'standard-webhooks:card-expiring' };
  const payment = (name: string, time: Date) => canonical(`expiring-${name}`, time, { amount_minor: 1_500_000, currency: 'EUR', card_fingerprint: 'card-expiring' });
  const [before, after] = [payment('before', new Date(now.getTime() - TWO_DAYS)), payment('after', now)];
  const others = REASON.newCustomer('15,000.00 EUR');
  return [
    {
      name: 'A payment with a card on the blocklist',
      eventIds: [before.id],
      step: paysWhileBlocked(card, 'stolen', before),
      expected: {
        ...blockedPayment('captured 15,000.00 EUR', [`blocked card fingerprint ${card.value} (stolen) (+100)`, ...others]), answer: 'blocked, 200 stored',
      },
    },
    {
      name: 'The entry expires; another payment with the card',
      continues: true,
      eventIds: [after.id, `blocklist:${card.kind}:${card.value}`],
      step: paysAfterTheExpiry(card, after),
      // Four of the payment. The entry is put, changed and deleted.
      expected: { ...high('captured 15,000.00 EUR', others), answer: 'expired, 200 stored', audit: '7' },
    },
  ];
}
