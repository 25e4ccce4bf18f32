import { ErasureWorld } from './erasure-world';

export const world = new ErasureWorld();
export const PROVIDER = 'stripe';
/** A text that is only in the webhooks of the erased customer. */
export const MARKER = 'planted-by-jane';
export const JANE = 'cus_jane_0001';
export const JOHN = 'cus_john_0002';

/** A charge of a customer, with personal data in many places. */
export const charge = (id: string, customer: string | undefined, { marker = MARKER, amount = 5_000, paymentIntent = `pi_${id}`, type = 'charge.succeeded' } = {}) => ({
  id: `evt_${id}`,
  type,
  livemode: true,
  created: 1769860800,
  data: {
    object: {
      id: `ch_${id}`,
      payment_intent: paymentIntent,
      amount,
      currency: 'eur',
      customer,
      description: marker,
      metadata: { order_id: `order-${marker}`, cart: `cart-${marker}` },
      billing_details: { name: marker, email: customer === undefined && marker === MARKER ? undefined : `${marker}@${marker}.example`, address: { country: 'DE' } },
      payment_method_details: { type: 'card', card: { country: 'FR', iin: '42424242', fingerprint: `card-${marker}` } },
      outcome: { risk_level: 'elevated', risk_score: 66 },
    },
  },
});

export const byEvent = async (eventId: string) => (await world.items()).find((item) => item.event_id?.S === eventId)!;

/** Jane's data in every place, and John's beside it. */
export async function fill(): Promise<void> {
  await world.receive(charge('jane1', JANE, { amount: 2_500_000 }));
  await world.receive(charge('jane2', JANE));
  // The same payment, without the customer's id.
  await world.receive(charge('jane3', undefined, { paymentIntent: 'pi_jane2', type: 'charge.updated' }));
  // The customer's own record, which is not a payment.
  await world.receive({ id: 'evt_record', type: 'customer.created', livemode: true, created: 1769860800, data: { object: { id: JANE, object: 'customer', name: MARKER } } });
  await world.receive(charge('john1', JOHN, { marker: 'belongs-to-john' }));
  await world.archiveChanges();
  const high = await byEvent('evt_jane1');
  await world.update(high, { verdict: { S: 'review' }, score: { N: '40' }, reasons: { L: [{ S: MARKER }] }, claim_owner: { S: 'execution-1' } });
  await world.archiveChanges();
  const [jane, john] = [await byEvent('evt_jane3'), await byEvent('evt_john1')];
  await world.putFailedBatch('aws/lambda/one', [{ after: jane }, { after: john }]);
  await world.putFailedBatch('aws/lambda/two', [{ before: high, after: high }], false);
  await world.putFailedBatch('aws/lambda/three', [{ before: john }], false);
  await world.sendDeadLetter({ origin: 'transaction-workflow', event: { transaction_id: high.transaction_id.S, provider: PROVIDER, customer_id: JANE, reference: MARKER } });
  await world.sendDeadLetter({ origin: 'event-relay', error: 'UnreadableItem', keys: { transaction_id: jane.transaction_id, timestamp: jane.timestamp } });
  await world.sendDeadLetter({ origin: 'event-relay', keys: { transaction_id: john.transaction_id, timestamp: john.timestamp } });
}

/** Every stored text in order, without the times and numbers that differ between two runs. */
export async function state(): Promise<string[]> {
  const timeless = (text: string) => text
    .replace(/"(erased_at|closed_at|changed_at|received_at|occurred_at)":("[^"]+"|\{"S":"[^"]+"\})/g, '"$1":"a time"')
    .replace(/change-\d+|"(sequence_number|SequenceNumber)":"\d+"|"ApproximateCreationDateTime":\d+|"(body|B)":[^}]+/g, 'differs');
  const items = (await world.items()).map((item) => JSON.stringify(item, (_, value: unknown) => value instanceof Uint8Array ? 'bytes' : value));
  return [...items, ...(await world.objects()).values(), ...await world.messages()].map(timeless).sort();
}

/** The starts of the texts that only one of two states has. */
export function differences(first: readonly string[], second: readonly string[]): string[] {
  return [...first.filter((text) => !second.includes(text)).map((text) => `-${text.slice(0, 400)}`), ...second.filter((text) => !first.includes(text)).map((text) => `+${text.slice(0, 400)}`)];
}

