import type { Duration } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Reconciliation } from './reconciliation';
import type { WebhookFields } from './webhook-fields';

/** Options of every provider. */
export interface WebhookProviderProps {
  /**
   * The name in the URL, `POST /webhook/{name}`, and in every stored key. For two
   * accounts of one provider, add two providers with different names.
   *
   * Changing it later deletes the secret that was created, changes the URL, and makes the provider's retries new
   * transactions. Instead, add a second provider with the new name, store its secret, move the endpoint, and then remove
   * the first.
   *
   * @default - the factory's own name, such as `stripe`
   */
  readonly name?: string;

  /**
   * The signing secrets, in the form that the factory describes. A webhook is accepted if any of them signed it, so that you
   * can rotate them. List the current one first: `providerSecret` returns it.
   *
   * Do not give two providers the same secret: a webhook of one could be accepted as one of the other. Synthesis warns about
   * it, and you can acknowledge the warning.
   *
   * @default - the construct creates one, unless public keys verify the webhooks; see the factory for its first value
   */
  readonly secrets?: ISecret[];

  /**
   * The provider's event names that are money movements, instead of the factory's choice.
   * Name one event per movement of money: each is alerted and assessed, if it has an amount
   * and its object does not show the opposite: failed, canceled, pending, or sent again for another change.
   *
   * Synthesis rejects these names:
   *
   * - an event of the kind `failed` or `canceled`, because it moves no money
   * - a name that this library does not list for the provider, such as a misspelled one. The error suggests a similar name.
   *   If the name is newer than the library, add it to `unlistedEvents`, too
   * - if you set `fields.kinds`, a name that it does not contain
   *
   * With `fields` but without `fields.kinds`, any name is accepted. For the canonical transaction, the names are its kinds.
   *
   * @default - see the factory
   */
  readonly moneyMovementEvents?: string[];

  /**
   * The names in `moneyMovementEvents` that this version of the library does not list, because the provider added them
   * later. Synthesis accepts these and still checks all others. If a later version of the library lists a name, you can keep it
   * here.
   *
   * Each name must also be in `moneyMovementEvents`. If you define the events with `fields`, or if the body is the canonical
   * transaction, this list is rejected.
   *
   * @example
   *   const stripe = WebhookProvider.stripe({
   *     moneyMovementEvents: ['charge.succeeded', 'refund.created', 'charge.instantly_settled'],
   *     unlistedEvents: ['charge.instantly_settled'],
   *   });
   *
   * @default - none
   */
  readonly unlistedEvents?: string[];

  /**
   * Whether all events of this provider are tests. They are stored and archived, but are not money movements. Set it for an
   * endpoint that you registered in the provider's test environment or sandbox.
   *
   * @default false - the signed test flag decides; without such a flag, every event counts as real
   */
  readonly testMode?: boolean;

  /**
   * The address ranges to accept webhooks from: IPv4 or IPv6, in CIDR notation. A request from any other address is
   * answered 403 before anything is verified. The signature is still required.
   *
   * - The address is the one that connects to API Gateway. If a proxy or a CDN is in front of the API, all requests come
   *   from the address of the proxy.
   * - Providers can change their ranges at any time. If the list is outdated, genuine webhooks are rejected. The metric
   *   `WebhooksRejected` rises, and the validator logs the provider and the reason `source_not_allowed`. Most providers
   *   retry for hours or days: update the list within that time.
   * - All providers share the 4 KB of the validator's environment. A range takes about 20 bytes.
   *
   * If the endpoint is in the scope of your PCI DSS assessment, this serves requirement 1.4.2 of version 4.0.1, which
   * restricts inbound traffic from untrusted networks.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
   * @example
   *   const stripe = WebhookProvider.stripe({ allowedSourceRanges: ['203.0.113.0/24', '198.51.100.7/32', '2001:db8::/32'] });
   *
   * @default - every address
   */
  readonly allowedSourceRanges?: string[];

  /**
   * The longest time without a webhook of this provider that is normal for you. The alarm `silent` fires if no webhook was
   * stored, or was a duplicate, for that long. From one hour to 7 days, in whole hours.
   *
   * It finds failures that reach no other alarm: the endpoint was deleted or disabled at the provider, or its URL is wrong.
   * Choose a time that is longer than your quietest night or weekend.
   *
   * The alarm costs 0.20 USD a month. It can fire once after the first deployment, until the first webhook arrives.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *
   *   const stripe = WebhookProvider.stripe({ expectWebhooksEvery: Duration.hours(12) });
   *
   * @default - silence causes no alarm
   */
  readonly expectWebhooksEvery?: Duration;
}

/** Options of a provider that signs a time. */
export interface TimedWebhookProviderProps extends WebhookProviderProps {
  /**
   * How much the signed time can differ from now, in both directions. From one second to one hour.
   *
   * @default Duration.minutes(5)
   */
  readonly tolerance?: Duration;
}

/** Options of a provider whose payments can have metadata. */
export interface MetadataProviderProps extends WebhookProviderProps {
  /**
   * The keys of your metadata to carry in the event's `metadata`, beside `reference`. Razorpay calls metadata notes,
   * Shopify note attributes, and Braintree custom fields. At most 10 unique keys of 1 to 50 characters each, in the exact case.
   *
   * - Values are carried as text. A value that is longer than 500 characters, or that is not a text, a number or a boolean,
   *   is left out. The validator logs its key. No log contains a value.
   * - The values are stored, archived and published. Alerts contain the first 64 characters of each. Do not choose keys
   *   with personal data.
   * - DynamoDB charges each write by the size of the item, in units of 1 KB. Ten values of 500 characters add 5 KB or, if
   *   they are not ASCII, up to 20 KB. Choose only what your consumers read.
   * - All providers share the 4 KB of the validator's environment. A key takes its length and 5 bytes.
   *
   * @see https://docs.stripe.com/metadata
   * @example
   *   const stripe = WebhookProvider.stripe({ metadataKeys: ['cart', 'channel'] });
   *
   * @default - no metadata is carried; only the raw body contains it
   */
  readonly metadataKeys?: string[];
}

/** Options of a provider whose metadata can contain your reference. */
export interface ReferenceProviderProps extends MetadataProviderProps {
  /**
   * The key of your own reference in the metadata that you give to the provider with a payment (Razorpay calls it notes).
   * Its value becomes the `reference` of the event. From 1 to 100 characters, in the exact case.
   *
   * @see https://docs.stripe.com/metadata/use-cases
   * @example
   *   const stripe = WebhookProvider.stripe({ referenceKey: 'cart' });
   *
   * @default 'order_id'
   */
  readonly referenceKey?: string;
}

/** Options of a provider that signs a time, and whose metadata can contain your reference. */
export interface TimedReferenceProviderProps extends TimedWebhookProviderProps, ReferenceProviderProps {
}

/** Options of a provider whose API lists events. */
export interface ReconcilableProviderProps extends WebhookProviderProps {
  /**
   * Fetches the events whose webhooks did not arrive, for example because the endpoint was disabled for a week. On a schedule, a
   * function lists the events of the provider, and stores those that are missing. They are published like all others, with
   * `fetched`. The alarm `events-missed` reports them.
   *
   * - The first run fetches no earlier events. Later runs reach back as far as the provider lists events: 30 days for Stripe and
   *   PayPal, 28 days for Square.
   * - Events of Stripe's connected accounts and of its API v2 are not listed, and so not reconciled.
   * - The list of Square is in beta, and contains only events since you enabled them (`PUT /v2/events/enable`).
   * - A fetched event has no signature: TLS and the API key prove its origin.
   * - In a VPC, the function needs a way to the internet.
   *
   * The first provider with it adds a function, an index and a role. The index costs about 0.63 USD per million webhooks, and a
   * reconciled provider about 1.30 USD a month for its secret, alarms and metrics
   * ([docs/cost.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/cost.md)).
   * CloudFormation adds one index
   * to a table in each deployment. Removing it from the last provider deletes the log of the function.
   *
   * @see https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/reconciliation.md
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *   import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
   *
   *   const apiKey = Secret.fromSecretNameV2(this, 'StripeApiKey', 'payments/stripe-restricted-key');
   *   const stripe = WebhookProvider.stripe({ reconciliation: { apiKey, every: Duration.minutes(30) } });
   *
   * @default - events are only received
   */
  readonly reconciliation?: Reconciliation;
}

/** Options of Stripe. */
export interface StripeProviderProps extends TimedReferenceProviderProps, ReconcilableProviderProps {
  /**
   * Whether the events of connected accounts can be money movements, as those of your own account are. If false, they are
   * stored, archived and published with their `account`, but they are not tiered, alerted or assessed, and their declines
   * do not count for fraud rules.
   *
   * Events of connected accounts have a signed `account`: those of direct charges, and those of payouts to the bank accounts
   * of the connected accounts. Destination charges, and separate charges and transfers, are charges of your own account and
   * have no `account`. Set it to false if the money of your sellers is not yours to review.
   *
   * @see https://docs.stripe.com/connect/webhooks
   * @example
   *   const stripe = WebhookProvider.stripe({ processConnectedAccounts: false });
   *
   * @default true
   */
  readonly processConnectedAccounts?: boolean;
}

/** Options of Cashfree. */
export interface CashfreeProviderProps extends TimedWebhookProviderProps, MetadataProviderProps {}

/** Options of Authorize.Net. */
export interface AuthorizeNetProviderProps extends WebhookProviderProps {
  /**
   * The currency of your account, as an ISO 4217 code, because Authorize.Net does not send it. Each account has one currency.
   * If your accounts have different currencies, add a provider for each.
   *
   * @see https://support.authorize.net/knowledgebase/article/000001210/en-us
   * @example
   *   const authorizeNet = WebhookProvider.authorizeNet({ currency: 'USD' });
   *
   * @default - the amounts have no currency (`XXX`): the common thresholds apply to them, and they are read with two decimals
   */
  readonly currency?: string;
}

/** Options of a Standard Webhooks sender. */
export interface StandardWebhooksProviderProps extends TimedWebhookProviderProps {
  /**
   * Where the fields are in the sender's body.
   *
   * @default - the body is the canonical transaction (`schemas/canonical-transaction.schema.json`)
   */
  readonly fields?: WebhookFields;
}
