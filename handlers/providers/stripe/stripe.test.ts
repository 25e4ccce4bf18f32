import { createHmac } from 'node:crypto';
import { stripe } from '.';
import { samples, stripeEvent } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, vectors } from '../../../test/handlers/support/published';
import { SchemeRunner } from '../../../test/handlers/support/scheme-runner';
import { STRIPE_SECRET, context, request, stripeWebhook } from '../../../test/handlers/support/webhooks';
import type { SignedWebhook } from '../shared/samples/provider-samples';
import { isSignedByAny } from '../shared/signature';

const CONFIG: ProviderConfig = { name: 'stripe', scheme: 'stripe', secretArns: [] };
const AT = new Date('2026-01-31T12:00:00Z');
const BODY = '{"id": "evt_1", "type": "charge.succeeded"}';

const verify = (webhook: SignedWebhook, secrets: readonly string[] = [STRIPE_SECRET], now = AT) => (
  stripe.verify(request(webhook), secrets, context(CONFIG, now))
);
const withHeader = (header: string, body = BODY): SignedWebhook => ({ body: Buffer.from(body), headers: { 'Stripe-Signature': header } });
const hex = (secret = STRIPE_SECRET) => createHmac('sha256', secret).update(`${AT.getTime() / 1000}.${BODY}`).digest('hex');
const t = `t=${AT.getTime() / 1000}`;

describeProviderContract(samples);

describePublished('the published vectors of Stripe', () => {
  test.each(vectors('stripe').filter(({ mode }) => mode === undefined).map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const webhook = { body: Buffer.from(vector.rawBody), headers: vector.headers };

    const verification = verify(webhook, [vector.secret!], new Date(vector.now * 1000));

    expect(verification).toBe(vector.valid ? 'authentic' : 'signature_mismatch');
  });

  test.each(vectors('stripe').filter(({ mode }) => mode === 'hmac-primitive').map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expect(isSignedByAny('sha256', [vector.secret!], [vector.rawBody], [Buffer.from(vector.expectedHex, 'hex')])).toBe(true);
  });
});

describe('verify', () => {
  test.each([
    ['one of several signatures during a rotation', `${t},v1=${hex('old')},v1=${hex()}`],
    ['a signature next to another version', `${t},v1=${hex()},v0=${hex('old')}`],
    ['another order', `v1=${hex()},${t}`],
    ['unknown elements', `${t},v1=${hex()},v2,x=y=z`],
    ['a signature next to an invalid one', `${t},v1=zz,v1=${hex()}`],
  ])('accepts %s', (_, header) => {
    expect(verify(withHeader(header))).toBe('authentic');
  });

  test('accepts a signature by any of the secrets', () => {
    expect(verify(withHeader(`${t},v1=${hex('new')}`), [STRIPE_SECRET, 'new'])).toBe('authentic');
  });

  test.each([
    ['an empty signature', '', 'signature_missing'],
    ['no time', `v1=${hex()}`, 'signature_malformed'],
    ['two times', `${t},${t},v1=${hex()}`, 'signature_malformed'],
    ['a time that is not a number', `t=now,v1=${hex()}`, 'signature_malformed'],
    ['a time without a value', `t,v1=${hex()}`, 'signature_malformed'],
    ['no signature of this version', `${t},v0=${hex()}`, 'signature_malformed'],
    ['a signature without a value', `${t},v1`, 'signature_mismatch'],
    ['half a signature', `${t},v1=${hex().slice(32)}`, 'signature_mismatch'],
    ['other text', 'rubbish', 'signature_malformed'],
  ])('rejects a header with %s', (_, header, reason) => {
    expect(verify(withHeader(header))).toBe(reason);
  });

  test.each([[300, 'authentic'], [301, 'timestamp_out_of_tolerance'], [-300, 'authentic'], [-301, 'timestamp_out_of_tolerance']])(
    'verifies an age of %d seconds as %s', (age, verification) => {
      expect(verify(stripeWebhook(BODY, AT), [STRIPE_SECRET], new Date(AT.getTime() + age * 1000))).toBe(verification);
    });
});

describe('normalize', () => {
  const CHARGE = {
    id: 'ch_1',
    amount: 123456,
    currency: 'eur',
    customer: 'cus_1',
    payment_intent: 'pi_1',
    status: 'succeeded',
    captured: true,
    billing_details: { address: { country: 'DE' }, email: 'Someone@Mail.example' },
    payment_method_details: { type: 'card', card: { country: 'FR', iin: '424242' } },
  };
  const eventOf = (type: string, object: object) => ({ id: 'evt_1', type, livemode: true, created: 1769860800, data: { object } });
  const read = (body: unknown) => stripe.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);
  const charge = (overrides: object) => read(eventOf('charge.succeeded', { ...CHARGE, ...overrides })).fields;

  test('reads every field of a charge', () => {
    expect(read(eventOf('charge.succeeded', CHARGE))).toEqual({
      parsed: true,
      fields: {
        eventId: 'evt_1',
        transactionId: 'pi_1',
        eventName: 'charge.succeeded',
        kind: 'captured',
        status: 'succeeded',
        live: true,
        money: { minor: 123456n, exponent: 2 },
        currency: 'EUR',
        customerId: 'cus_1',
        paymentMethod: 'card',
        country: 'DE',
        cardCountry: 'FR',
        cardBin: '424242',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date('2026-01-31T12:00:00Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test.each<[object, string | undefined]>([
    [{ payment_intent: 'pi_1', charge: 'ch_2' }, 'pi_1'],
    [{ payment_intent: { id: 'pi_2' } }, 'pi_2'],
    [{ payment_intent: null, charge: 'ch_2' }, 'ch_2'],
    [{ payment_intent: null, charge: { id: 'ch_3' } }, 'ch_3'],
    [{ payment_intent: null }, 'ch_1'],
    [{ payment_intent: [], charge: true, id: {} }, undefined],
  ])('reads the transaction of %j as %s', (overrides, transactionId) => {
    expect(charge(overrides).transactionId).toBe(transactionId);
  });

  test.each<[unknown, string | undefined]>([['cus_1', 'cus_1'], [{ id: 'cus_2', object: 'customer' }, 'cus_2'], [null, undefined]])(
    'reads the customer %j as %s', (customer, customerId) => {
      expect(charge({ customer }).customerId).toBe(customerId);
    });

  test.each<[object, string | undefined]>([
    [{ customer_details: { email: 'a@two.example' }, receipt_email: 'a@four.example' }, 'two.example'],
    [{ customer_email: 'a@three.example', receipt_email: 'a@four.example' }, 'three.example'],
    [{ receipt_email: 'a@four.example', billing_details: { email: null } }, 'four.example'],
    [{ receipt_email: 'a@four.example', billing_details: { email: 'none' } }, 'four.example'],
    [{ receipt_email: null }, undefined],
  ])('reads the email domain of %j as %s', (object, emailDomain) => {
    expect(read(eventOf('any', object)).fields.emailDomain).toBe(emailDomain);
  });

  test('reads no digits of a card if they are absent', () => {
    expect(charge({ payment_method_details: { type: 'card', card: { country: 'FR', last4: '4242' } } }).cardBin).toBeUndefined();
  });

  test('reads an amount without a currency with two decimals', () => {
    expect(charge({ currency: null })).toMatchObject({ money: { exponent: 2 }, currency: undefined });
  });

  test.each<[object, bigint]>([
    [{ amount: 1, amount_total: 2 }, 1n],
    [{ amount_total: 2, amount_paid: 3 }, 2n],
    [{ amount: null, amount_paid: 0 }, 0n],
  ])('reads the amount of %j as %s', (object, minor) => {
    expect(read(eventOf('any', object)).fields.money?.minor).toBe(minor);
  });

  test.each<[string, object, bigint]>([
    ['charge.captured', { amount: 5000, amount_captured: 10 }, 10n],
    ['payment_intent.succeeded', { amount: 5000, amount_received: 10 }, 10n],
    ['payment_intent.succeeded', { amount: 5000 }, 5000n],
    ['charge.succeeded', { amount: 5000, amount_captured: 10 }, 5000n],
  ])('reads the moved amount of %s with %j as %s', (type, object, minor) => {
    expect(read(eventOf(type, object)).fields.money?.minor).toBe(minor);
  });

  test.each([12.5, 'much', {}, 2 ** 60])('does not parse the amount %p, but all other fields', (amount) => {
    expect(read(eventOf('charge.succeeded', { ...CHARGE, amount }))).toMatchObject({ parsed: false, fields: { transactionId: 'pi_1', money: undefined } });
  });

  test('does not parse a thin event, which has no object', () => {
    expect(read({ id: 'evt_1', type: 'v2.core.account.updated' })).toMatchObject({
      parsed: false, fields: { eventId: 'evt_1', kind: 'other', live: false, money: undefined, moneyMovement: false },
    });
  });

  test.each<[unknown, string | undefined]>([[{ id: 'evt_1' }, 'evt_1'], [{ type: '' }, undefined], [[], undefined], ['text', undefined], [null, undefined]])(
    'does not parse %j, and reads its identifier as %s', (body, eventId) => {
      expect(read(body)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other' } });
    });

  test.each([
    ['charge.failed', 'failed'], ['charge.refunded', 'refunded'], ['charge.dispute.closed', 'disputed'], ['payout.paid', 'paid-out'],
    ['charge.expired', 'canceled'], ['checkout.session.expired', 'canceled'], ['invoice.voided', 'canceled'], ['payment_intent.canceled', 'canceled'],
    ['payout.canceled', 'canceled'], ['invoice.marked_uncollectible', 'other'], ['setup_intent.canceled', 'other'],
    ['payment_intent.amount_capturable_updated', 'authorized'], ['customer.created', 'other'], ['constructor', 'other'],
  ])('reads %s as %s', (type, kind) => {
    expect(read(eventOf(type, {})).fields.kind).toBe(kind);
  });

  test.each<[string, object, string]>([
    ['charge.succeeded', { captured: false }, 'authorized'],
    ['charge.succeeded', { captured: true }, 'captured'],
    ['charge.refunded', { captured: false }, 'canceled'],
    ['charge.refunded', { captured: true }, 'refunded'],
    ['checkout.session.completed', { payment_status: 'paid' }, 'captured'],
    ['checkout.session.completed', { payment_status: 'unpaid' }, 'other'],
    ['checkout.session.completed', { payment_status: 'no_payment_required' }, 'other'],
    ['checkout.session.completed', {}, 'captured'],
    ['invoice.paid', { paid_out_of_band: true }, 'other'],
    ['invoice.payment_succeeded', { paid_out_of_band: true }, 'other'],
    ['invoice.payment_succeeded', { paid_out_of_band: false }, 'captured'],
    ['refund.created', { status: 'pending' }, 'refunded'],
    ['refund.updated', { status: 'failed' }, 'failed'],
    ['refund.updated', { status: 'canceled' }, 'canceled'],
    ['charge.refund.updated', { status: 'failed' }, 'failed'],
    ['charge.refund.updated', { status: 'succeeded' }, 'refunded'],
    ['charge.dispute.created', { status: 'warning_needs_response' }, 'disputed'],
  ])('reads %s of an object with %j as %s', (type, object, kind) => {
    expect(read(eventOf(type, { ...CHARGE, ...object })).fields.kind).toBe(kind);
  });

  test.each<[string, object]>([
    ['charge.succeeded', { captured: false }],
    ['checkout.session.completed', { payment_status: 'unpaid' }],
    ['invoice.paid', { paid_out_of_band: true }],
    ['refund.created', { status: 'pending' }],
    ['refund.updated', { status: 'succeeded' }],
    ['charge.dispute.created', { status: 'warning_needs_response' }],
    ['charge.refunded', { captured: false }],
  ])('reads that %s of an object with %j moves nothing, even if the user chose the event', (type, object) => {
    expect(read(eventOf(type, { ...CHARGE, ...object })).fields.movesNothing).toBe(true);
  });

  test('reads a charge before its capture as authorized', () => {
    expect(charge({ captured: false }).kind).toBe('authorized');
  });

  test.each(['charge.captured', 'refund.created', 'charge.dispute.funds_withdrawn', 'payout.paid'])('marks %s as a money movement', (type) => {
    expect(read(eventOf(type, CHARGE)).fields.moneyMovement).toBe(true);
  });
});

describe('connected accounts', () => {
  // A direct charge, a payout of the connected account, and a destination charge, whose destination is in the object (https://docs.stripe.com/connect/charges).
  const payload = (type: string, more: object = {}, account?: string) => (
    { ...stripeEvent('evt_1', type, { id: 'o_1', amount: 500, currency: 'eur', ...more }), account }
  );
  const direct = payload('charge.succeeded', {}, 'acct_seller');
  const payout = payload('payout.paid', {}, 'acct_seller');
  const destination = payload('charge.succeeded', { destination: 'acct_seller', transfer_data: { destination: 'acct_seller' }, on_behalf_of: 'acct_seller' });
  const runner = new SchemeRunner(samples);

  test.each<[string, object, boolean]>([
    ['a direct charge', direct, false], ['a payout of the account', payout, false], ['a destination charge', destination, true],
  ])('%s is a money movement, and still is one without connected accounts only if it has no account', async (_, sent, without) => {
    const webhook = await runner.sign({ payload: sent });
    const configs = [{}, { processConnectedAccounts: false }, { processConnectedAccounts: false, moneyMovementEvents: ['charge.succeeded', 'payout.paid'] }] as const;

    const moved = await Promise.all(configs.map(async (config) => (await runner.items(webhook, config)).map((item) => item.money_movement)));

    expect(moved).toEqual([[true], [without], [without]]);
  });

  test('a thin event of a connected account is stored without a movement', async () => {
    // https://docs.stripe.com/api/v2/core/events
    const thin = { id: 'evt_1', object: 'v2.core.event', type: 'v1.charge.succeeded', context: 'acct_seller', livemode: true, related_object: { id: 'ch_1' } };

    expect(await runner.items(await runner.sign({ payload: thin }))).toMatchObject([{ money_movement: false, event_id: 'evt_1' }]);
  });
});
