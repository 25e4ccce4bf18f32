import { canonical } from './canonical-events';
import { one, type Case } from './case';
import { REASON } from './default-reasons';
import { high, medium, reviewed } from './expectations';
import { isDisputed, paysAfterTheLabel } from './tool-steps';

const DAY = 24 * 60 * 60_000;

/** A dispute labels a payment as fraud, which matters for the card. A person corrects the label. */
export function labelCases(now: Date): Case[] {
  const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * DAY);
  const card = { currency: 'EUR', card_fingerprint: 'card-disputed' };
  const cardholder = { ...card, customer_id: 'cardholder' };
  // Long before, so that no other rule fires for the last payment.
  const paid = canonical('disputed', at(50), { ...cardholder, amount_minor: 500_000 });
  const dispute = { ...canonical('disputed', at(10), { ...cardholder, kind: 'disputed', amount_minor: 500_000 }), id: 'msg_local_dispute' };
  const stranger = canonical('stranger', at(2), { ...card, amount_minor: 1_500_000 });
  const next = canonical('cardholder-again', now, { ...cardholder, amount_minor: 1_500_000 });
  return [
    // Three changes: it is put, and labeled twice.
    one('A payment, which is disputed later', paid, { ...medium('captured 5,000.00 EUR, labeled honest by local'), audit: '3' }),
    {
      name: 'The dispute of that payment',
      continues: true,
      eventIds: [dispute.id],
      step: isDisputed(paid.id, dispute),
      // All events of the payment are labeled, also the dispute itself.
      expected: { ...medium('disputed 5,000.00 EUR, labeled honest by local', '200 stored, the payment is labeled fraud by dispute'), audit: '3' },
    },
    {
      continues: true,
      ...one('Another customer pays with that card', stranger,
        reviewed('captured 15,000.00 EUR', [...REASON.newCustomer('15,000.00 EUR'), ...REASON.fraudWithTheCard])),
    },
    {
      name: 'A person labels the payment as honest; the card pays again',
      continues: true,
      eventIds: [next.id],
      step: paysAfterTheLabel('standard-webhooks:order-disputed', paid.id, stranger.id, next),
      expected: { ...high('captured 15,000.00 EUR'), answer: 'labeled honest by local, 200 stored' },
    },
  ];
}
