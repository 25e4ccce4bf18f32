import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { type ICertificate, PrivateCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, type IAliasRecordTarget, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { WebhookDomain } from '../../props/webhook-domain';

export interface CustomDomainProps extends WebhookDomain {
  /** Creates the domain name of the type of API, and maps it to the API. */
  readonly mapDomain: (scope: Construct) => IAliasRecordTarget;
}

/** The domain name that providers post to, with its certificate and record. */
export class CustomDomain extends Construct {
  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    const { domainName, certificate, hostedZone, ownershipVerificationCertificate } = props;
    validateDomainName(domainName);
    validateZone(domainName, hostedZone);
    validateMutualTls(props);
    validateCertificate(this, 'certificate', certificate);
    validateCertificate(this, 'ownershipVerificationCertificate', ownershipVerificationCertificate);

    const target = props.mapDomain(this);
    if (hostedZone) {
      new ARecord(this, 'Alias', {
        zone: hostedZone,
        // With the final dot it is complete: the name of the zone is not appended.
        recordName: `${domainName}.`,
        target: RecordTarget.fromAlias(target),
      });
    }
  }
}

function validateDomainName(name: string): void {
  if (!Token.isUnresolved(name) && !/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(name)) {
    throw new Error(
      '`customDomain.domainName` must be a fully qualified name in lower case without a wildcard, such as webhooks.example.com, '
      + `got: '${name}'`,
    );
  }
}

function validateZone(domainName: string, zone?: IHostedZone): void {
  const zoneName = zone?.zoneName.replace(/\.$/, '');
  if (zoneName !== undefined && !Token.isUnresolved(domainName) && !Token.isUnresolved(zoneName) && !`.${domainName}`.endsWith(`.${zoneName}`)) {
    throw new Error(`\`customDomain.hostedZone\` must be a zone of '${domainName}', got: '${zoneName}'`);
  }
}

function validateMutualTls({ certificate, truststore, ownershipVerificationCertificate }: WebhookDomain): void {
  if (truststore?.key === '') {
    throw new Error("`customDomain.truststore.key` must name an object in the bucket, such as truststore.pem, got: ''");
  }
  if (ownershipVerificationCertificate && !truststore) {
    throw new Error(
      '`customDomain.ownershipVerificationCertificate` must come with `customDomain.truststore`, because it is for mutual TLS only. '
      + 'Leave it out or pass `truststore`.',
    );
  }
  if (truststore && !ownershipVerificationCertificate && certificate instanceof PrivateCertificate) {
    throw new Error(
      '`customDomain.ownershipVerificationCertificate` must be set for mutual TLS with a certificate of a private authority. '
      + 'Pass a public certificate that ACM issued for the same name.',
    );
  }
}

/** A regional domain name accepts only ACM certificates in its own Region. */
function validateCertificate(scope: Construct, prop: string, certificate?: ICertificate): void {
  const { region } = Stack.of(scope);
  if (certificate === undefined || Token.isUnresolved(region)) {
    return;
  }
  const found = Token.isUnresolved(certificate.certificateArn)
    ? certificate.env.region
    : Arn.split(certificate.certificateArn, ArnFormat.SLASH_RESOURCE_NAME).region;
  if (!Token.isUnresolved(found) && found !== region) {
    throw new Error(`\`customDomain.${prop}\` must be in the Region of the stack (${region}), got: ${found}`);
  }
}
