import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { renderFields } from './fields-config';
import { renderHmac } from './hmac-config';
import { validateMoneyMovementEvents } from './money-movement-events';
import { renderPublicKeys } from './public-keys';
import { bindReconciliation } from './reconciliation-config';
import { sendsTime, renderSignature } from './signature-config';
import { SignatureEncoding, type HmacProviderProps, type PublicKeyProviderProps, type SignatureProviderProps, type WiseProviderProps } from './signature-props';
import type {
  AuthorizeNetProviderProps, CashfreeProviderProps, MetadataProviderProps, ReconcilableProviderProps, ReferenceProviderProps,
  StandardWebhooksProviderProps, StripeProviderProps, TimedReferenceProviderProps, WebhookProviderProps,
} from './webhook-provider-props';
import type { BoundProvider, BoundReconciliation, ProviderBindOptions } from '../private/bound-provider';
import { validateSourceRanges } from '../private/cidr-ranges';
import type { ProviderConfig, SchemeName } from '../private/contract';
import { emptySecret, generatedSecret, type SecretFactory } from '../private/provider-secrets';
import { validateCurrency, validateDuration, validateHourCount, validateMetadataKeys, validateProviderName, validateTextLength } from '../private/validation';

/** More than a key of metadata can have at any provider. */
const MAX_REFERENCE_KEY_LENGTH = 100;

/** The differences of a provider from most others. */
interface Traits extends Pick<
  ProviderConfig,
  | 'toleranceSeconds' | 'strict' | 'referenceKey' | 'metadataKeys' | 'currency' | 'processConnectedAccounts' | 'fields' | 'hmac' | 'signature' | 'publicKeys'
> {
  readonly answersChallenge?: boolean;
  readonly reconciliation?: BoundReconciliation;
  readonly createSecret?: SecretFactory;
  /** False if public keys verify its webhooks. Default: true. */
  readonly hasSecret?: boolean;
}

/**
 * A payment provider: how its webhooks are verified and read.
 *
 * If you do not pass `secrets`, the construct creates a secret, unless the provider signs with a private key. It is empty if the provider issues the secret: register the
 * endpoint with the provider, then store the secret that it shows. Until then, the endpoint answers 503, providers retry,
 * and an alarm notifies you.
 *
 * If a provider signs no time, deduplication protects against replays: a stored event is never stored again.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     providers: [
 *       WebhookProvider.stripe(),
 *       WebhookProvider.adyen(),
 *       WebhookProvider.hmac({
 *         name: 'acme',
 *         signatureHeader: 'X-Acme-Signature',
 *         prefix: 'sha256=',
 *         fields: { transactionId: 'payment.id', eventId: 'id', amount: 'payment.amount', currency: 'payment.currency' },
 *       }),
 *     ],
 *   });
 */
export class WebhookProvider {
  /**
   * Stripe: `Stripe-Signature`, HMAC-SHA256 over a time and the raw body. A webhook is rejected if its time
   * differs from now by more than `tolerance`.
   *
   * The secret is the endpoint's `whsec_…`, as Stripe shows it.
   *
   * Money movements are `charge.succeeded`, or `charge.captured` of a charge that was only authorized; a refund that
   * succeeded; `charge.dispute.funds_withdrawn`, because inquiries move nothing; and `payout.paid`. Events of test mode
   * are stored and archived, but are not money movements.
   *
   * @see https://docs.stripe.com/webhooks/signature
   * @example
   *   // Two accounts: POST /webhook/stripe-eu and /webhook/stripe-us.
   *   const europe = WebhookProvider.stripe({ name: 'stripe-eu' });
   *   const america = WebhookProvider.stripe({ name: 'stripe-us' });
   *   new WebhookProcessingSystem(this, 'Payments', { providers: [europe, america] });
   */
  public static stripe(props: StripeProviderProps = {}): WebhookProvider {
    return new WebhookProvider('stripe', props, {
      toleranceSeconds: resolveTolerance(props.tolerance),
      processConnectedAccounts: props.processConnectedAccounts === false ? false : undefined,
      reconciliation: bindReconciliation('stripe', props.reconciliation, props),
      ...withReference(props),
    });
  }

  /**
   * Adyen: `additionalData.hmacSignature` of each notification, HMAC-SHA256 over eight of its fields. The
   * platform's webhooks have `HmacSignature`, over the raw body. No time is signed. The answer is `[accepted]`.
   *
   * The secret is the HMAC key, in hexadecimal digits. Each environment has its own. The test flag is not signed: set
   * `testMode` for a test environment.
   *
   * If they succeed, these events are money movements: `AUTHORISATION` (Adyen captures automatically by default), `REFUND`,
   * `REFUND_WITH_DATA`, `CHARGEBACK`, `SECOND_CHARGEBACK` and `PAYOUT_THIRDPARTY`.
   *
   * @see https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
   * @example
   *   // If you capture payments manually, their authorization moves no money.
   *   const adyen = WebhookProvider.adyen({ moneyMovementEvents: ['CAPTURE', 'REFUND', 'CHARGEBACK', 'SECOND_CHARGEBACK'] });
   */
  public static adyen(props: WebhookProviderProps = {}): WebhookProvider {
    return new WebhookProvider('adyen', props);
  }

  /**
   * PayPal: `PAYPAL-TRANSMISSION-SIG`, RSA-SHA256 by PayPal's certificate over the transmission's id, its time, the
   * webhook's id and a checksum of the raw body. A checksum does not protect a body. For 4 days, a transmission is
   * therefore accepted only with the first body that arrived with it.
   *
   * The secret is JSON with the id that PayPal gave the webhook: `{"webhook_id": "…"}`.
   *
   * Money movements are `PAYMENT.CAPTURE.COMPLETED` and `.REFUNDED`, `PAYMENT.SALE.COMPLETED` and `.REFUNDED`,
   * `PAYMENT.PAYOUTS-ITEM.SUCCEEDED` and `.REFUNDED`, `PAYMENT.REFERENCED-PAYOUT-ITEM.COMPLETED` and
   * `CUSTOMER.DISPUTE.CREATED`. Events that the sandbox's certificate signed are
   * stored and archived, but are not money movements.
   *
   * @see https://developer.paypal.com/api/rest/webhooks/rest/
   * @example
   *   import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
   *
   *   const payPal = WebhookProvider.payPal({ secrets: [Secret.fromSecretNameV2(this, 'PayPal', 'payments/paypal-webhook')] });
   */
  public static payPal(props: ReconcilableProviderProps = {}): WebhookProvider {
    return new WebhookProvider('paypal', props, { reconciliation: bindReconciliation('paypal', props.reconciliation, props) });
  }

  /**
   * Square: `x-square-hmacsha256-signature`, HMAC-SHA256 over the registered URL and the raw body. No time is
   * signed.
   *
   * The secret is JSON: `{"signature_key": "…", "notification_url": "…"}`, with the URL exactly as you registered it. The
   * sandbox has its own key and does not mark tests: set `testMode` for it.
   *
   * Money movements are `payment.updated` if it is the capture, `refund.created` or `refund.updated` when the refund is
   * complete, `dispute.created`, `dispute.state.updated` if an inquiry becomes a dispute, and `payout.paid`.
   *
   * @see https://developer.squareup.com/docs/webhooks/step3validate
   * @example
   *   const square = WebhookProvider.square();
   *   const sandbox = WebhookProvider.square({ name: 'square-sandbox', testMode: true });
   *   new WebhookProcessingSystem(this, 'Payments', { providers: [square, sandbox] });
   */
  public static square(props: ReconcilableProviderProps = {}): WebhookProvider {
    return new WebhookProvider('square', props, { reconciliation: bindReconciliation('square', props.reconciliation, props) });
  }

  /**
   * Razorpay: `X-Razorpay-Signature`, HMAC-SHA256 over the raw body. Neither a time nor the event's id is signed: the
   * body identifies the event.
   *
   * The secret is the text that you chose when you registered the webhook. Test mode has its own webhook and does not mark
   * tests: set `testMode` for it.
   *
   * Money movements are `payment.captured`, `refund.processed`, `payment.dispute.created`, `payout.processed` and
   * `settlement.processed`.
   *
   * @see https://razorpay.com/docs/webhooks/validate-test
   * @example
   *   import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
   *
   *   // Retries of older events are signed with the secret that was current then.
   *   const current = Secret.fromSecretNameV2(this, 'Current', 'razorpay/current');
   *   const former = Secret.fromSecretNameV2(this, 'Former', 'razorpay/former');
   *   const razorpay = WebhookProvider.razorpay({ secrets: [current, former] });
   */
  public static razorpay(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('razorpay', props, withReference(props));
  }

  /**
   * Paystack: `x-paystack-signature`, HMAC-SHA512 over the raw body. Neither a time nor an event id is signed: the
   * body identifies the event.
   *
   * The secret is the account's API secret key, `sk_…`.
   *
   * Money movements are `charge.success`, `preauthorization.capture.success`, `refund.processed`, `charge.dispute.create` and
   * `transfer.success`. Events of the domain `test` are stored and archived, but are not money movements.
   *
   * @see https://paystack.com/docs/payments/webhooks/
   * @example
   *   import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
   *
   *   // The key of the API also signs the webhooks.
   *   const paystack = WebhookProvider.paystack({ secrets: [Secret.fromSecretNameV2(this, 'ApiKey', 'shop/paystack-secret-key')] });
   */
  public static paystack(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('paystack', props, withReference(props));
  }

  /**
   * Checkout.com: `Cko-Signature`, HMAC-SHA256 over the raw body. No time is signed.
   *
   * The secret is the signature key of the workflow's webhook action. The sandbox does not mark tests: set `testMode` for
   * it.
   *
   * Money movements are `payment_captured`, `payment_refunded`, `dispute_evidence_required`, `payment_paid` and, for payouts
   * to a card, `payment_approved`.
   *
   * @see https://www.checkout.com/docs/developer-resources/event-notifications/receive-webhooks
   * @example
   *   const checkoutCom = WebhookProvider.checkoutCom({ moneyMovementEvents: ['payment_captured', 'payment_refunded'] });
   */
  public static checkoutCom(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('checkout-com', props, withReference(props));
  }

  /**
   * Shopify: `X-Shopify-Hmac-Sha256`, HMAC-SHA256 over the raw body. Topic, event id and time are not signed. The
   * body decides the name of the event, and identifies it.
   *
   * The secret is the client secret of the app.
   *
   * Money movements are `order_transactions.sale`, `.capture` and `.refund` (the topic `order_transactions/create`) that
   * succeeded, and `disputes.chargeback` when it opens. Bodies with `test` are stored and archived, but are not money movements.
   *
   * @see https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
   * @example
   *   import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
   *
   *   const shopify = WebhookProvider.shopify({ secrets: [Secret.fromSecretNameV2(this, 'ClientSecret', 'shopify/client-secret')] });
   */
  public static shopify(props: MetadataProviderProps = {}): WebhookProvider {
    return new WebhookProvider('shopify', props, withMetadata(props));
  }

  /**
   * Braintree: `bt_signature` of the form, HMAC-SHA1 over `bt_payload`. The only signed time is that of the event.
   * The endpoint answers Braintree's challenges by GET.
   *
   * The secret is JSON with the keys of the API: `{"public_key": "…", "private_key": "…"}`. Store it before you
   * register the endpoint, because Braintree then checks the endpoint. The sandbox has its own keys and does not mark tests:
   * set `testMode` for it.
   *
   * Money movements are `transaction_settled` (only for bank debits), `subscription_charged_successfully`,
   * `local_payment_funded`, `dispute_opened` (except for retrievals) and `disbursement`. Card payments outside of
   * subscriptions have no other webhook than their disbursement.
   *
   * @see https://developer.paypal.com/braintree/docs/guides/webhooks/parse
   * @example
   *   const braintree = WebhookProvider.braintree({ name: 'braintree-sandbox', testMode: true });
   */
  public static braintree(props: MetadataProviderProps = {}): WebhookProvider {
    return new WebhookProvider('braintree', props, { answersChallenge: true, ...withMetadata(props) });
  }

  /**
   * Mollie's next-generation webhooks: `X-Mollie-Signature`, HMAC-SHA256 over the raw body. No time is signed. The
   * classic webhooks, which are an id without a signature, are rejected.
   *
   * The secret is the webhook's signing secret.
   *
   * Money movements are `payment.paid`, `refund.refunded`, `chargeback.received`, `payout.completed` and
   * `business-account-transfer.processed`. Their amount is in the snapshot, which simple payloads lack. Snapshots of the mode
   * `test` are stored and archived, but are not money movements.
   *
   * @see https://docs.mollie.com/reference/webhooks-new
   * @example
   *   const mollie = WebhookProvider.mollie({ moneyMovementEvents: ['payment.paid', 'refund.refunded', 'chargeback.received'] });
   */
  public static mollie(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('mollie', props, withReference(props));
  }

  /**
   * Coinbase Commerce: `X-CC-Webhook-Signature`, HMAC-SHA256 over the raw body. No time is signed.
   *
   * The secret is the shared secret of the webhook subscriptions. There is no test environment: every event counts as
   * real.
   *
   * Money movements are `charge:confirmed` and, if the charge was never confirmed, `charge:resolved`, with the sum of the
   * payments in the local currency.
   *
   * @see https://docs.cdp.coinbase.com/commerce/api-arcitecture/webhooks-security
   * @example
   *   const coinbaseCommerce = WebhookProvider.coinbaseCommerce();
   */
  public static coinbaseCommerce(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('coinbase-commerce', props, withReference(props));
  }

  /**
   * GoCardless: `Webhook-Signature`, HMAC-SHA256 over the raw body. Each event of a batch is stored by itself. No time
   * is signed. A wrong signature is answered 498.
   *
   * The secret is that of the webhook endpoint. Signed data does not show the sandbox: set `testMode` for it.
   *
   * Events name a payment but not its amount. They are stored, published and archived, but are never money movements, even if
   * `moneyMovementEvents` names them.
   *
   * @see https://developer.gocardless.com/api-reference/#webhooks-overview
   * @example
   *   const goCardless = WebhookProvider.goCardless({ name: 'gocardless-sandbox', testMode: true });
   */
  public static goCardless(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('gocardless', props, withReference(props));
  }

  /**
   * Wise: `X-Signature-SHA256`, RSA-SHA256 over the raw body by a key that Wise publishes. Neither a time nor an event id is
   * signed: the event's name and data identify it.
   *
   * There is no secret. The sandbox has its own key: set `testMode` for it.
   *
   * The money movement is `balances#update`: every credit and debit of a balance. The events of transfers have no amount,
   * except for `transfers#refund`. A refund to a balance is a credit as well, so that it is not a money movement by itself.
   *
   * @see https://docs.wise.com/guides/developer/webhooks/event-handling
   * @example
   *   const wise = WebhookProvider.wise();
   *   const sandbox = WebhookProvider.wise({ name: 'wise-sandbox', testMode: true });
   *   new WebhookProcessingSystem(this, 'Payments', { providers: [wise, sandbox] });
   */
  public static wise(props: WiseProviderProps = {}): WebhookProvider {
    return new WebhookProvider('wise', props, { hasSecret: false, publicKeys: props.publicKeys && renderPublicKeys(props.publicKeys) });
  }

  /**
   * Worldpay, the Access Worldpay APIs: `Event-Signature`, HMAC-SHA256 over the raw body. No time is signed.
   *
   * The secret is the shared secret that your Implementation Manager gives you. Signed data does not show the test
   * environment: set `testMode` for it.
   *
   * Money movements are `payment.sentForSettlement`, `payment.sentForRefund`, `payment.chargedBack`,
   * `chargeback.informationRequested`, because the funds are then held, and `payout.disbursed`.
   *
   * @see https://docs.worldpay.com/access/products/events/signature
   * @example
   *   // If Worldpay sends you `settled` and `refunded`, you can count payments and refunds only when they are final.
   *   const worldpay = WebhookProvider.worldpay({ moneyMovementEvents: ['payment.settled', 'payment.refunded', 'payment.chargedBack'] });
   */
  public static worldpay(props: WebhookProviderProps = {}): WebhookProvider {
    return new WebhookProvider('worldpay', props);
  }

  /**
   * Paddle Billing: `Paddle-Signature`, HMAC-SHA256 over a time and the raw body. A webhook is rejected if its time
   * differs from now by more than `tolerance`. Paddle Classic signs in another way and is rejected.
   *
   * The secret is the secret key of the notification destination. The sandbox has its own key and does not mark tests: set
   * `testMode` for it.
   *
   * Money movements are `transaction.completed`; `adjustment.created` of a chargeback or an approved refund;
   * `adjustment.updated` of a refund that is approved; and `payout.paid`.
   *
   * @see https://developer.paddle.com/webhooks/signature-verification
   * @example
   *   const paddle = WebhookProvider.paddle({ referenceKey: 'cart' });
   *   const sandbox = WebhookProvider.paddle({ name: 'paddle-sandbox', testMode: true });
   *   new WebhookProcessingSystem(this, 'Payments', { providers: [paddle, sandbox] });
   */
  public static paddle(props: TimedReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('paddle', props, { toleranceSeconds: resolveTolerance(props.tolerance), ...withReference(props) });
  }

  /**
   * Cashfree's payment gateway: `x-webhook-signature`, HMAC-SHA256 over a time and the raw body. A webhook is rejected if
   * its time differs from now by more than `tolerance`. No event id is signed: what moved identifies a movement, and the body
   * every other event.
   *
   * The secret is the client secret of the API. The sandbox has its own secret and does not mark tests: set `testMode` for
   * it.
   *
   * Money movements are `PAYMENT_SUCCESS_WEBHOOK`, `REFUND_STATUS_WEBHOOK` of a refund that succeeded, `DISPUTE_CREATED` of a
   * chargeback, `SETTLEMENT_SUCCESS` and `VENDOR_SETTLEMENT_SUCCESS`.
   *
   * @see https://www.cashfree.com/docs/payments/online/webhooks/signature-verification
   * @example
   *   import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
   *
   *   const cashfree = WebhookProvider.cashfree({ secrets: [Secret.fromSecretNameV2(this, 'ClientSecret', 'payments/cashfree-client-secret')] });
   */
  public static cashfree(props: CashfreeProviderProps = {}): WebhookProvider {
    return new WebhookProvider('cashfree', props, { toleranceSeconds: resolveTolerance(props.tolerance), ...withMetadata(props) });
  }

  /**
   * Authorize.Net: `X-ANET-Signature`, HMAC-SHA512 over the raw body. No time is signed.
   *
   * The secret is the Signature Key, as Authorize.Net shows it. The sandbox has its own key and does not mark tests: set
   * `testMode` for it.
   *
   * If they are approved, these events are money movements: `net.authorize.payment.authcapture.created`, `.capture.created`,
   * `.priorAuthCapture.created` and `.refund.created`. They do not contain the currency: set `currency`.
   *
   * @see https://developer.authorize.net/api/reference/features/webhooks.html
   * @example
   *   const authorizeNet = WebhookProvider.authorizeNet({ currency: 'USD' });
   */
  public static authorizeNet(props: AuthorizeNetProviderProps = {}): WebhookProvider {
    if (props.currency !== undefined) {
      validateCurrency('currency', props.currency);
    }
    return new WebhookProvider('authorize-net', props, { currency: props.currency });
  }

  /**
   * Klarna Network: `Klarna-Signature`, HMAC-SHA256 over the raw body. No time is signed. The push notifications of Klarna's
   * older products have no signature and are rejected.
   *
   * The secret is the signing key of the webhook, which Klarna shows only once.
   *
   * The money movement is `payment.dispute.state-change.initiated`. Klarna documents no amount for captures and refunds: they
   * are stored, published and archived. Events with `live: false` are tests: they are stored and archived, but are not money
   * movements.
   *
   * @see https://docs.klarna.com/acquirer/klarna-network/setup-your-integration/connection-configuration/setup-your-webhooks/
   * @example
   *   const klarna = WebhookProvider.klarna();
   */
  public static klarna(props: WebhookProviderProps = {}): WebhookProvider {
    return new WebhookProvider('klarna', props);
  }

  /**
   * Airwallex: `x-signature`, HMAC-SHA256 over a time and the raw body. A webhook is rejected if its time differs from now by
   * more than `tolerance`.
   *
   * The secret is that of the webhook. The sandbox has its own and does not mark tests: set `testMode` for it.
   *
   * Money movements are `payment_intent.succeeded`, `refund.settled`, `deposit.settled`, `deposit.reversed`,
   * `payout.transfer.paid`, and disputes when they take money: `payment_dispute.requires_response` of a chargeback, and
   * `payment_dispute.accepted` of a pre-chargeback.
   *
   * @see https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events
   * @example
   *   const airwallex = WebhookProvider.airwallex();
   *   const sandbox = WebhookProvider.airwallex({ name: 'airwallex-sandbox', testMode: true });
   *   new WebhookProcessingSystem(this, 'Payments', { providers: [airwallex, sandbox] });
   */
  public static airwallex(props: TimedReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('airwallex', props, { toleranceSeconds: resolveTolerance(props.tolerance), ...withReference(props) });
  }

  /**
   * Lemon Squeezy: `X-Signature`, HMAC-SHA256 over the raw body. Neither a time nor an event id is signed: the body
   * identifies the event.
   *
   * The secret is the signing secret that you chose when you added the webhook.
   *
   * Money movements are `order_created`, `subscription_payment_success` except for the first invoice, which its order
   * represents, `order_refunded` and `subscription_payment_refunded`. Events with `test_mode` are stored and archived, but are
   * not money movements.
   *
   * @see https://docs.lemonsqueezy.com/help/webhooks/signing-requests
   * @example
   *   const lemonSqueezy = WebhookProvider.lemonSqueezy({ referenceKey: 'cart' });
   */
  public static lemonSqueezy(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('lemon-squeezy', props, withReference(props));
  }

  /**
   * Flutterwave, version 4: `flutterwave-signature`, HMAC-SHA256 over the raw body. No time is signed. The webhooks of version
   * 3 have the secret hash itself in a header, which protects no body, and are rejected.
   *
   * The secret is the secret hash that you chose. The sandbox does not mark tests: set `testMode` for it.
   *
   * Money movements are `charge.completed`, `refund.completed` and `transfer.disburse`, if their status shows success. Refunds
   * have no currency.
   *
   * @see https://developer.flutterwave.com/docs/webhooks
   * @example
   *   const flutterwave = WebhookProvider.flutterwave({ metadataKeys: ['cart'] });
   */
  public static flutterwave(props: ReferenceProviderProps = {}): WebhookProvider {
    return new WebhookProvider('flutterwave', props, withReference(props));
  }

  /**
   * Any sender that signs by the Standard Webhooks specification: HMAC-SHA256 (`v1`) or ed25519 (`v1a`) over id,
   * time and raw body. A webhook is rejected if its time differs from now by more than `tolerance`.
   *
   * The secret is `whsec_` and base64, or the public key, `whpk_` and base64. Without `secrets` the construct
   * generates 32 letters and digits, which both sides decode as base64.
   *
   * In a canonical body, the kinds `captured`, `refunded`, `disputed` and `paid-out` are money movements. With `fields`, every
   * event with an amount is one or, with `fields.kinds`, those that it maps to these kinds.
   *
   * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
   * @example
   *   const standardWebhooks = WebhookProvider.standardWebhooks({
   *     name: 'orders',
   *     fields: { transactionId: 'order.id', eventName: 'type', amount: 'order.total', currency: 'order.currency' },
   *   });
   */
  public static standardWebhooks(props: StandardWebhooksProviderProps = {}): WebhookProvider {
    return new WebhookProvider('standard-webhooks', props, {
      toleranceSeconds: resolveTolerance(props.tolerance),
      fields: props.fields && renderFields(props.fields),
      createSecret: generatedSecret,
    });
  }

  /**
   * Any other sender that signs with an HMAC, over the raw body, alone or with a time, other headers or the URL. A
   * webhook is rejected if its time differs from now by more than `tolerance`.
   *
   * The secret is the key of the sender. If `signedContent` contains `{url}`, it is JSON:
   * `{"signature_key": "…", "notification_url": "…"}`, with the URL exactly as you registered it.
   *
   * Without `fields.kinds`, every event with an amount is a money movement. With it, those are that it maps to captured,
   * refunded, disputed or paid-out.
   * With `moneyMovementEvents`, only the named events are, except the failed and canceled ones.
   *
   * @see https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/senders.md
   * @example
   *   const hmac = WebhookProvider.hmac({
   *     name: 'acme',
   *     signatureHeader: 'X-Acme-Signature',
   *     timestampHeader: 'X-Acme-Timestamp',
   *     fields: { transactionId: 'payment.id', eventId: 'id', amount: 'payment.amount', currency: 'payment.currency' },
   *   });
   */
  public static hmac(props: HmacProviderProps): WebhookProvider {
    return new WebhookProvider('hmac', props, { ...mappedTraits(props), hmac: renderHmac(props) });
  }

  /**
   * Any other sender that signs with a private key, over the raw body, alone or with a time or other headers. A webhook is
   * rejected if its time differs from now by more than `tolerance`.
   *
   * There is no secret: the public keys are a part of the validator's configuration. Compare each key with the one that the
   * sender publishes, because whoever has its private key can send webhooks.
   *
   * Money movements are those of `hmac`.
   *
   * @see https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/senders.md
   * @example
   *   const publicKey = WebhookProvider.publicKey({
   *     name: 'acme',
   *     signatureHeader: 'X-Acme-Signature',
   *     publicKeys: [
   *       '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=\n-----END PUBLIC KEY-----',
   *     ],
   *     fields: { transactionId: 'payment.id', eventId: 'id', amount: 'payment.amount', currency: 'payment.currency' },
   *   });
   */
  public static publicKey(props: PublicKeyProviderProps): WebhookProvider {
    if (props.signedContent?.includes('{url}')) {
      throw new Error(`\`signedContent\` must not contain {url} for a public key, because the URL comes from a secret, got: '${props.signedContent}'`);
    }
    return new WebhookProvider('public-key', props, {
      ...mappedTraits(props),
      hasSecret: false,
      signature: renderSignature(props, SignatureEncoding.BASE64),
      publicKeys: renderPublicKeys(props.publicKeys),
    });
  }

  /**
   * The provider of a system without `providers`: Standard Webhooks with the canonical transaction as body. Its sender is
   * your own system: a body that breaks the schema is rejected, with the field at fault.
   *
   * @internal
   */
  public static _ownSystem(): WebhookProvider {
    return new WebhookProvider('standard-webhooks', {}, { toleranceSeconds: resolveTolerance(), strict: true, createSecret: generatedSecret });
  }

  /** The name in the URL and in every stored key. */
  public readonly providerName: string;

  private constructor(private readonly scheme: SchemeName, private readonly props: WebhookProviderProps, private readonly traits: Traits = {}) {
    this.providerName = props.name ?? scheme;
    validateProviderName('name', this.providerName);
    validateSourceRanges('allowedSourceRanges', props.allowedSourceRanges);
    if (props.expectWebhooksEvery) {
      validateHourCount('expectWebhooksEvery', props.expectWebhooksEvery, Duration.hours(1), Duration.days(7));
    }
    if (props.secrets && traits.hasSecret === false) {
      throw new Error(`\`secrets\` must not be set for a provider that signs with a private key, because its public keys verify it, got ${props.secrets.length}. Remove it.`);
    }
    if (props.secrets?.length === 0) {
      throw new Error('`secrets` must contain at least one secret, got an empty list. Leave it out to have one created.');
    }
    validateMoneyMovementEvents(scheme, props, traits.fields);
  }

  /** @internal */
  public _bind(scope: Construct, options: ProviderBindOptions): BoundProvider {
    const { answersChallenge = false, createSecret = emptySecret, hasSecret = true, reconciliation, toleranceSeconds, ...reading } = this.traits;
    const create = () => createSecret(scope, `Secret-${this.providerName}`, options, `Signing secret of the webhooks of ${this.providerName}`);
    const secrets = this.props.secrets ?? (hasSecret ? [create()] : []);
    return {
      secrets,
      answersChallenge,
      reconciliation,
      expectWebhooksEvery: this.props.expectWebhooksEvery,
      config: {
        name: this.providerName,
        scheme: this.scheme,
        secretArns: secrets.map(({ secretArn }) => secretArn),
        sourceRanges: this.props.allowedSourceRanges,
        toleranceSeconds,
        moneyMovementEvents: this.props.moneyMovementEvents,
        testMode: this.props.testMode || undefined,
        ...reading,
      },
    };
  }
}

/** Checks the options of a provider with metadata. */
function withMetadata({ metadataKeys }: MetadataProviderProps): Pick<Traits, 'metadataKeys'> {
  validateMetadataKeys('metadataKeys', metadataKeys);
  return { metadataKeys };
}

/** The same, if the metadata can contain the reference. */
function withReference({ referenceKey, ...props }: ReferenceProviderProps): Pick<Traits, 'referenceKey' | 'metadataKeys'> {
  validateTextLength('referenceKey', referenceKey, MAX_REFERENCE_KEY_LENGTH);
  return { referenceKey, ...withMetadata(props) };
}

/** Checks and renders what all providers with fields of the user's choice share, except for the signature. */
function mappedTraits(props: SignatureProviderProps): Pick<Traits, 'toleranceSeconds' | 'fields'> {
  const toleranceSeconds = resolveTolerance(props.tolerance);
  return { toleranceSeconds: sendsTime(props) ? toleranceSeconds : undefined, fields: renderFields(props.fields) };
}

/** Checks a tolerance and renders it for the validator. */
function resolveTolerance(tolerance = Duration.minutes(5)): number {
  validateDuration('tolerance', tolerance, Duration.seconds(1), Duration.hours(1));
  return tolerance.toSeconds();
}
