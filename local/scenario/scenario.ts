import { randomBytes } from 'node:crypto';
import { adyenBatch, authorisation, refund } from './adyen-events';
import { canonical } from './canonical-events';
import { one, type Case } from './case';
import { REASON } from './default-reasons';
import { erasesACustomer } from './erasure-steps';
import { high, low, medium, rejected, reviewed, storedOnly } from './expectations';
import { fraudCases } from './fraud-cases';
import { razorpayPayment } from './razorpay-events';
import { reconciles } from './reconciliation-steps';
import { shipsTheOrder } from './shop';
import { squarePayment } from './square-events';
import { anOperatorsItem, beforeTheSecretIsSet } from './steps';
import { chargeSucceeded, customerCreated, paymentIntentSucceeded } from './stripe-events';
import { afterItsClaim, afterTheLastAttempt } from './sweep-steps';

/** A text that is larger than an item of the table, also when it is compressed. */
const INCOMPRESSIBLE = randomBytes(500 * 1024).toString('base64');

/** The customer who is erased. The name is only in this customer's webhooks. */
const LEAVING = { customer: 'cus_local_to_erase', name: 'Erika Erased' };

/** A new customer pays an amount over ten times the high threshold. */
function hugeAndNew(amount: string): string[] {
  return [...REASON.overHigh(amount, 10), ...REASON.newCustomer(amount), ...REASON.total(amount)];
}

/** The events of a run, in the order of sending. */
export function scenario(now: Date): Case[] {
  const unset = chargeSucceeded('secret-unset', now, { amount: 1_500 });
  const highReasons = [...REASON.overHigh('25,000.00 USD', 2), ...REASON.newCustomer('25,000.00 USD')];
  const highCharge = chargeSucceeded('high', now, { amount: 2_500_000 });
  const yen = chargeSucceeded('yen', now, { amount: 12_000, currency: 'jpy' });
  const twice = chargeSucceeded('twice', now, { amount: 5_000 });
  const replayed = canonical('replayed', now, { amount_minor: 7_500, currency: 'EUR' });
  const atOnce = canonical('at-once', now, { amount_minor: 9_900, currency: 'EUR' });
  const ordered = chargeSucceeded('ordered', now, { amount: 4_990, currency: 'eur', orderId: 'order-1001' });
  const forged = chargeSucceeded('forged', now, { amount: 4_200 });
  const forgedCanonical = canonical('forged', now, { amount_minor: 4_200, currency: 'EUR' });

  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const delivered = chargeSucceeded('delivered', hoursAgo(2), { amount: 3_300 });
  const missing = chargeSucceeded('missing', hoursAgo(2), { amount: 150_000 });

  const leaving = {
    small: chargeSucceeded('leaving', now, { amount: 2_100, customer: LEAVING.customer, description: LEAVING.name }),
    large: chargeSucceeded('leaving-large', now, { amount: 2_200, customer: LEAVING.customer, description: `${LEAVING.name} ${INCOMPRESSIBLE}` }),
  };
  const staying = chargeSucceeded('staying', now, { amount: 2_300 });

  const batch = adyenBatch([
    authorisation('medium', now, { value: 250_000, currency: 'EUR' }),
    refund('medium', now, { value: 4_500, currency: 'EUR' }),
  ]);
  const spoilt = adyenBatch([authorisation('good', now, { value: 1_100, currency: 'EUR' }), authorisation('bad', now, { value: 2_200, currency: 'EUR' })]);
  const squared = squarePayment('twice', now, { amount: 1_500, currency: 'USD' });

  return [
    {
      name: 'Stripe, before its secret is set, and again',
      eventIds: [unset.id],
      turn: 'first',
      step: beforeTheSecretIsSet(unset),
      expected: low('captured 15.00 USD', '503 secret_not_set, 200 stored'),
    },
    one('Stripe, low', chargeSucceeded('low', now, { amount: 99_999, paymentIntent: 'pi_local_low' }), low('captured 999.99 USD')),
    {
      ...one('Stripe, another event about the same payment', paymentIntentSucceeded('intent', now, { id: 'pi_local_low', amount: 99_999 }),
        storedOnly('captured 999.99 USD')),
      continues: true,
    },
    one('Stripe, lower end of medium', chargeSucceeded('medium-low', now, { amount: 100_000 }), medium('captured 1,000.00 USD')),
    one('Stripe, upper end of medium', chargeSucceeded('medium-high', now, { amount: 1_000_000 }), medium('captured 10,000.00 USD')),
    one('Stripe, high', highCharge, high('captured 25,000.00 USD', highReasons)),
    one('Stripe, high in a currency without decimals', yen, high('captured 12,000 JPY', REASON.newCustomer('12,000 JPY'))),
    one('Stripe, test mode', chargeSucceeded('test-mode', now, { amount: 2_500_000, live: false }), storedOnly('captured 25,000.00 USD, test mode')),
    one('Stripe, without an amount', customerCreated('customer', now), storedOnly('other, no amount')),
    one('Stripe, with a body that does not fit into an item', chargeSucceeded('large', now, { amount: 1_500, description: INCOMPRESSIBLE }),
      low('captured 15.00 USD, body in S3')),
    {
      name: 'Stripe, a shop ships the order of a payment',
      eventIds: [ordered.id],
      step: shipsTheOrder(ordered, { reference: 'order-1001', amountMinor: '4990', currency: 'EUR' }),
      expected: low('captured 49.90 EUR', '200 stored, order-1001 shipped'),
    },
    {
      name: 'Stripe, one of two was never delivered; then reconciled twice',
      eventIds: [delivered.id, missing.id],
      step: reconciles(delivered, missing, hoursAgo(3)),
      expected: {
        ...medium('captured 1,500.00 USD, fetched, captured 33.00 USD', '200 stored, 1 missing, 0 missing'), events: '2 × received', rule: 'low, medium', audit: '2',
      },
    },
    {
      name: 'Stripe, a customer is erased; then delivered again',
      eventIds: [leaving.small.id, leaving.large.id, staying.id],
      step: erasesACustomer(LEAVING, [leaving.small, leaving.large], staying, now),
      expected: {
        ...low('captured 21.00 USD, erased, captured 22.00 USD, erased, captured 23.00 USD',
          'erased 2 items, 2 objects, 1 message; 2 × 200 duplicate'),
        events: '3 × received',
        rule: '3 × low',
        // Three webhooks, and two erasures.
        audit: '5',
      },
      // The one about the other customer.
      deadLetters: 1,
    },

    {
      name: 'Adyen, a batch of two',
      eventIds: batch.eventIds,
      requests: [batch],
      expected: { ...medium('authorized 2,500.00 EUR, refunded 45.00 EUR', '200 [accepted]'), events: '2 × received', rule: 'low, medium', audit: '2' },
    },
    {
      name: 'Adyen, one of two forged; then both are good',
      eventIds: spoilt.eventIds,
      requests: [{ ...spoilt, forge: (body) => body.replace('"value":2200', '"value":2300') }, spoilt],
      expected: {
        ...low('authorized 11.00 EUR, authorized 22.00 EUR', '401 signature_mismatch, 200 [accepted]'),
        events: '2 × received',
        rule: '2 × low',
        audit: '2',
      },
    },
    one('Square, low', squarePayment('low', now, { amount: 99_900, currency: 'USD' }), low('captured 999.00 USD')),
    one('Square, high in a currency without decimals', squarePayment('yen', now, { amount: 2_000_000, currency: 'JPY' }),
      reviewed('captured 2,000,000 JPY', hugeAndNew('2,000,000 JPY'))),
    { name: 'Square, sent twice', eventIds: [squared.id], requests: [squared, squared], expected: low('captured 15.00 USD', '200 stored, 200 duplicate') },
    one('Razorpay, medium', razorpayPayment('medium', now, 500_000), medium('captured 5,000.00 INR')),

    one('Standard Webhooks, low', canonical('low', now, { amount_minor: 1_000, currency: 'EUR' }), low('captured 10.00 EUR')),
    one('Standard Webhooks, medium', canonical('medium', now, { amount_minor: 500_000, currency: 'EUR' }), medium('captured 5,000.00 EUR')),
    one('Standard Webhooks, high', canonical('high', now, { amount_minor: 1_000_001, currency: 'EUR', country: 'DE', card_country: 'DE' }),
      high('captured 10,000.01 EUR', REASON.newCustomer('10,000.01 EUR'))),
    one('Standard Webhooks, beyond what rules compare', canonical('rupiah', now, { amount_minor: '987654321000000', currency: 'IDR' }),
      reviewed('captured 9,876,543,210,000.00 IDR', hugeAndNew('9,876,543,210,000.00 IDR'))),
    one('Standard Webhooks, without an amount', canonical('no-amount', now, { kind: 'other' }), storedOnly('other, no amount')),

    { name: 'Sent twice', eventIds: [twice.id], requests: [twice, twice], expected: low('captured 50.00 USD', '200 stored, 200 duplicate') },
    {
      name: 'Replayed: other headers, a new attempt',
      eventIds: [replayed.id],
      requests: [
        replayed,
        { ...replayed, headers: { 'content-type': 'text/plain', 'user-agent': 'replay', 'x-forwarded-for': '192.0.2.1', 'x-event-id': 'another' } },
        { ...replayed, ageSeconds: 30 },
      ],
      expected: low('captured 75.00 EUR', '200 stored, 2 × 200 duplicate'),
    },
    {
      name: 'Five times at once',
      eventIds: [atOnce.id],
      requests: Array.from({ length: 5 }, () => atOnce),
      inParallel: true,
      expected: low('captured 99.00 EUR', '200 stored, 4 × 200 duplicate'),
    },

    one('Forged: an amount changed (Stripe)', { ...forged, forge: (body) => body.replace('4200', '4300') }, rejected('401 signature_mismatch')),
    one('Forged: an amount changed (Standard Webhooks)', { ...forgedCanonical, forge: (body) => body.replace('4200', '4300') },
      rejected('401 signature_mismatch')),
    one('Forged: an amount changed (Square)', { ...squarePayment('forged', now, { amount: 4_200, currency: 'USD' }), forge: (body) => body.replace('4200', '4300') },
      rejected('401 signature_mismatch')),
    one('Forged: an amount changed (Razorpay)', { ...razorpayPayment('forged', now, 4_200), forge: (body) => body.replace('4200', '4300') },
      rejected('401 signature_mismatch')),
    one('Signed ten minutes ago', { ...chargeSucceeded('stale', now, { amount: 4_200 }), ageSeconds: 600 }, rejected('401 timestamp_out_of_tolerance')),
    one('Not signed', { ...chargeSucceeded('unsigned', now, { amount: 4_200 }), unsigned: true }, rejected('401 signature_missing')),
    one('Malformed: not signed, not JSON', { provider: 'stripe', id: 'malformed', body: 'hello', unsigned: true }, rejected('400 not_a_webhook')),
    one('To an unknown provider', { ...chargeSucceeded('unknown', now, { amount: 4_200 }), path: 'unknown' }, rejected('404 unknown_provider')),

    ...fraudCases(now),

    {
      name: "An operator's own item in the table",
      eventIds: [anOperatorsItem.eventId],
      step: anOperatorsItem.step,
      expected: { ...rejected('written'), item: 'record of type operator-note' },
    },
    {
      name: 'The execution died after its claim: swept',
      eventIds: [afterItsClaim.eventId],
      step: afterItsClaim.step(highCharge.id),
      expected: {
        ...reviewed('captured 25,000.00 USD', [...highReasons, ...REASON.total('50,000.00 USD')]),
        answer: 'swept',
        verdict: 'review (43) after 1 sweep',
        // Put, due, claim released, claimed, assessed, closed.
        audit: '6',
      },
    },
    {
      name: 'All executions died: given up, then redriven',
      eventIds: [afterTheLastAttempt.eventId],
      step: afterTheLastAttempt.step(yen.id),
      expected: {
        ...high('captured 12,000 JPY', REASON.newCustomer('12,000 JPY')),
        answer: 'given up, dead letter of the sweep, redriven, closed',
        verdict: 'approve (35) after 1 sweep',
        // Put, due, given up, redriven, claimed, assessed, closed.
        audit: '7',
      },
      deadLetters: 1,
      showsAlerts: true,
    },
  ];
}
