import { Duration } from 'aws-cdk-lib';
import { type CfnSecret, type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { BoundProvider, ProviderBindOptions } from './private/bound-provider';
import type { HmacConfig, ProviderConfig } from './private/contract';
import { renderFields } from './private/fields-config';
import { validateDuration, validateProviderName } from './private/validation';
import type { WebhookFields } from './webhook-fields';

const DEFAULT_TOLERANCE = Duration.minutes(5);

/** What every provider takes. */
export interface WebhookProviderProps {
  /**
   * The name in the URL, `POST /webhook/{name}`, and in every stored key. Two
   * accounts of one provider are two providers with names of their own.
   * Changing it later makes the provider's retries new transactions.
   *
   * @default - the factory's own name, such as `stripe`
   */
  readonly name?: string;

  /**
   * The signing secrets. A webhook is accepted if any of them signed it, so
   * that a provider can roll its secret.
   *
   * @default - the construct creates one; see the factory for its first value
   */
  readonly secrets?: ISecret[];

  /**
   * The provider's event names that are routed by amount, in place of the factory's own choice.
   * Name one event per movement of money: each is alerted and assessed by itself.
   *
   * @default - see the factory
   */
  readonly routedEvents?: string[];
}

/** Options of a provider that signs a time. */
export interface TimedWebhookProviderProps extends WebhookProviderProps {
  /**
   * How far the signed time may be from now, in both directions. A second or more, an hour at most.
   *
   * @default Duration.minutes(5)
   */
  readonly tolerance?: Duration;
}

/** Options of a Standard Webhooks sender. */
export interface StandardWebhooksProviderProps extends TimedWebhookProviderProps {
  /**
   * Where the fields stand in the sender's body.
   *
   * @default - the body is the canonical transaction (`schemas/canonical-transaction.schema.json`)
   */
  readonly fields?: WebhookFields;
}

/** The hash below an HMAC. */
export enum HmacAlgorithm {
  /** For providers that know nothing better. */
  SHA1 = 'sha1',
  /** What nearly all providers use. */
  SHA256 = 'sha256',
  /** The longest. */
  SHA512 = 'sha512',
}

/** How a signature is written. */
export enum SignatureEncoding {
  /** Hexadecimal digits. */
  HEX = 'hex',
  /** Base64 with padding. */
  BASE64 = 'base64',
}

/** Options of a provider that signs with an HMAC. */
export interface HmacProviderProps extends TimedWebhookProviderProps {
  /** The header that carries the signature, in any case. */
  readonly signatureHeader: string;

  /** Where the fields stand in the body. */
  readonly fields: WebhookFields;

  /**
   * The hash below the HMAC.
   *
   * @default HmacAlgorithm.SHA256
   */
  readonly algorithm?: HmacAlgorithm;

  /**
   * How the signature is written.
   *
   * @default SignatureEncoding.HEX
   */
  readonly encoding?: SignatureEncoding;

  /**
   * What stands before the signature, such as `sha256=`.
   *
   * @default - nothing
   */
  readonly prefix?: string;

  /**
   * The header of the signed time, in Unix seconds. With it `<time>.<raw body>` is signed.
   *
   * @default - the raw body alone is signed; against replay there is deduplication only
   */
  readonly timestampHeader?: string;
}

/**
 * A payment provider: how its webhooks are verified and read.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     providers: [
 *       WebhookProvider.stripe(),
 *       WebhookProvider.hmac({
 *         name: 'acme',
 *         signatureHeader: 'X-Acme-Signature',
 *         prefix: 'sha256=',
 *         fields: { transactionId: 'payment.id', eventId: 'id', amount: 'payment.amount', currency: 'payment.currency' },
 *       }),
 *     ],
 *   });
 */
export abstract class WebhookProvider {
  /**
   * Stripe: `Stripe-Signature`, HMAC-SHA256 over the time and the raw body.
   *
   * Without `secrets` the construct creates an empty one. Register the
   * endpoint at Stripe, then store the `whsec_…` that Stripe shows; until then
   * the endpoint answers 503, which Stripe retries for three days, and an
   * alarm says so.
   *
   * Routed are `charge.succeeded`, `refund.created`, `charge.dispute.created`
   * and `payout.paid`: one event per movement of money. Events of test mode
   * are stored and archived, not routed.
   *
   * @see https://docs.stripe.com/webhooks/signature
   */
  public static stripe(props: TimedWebhookProviderProps = {}): WebhookProvider {
    return new SchemeProvider('stripe', 'stripe', props, {}, emptySecret);
  }

  /**
   * Any sender that signs as the Standard Webhooks specification says: HMAC-SHA256 (`v1`).
   *
   * Without `secrets` the construct generates one of 32 letters and digits,
   * which both sides decode as base64. Routed are, of the canonical body, the
   * kinds `captured`, `refunded`, `disputed` and `paid-out`; of a body with
   * `fields` every event with an amount, but for the authorised and failed ones.
   *
   * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
   */
  public static standardWebhooks(props: StandardWebhooksProviderProps = {}): WebhookProvider {
    return new SchemeProvider('standard-webhooks', 'standard-webhooks', props, {
      fields: props.fields && renderFields(props.fields),
    }, generatedSecret);
  }

  /**
   * Any other sender that signs with an HMAC.
   *
   * Without `secrets` the construct creates an empty one, to be set to what
   * the provider shows. Routed is every event with an amount, but for those
   * that `fields.kinds` calls authorised or failed; `routedEvents` names them instead.
   */
  public static hmac(props: HmacProviderProps): WebhookProvider {
    const { signatureHeader, timestampHeader, prefix } = props;
    for (const [prop, header] of Object.entries({ signatureHeader, timestampHeader })) {
      if (header !== undefined && !/^[A-Za-z0-9-]+$/.test(header)) {
        throw new Error(`\`${prop}\` must be the name of an HTTP header, got: '${header}'`);
      }
    }
    const hmac: HmacConfig = {
      signatureHeader: signatureHeader.toLowerCase(),
      algorithm: props.algorithm ?? HmacAlgorithm.SHA256,
      encoding: props.encoding ?? SignatureEncoding.HEX,
      prefix,
      timestampHeader: timestampHeader?.toLowerCase(),
    };
    return new SchemeProvider('hmac', 'hmac', props, { fields: renderFields(props.fields), hmac }, emptySecret);
  }

  /**
   * What serves a system that names no provider: Standard Webhooks with the
   * canonical transaction as body. Its sender is your own system, so that a
   * body that breaks the schema is refused with the field at fault.
   *
   * @internal
   */
  public static _ownSystem(): WebhookProvider {
    return new SchemeProvider('standard-webhooks', 'standard-webhooks', {}, { strict: true }, generatedSecret);
  }

  /** The name in the URL and in every stored key. */
  public readonly providerName: string;

  /** @internal */
  protected constructor(name: string) {
    validateProviderName('name', name);
    this.providerName = name;
  }

  /** @internal */
  public abstract _bind(scope: Construct, options: ProviderBindOptions): BoundProvider;
}

type SecretFactory = (scope: Construct, id: string, options: ProviderBindOptions, description: string) => ISecret;

/** A provider that is one row in the validator's table of schemes. */
class SchemeProvider extends WebhookProvider {
  constructor(
    private readonly scheme: ProviderConfig['scheme'],
    defaultName: string,
    private readonly props: TimedWebhookProviderProps,
    private readonly reading: Pick<ProviderConfig, 'fields' | 'hmac' | 'strict'>,
    private readonly createSecret: SecretFactory,
  ) {
    super(props.name ?? defaultName);
    if (props.tolerance) {
      validateDuration('tolerance', props.tolerance, Duration.seconds(1), Duration.hours(1));
    }
    if (props.secrets?.length === 0) {
      throw new Error('`secrets` must hold at least one secret; leave it out to have one created');
    }
  }

  public _bind(scope: Construct, options: ProviderBindOptions): BoundProvider {
    const secrets = this.props.secrets ?? [
      this.createSecret(scope, `Secret-${this.providerName}`, options, `Signing secret of the webhooks of ${this.providerName}`),
    ];
    return {
      secrets,
      config: {
        name: this.providerName,
        scheme: this.scheme,
        secretArns: secrets.map(({ secretArn }) => secretArn),
        toleranceSeconds: (this.props.tolerance ?? DEFAULT_TOLERANCE).toSeconds(),
        routedEvents: this.props.routedEvents,
        ...this.reading,
      },
    };
  }
}

/** The provider issues the secret at registration, which needs the deployed URL: until then there is no value. */
const emptySecret: SecretFactory = (scope, id, options, description) => {
  const secret = new Secret(scope, id, { ...options, description });
  (secret.node.defaultChild as CfnSecret).generateSecretString = undefined;
  return secret;
};

/** What Secrets Manager generates beside letters and digits, and base64 does not know. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const generatedSecret: SecretFactory = (scope, id, options, description) => new Secret(scope, id, {
  ...options,
  description,
  generateSecretString: { excludeCharacters: PUNCTUATION, passwordLength: 32 },
});
