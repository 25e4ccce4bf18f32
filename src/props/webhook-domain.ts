import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** The certificate authorities that clients' certificates must come from: a PEM file in S3. */
export interface WebhookTruststore {
  /** Bucket of the file. The role that deploys the stack needs `s3:GetObject` on it. */
  readonly bucket: IBucket;

  /** Key of the file, such as `truststore.pem`. */
  readonly key: string;

  /**
   * Version of the file. API Gateway reads the file again only if the version
   * changes: if you upload a new file, set its version.
   *
   * @default - the latest version at the time of deployment
   */
  readonly version?: string;
}

/**
 * A domain name of your own in front of the API.
 *
 * The address of an API changes when the API is replaced; a domain name of
 * your own stays, so that you register it with your providers once.
 *
 * @example
 *   import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
 *   import { HostedZone } from 'aws-cdk-lib/aws-route53';
 *
 *   const hostedZone = HostedZone.fromHostedZoneAttributes(this, 'HostedZone', { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' });
 *   const certificate = Certificate.fromCertificateArn(this, 'Certificate', 'arn:aws:acm:eu-central-1:111122223333:certificate/webhooks');
 *
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     providers: [WebhookProvider.stripe()],
 *     // The URL to register is https://webhooks.example.com/webhook/stripe.
 *     customDomain: { domainName: 'webhooks.example.com', certificate, hostedZone },
 *   });
 */
export interface WebhookDomain {
  /** Fully qualified name in lower case, such as `webhooks.example.com`. Changing it replaces the domain name. */
  readonly domainName: string;

  /**
   * Certificate for the name, in ACM and in the Region of the stack. With
   * mutual TLS in AWS GovCloud (US) its key must not be ECDSA
   * (https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html).
   */
  readonly certificate: ICertificate;

  /**
   * Zone to create the alias record in.
   *
   * @default - no record is created. Point the name to the API yourself.
   */
  readonly hostedZone?: IHostedZone;

  /**
   * Turns on mutual TLS: API Gateway rejects clients without a certificate
   * of these authorities. Check first that your provider can present one: most
   * payment providers cannot, and sign their webhooks instead.
   * `securityPolicy` is then `TLS_1_2`, because API Gateway has no stronger
   * policy for mutual TLS
   * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html).
   *
   * Serves PCI DSS 4.0.1 requirement 4.2.1 (accept trusted certificates only); list the authorities for 4.2.1.1.
   *
   * @default - no mutual TLS
   */
  readonly truststore?: WebhookTruststore;

  /**
   * Public certificate, issued by ACM, that proves you own the domain name.
   * API Gateway requires it for mutual TLS if `certificate` was imported into
   * ACM or comes from a private authority
   * (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html).
   *
   * @default - not needed for a certificate that ACM issued
   */
  readonly ownershipVerificationCertificate?: ICertificate;
}
