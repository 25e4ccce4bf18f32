import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { CertificateAuthority } from 'aws-cdk-lib/aws-acmpca';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate, type ICertificate, PrivateCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type WebhookDomain, WebhookProvider } from '../../../src';
import { synthesize, theResource } from '../../support/system';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const NAME = 'webhooks.example.com';
const arnIn = (region: string) => `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;

let imported = 0;
const certificateIn = (stack: Stack, region = ENV.region) => Certificate.fromCertificateArn(stack, `Imported${imported += 1}`, arnIn(region));
const zoneOf = (stack: Stack, zoneName: string): IHostedZone => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z123', zoneName });
const truststoreOf = (stack: Stack) => ({ bucket: Bucket.fromBucketName(stack, 'Truststore', 'certificates'), key: 'truststore.pem', version: 'v1' });
const privateCertificate = (stack: Stack): ICertificate => new PrivateCertificate(stack, 'Private', {
  domainName: NAME,
  certificateAuthority: CertificateAuthority.fromCertificateAuthorityArn(stack, 'Authority', 'arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1'),
});

/** A system with a domain name, synthesized with the options that a test adds. */
function withDomain(options: (stack: Stack) => Partial<WebhookDomain> = () => ({}), securityPolicy?: SecurityPolicy) {
  return synthesize((stack) => ({
    providers: [WebhookProvider.stripe()],
    securityPolicy,
    customDomain: { domainName: NAME, certificate: certificateIn(stack), ...options(stack) },
  }), { env: ENV });
}
const domainOf = (template: Template) => theResource(template, 'AWS::ApiGateway::DomainName').Properties;

describe('a domain name of your own', () => {
  test('is regional, requires TLS 1.2, and disables the generated address', () => {
    const { template } = withDomain();

    expect(domainOf(template)).toEqual({
      DomainName: NAME,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      RegionalCertificateArn: arnIn(ENV.region),
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06',
      EndpointAccessMode: 'STRICT',
    });
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
  });

  test('is mapped to the stage', () => {
    const { template } = withDomain();

    template.hasResourceProperties('AWS::ApiGateway::BasePathMapping', {
      BasePath: Match.absent(),
      Stage: { Ref: Object.keys(template.findResources('AWS::ApiGateway::Stage'))[0] },
    });
  });

  test('is the URL of the system and of its outputs', () => {
    const { system, template } = withDomain();

    expect(system.webhookUrl).toBe(`https://${NAME}/webhook`);
    expect(Object.values(template.findOutputs('*')).map(({ Value }) => Value)).toContain(`https://${NAME}/webhook/stripe`);
  });

  test('has the security policy of its API', () => {
    // API Gateway negotiates with the policy of the API: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
    const { template } = withDomain(undefined, SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09);

    for (const type of ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::RestApi']) {
      template.hasResourceProperties(type, { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', EndpointAccessMode: 'STRICT' });
    }
  });

  test.each([['example.com'], ['example.com.'], [NAME]])('has an alias record in the zone %s', (zoneName) => {
    const { template } = withDomain((stack) => ({ hostedZone: zoneOf(stack, zoneName) }));
    const [domain] = Object.keys(template.findResources('AWS::ApiGateway::DomainName'));

    expect(theResource(template, 'AWS::Route53::RecordSet').Properties).toEqual({
      Name: `${NAME}.`,
      Type: 'A',
      HostedZoneId: 'Z123',
      AliasTarget: { DNSName: { 'Fn::GetAtt': [domain, 'RegionalDomainName'] }, HostedZoneId: { 'Fn::GetAtt': [domain, 'RegionalHostedZoneId'] } },
    });
  });

  test('has a complete name in a zone whose name is known only at deployment', () => {
    const { template } = withDomain((stack) => ({ hostedZone: zoneOf(stack, Fn.importValue('ZoneName')) }));

    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: `${NAME}.` });
  });

  test('has no record without a zone', () => {
    withDomain().template.resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  test.each([
    ['WEBHOOKS.example.com'], ['*.example.com'], ['localhost'], ['https://webhooks.example.com'], ['webhooks.example.com/payments'],
    ['-a.example.com'], [''], [`${'a'.repeat(64)}.example.com`], [`${'a.'.repeat(125)}example`],
  ])('cannot be %s', (domainName) => {
    expect(() => withDomain(() => ({ domainName }))).toThrow(
      `\`customDomain.domainName\` must be a fully qualified name in lower case without a wildcard, such as webhooks.example.com, got: '${domainName}'`,
    );
  });

  test.each(['example.org', 'hooks.example.com', 'ample.com'])('cannot be in the zone %s', (zoneName) => {
    expect(() => withDomain((stack) => ({ hostedZone: zoneOf(stack, zoneName) })))
      .toThrow(`\`customDomain.hostedZone\` must be a zone of '${NAME}', got: '${zoneName}'`);
  });

  test('cannot use an imported certificate of another Region', () => {
    expect(() => withDomain((stack) => ({ certificate: certificateIn(stack, 'us-east-1') })))
      .toThrow('`customDomain.certificate` must be in the Region of the stack (eu-central-1), got: us-east-1');
  });

  test('cannot use a certificate of a stack in another Region', () => {
    const elsewhere = new Stack(new App(), 'Elsewhere', { env: { ...ENV, region: 'us-east-1' } });
    const certificate = new Certificate(elsewhere, 'Certificate', { domainName: NAME });

    expect(() => withDomain(() => ({ certificate }))).toThrow('`customDomain.certificate` must be in the Region of the stack (eu-central-1), got: us-east-1');
  });

  test('accepts values that are known only at deployment', () => {
    expect(() => withDomain((stack) => ({
      domainName: new CfnParameter(stack, 'Name').valueAsString,
      certificate: Certificate.fromCertificateArn(stack, 'ByImport', Fn.importValue('CertificateArn')),
      hostedZone: zoneOf(stack, new CfnParameter(stack, 'ZoneName').valueAsString),
    })).template).not.toThrow();
  });

  test('accepts any certificate in a stack whose Region is known only at deployment', () => {
    expect(() => synthesize((stack) => ({ customDomain: { domainName: NAME, certificate: certificateIn(stack, 'us-east-1') } }))).not.toThrow();
  });
});

describe('mutual TLS', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
  test('is off by default', () => {
    expect(domainOf(withDomain().template)).not.toHaveProperty('MutualTlsAuthentication');
  });

  test('reads the truststore, with TLS_1_2 on the domain name and its API', () => {
    const { template } = withDomain((stack) => ({ truststore: truststoreOf(stack) }));

    expect(domainOf(template)).toEqual({
      DomainName: NAME,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      RegionalCertificateArn: arnIn(ENV.region),
      SecurityPolicy: 'TLS_1_2',
      MutualTlsAuthentication: { TruststoreUri: 's3://certificates/truststore.pem', TruststoreVersion: 'v1' },
    });
    // Clients could bypass mutual TLS at the generated address.
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'TLS_1_2', EndpointAccessMode: Match.absent(), DisableExecuteApiEndpoint: true,
    });
  });

  test('accepts a certificate that proves ownership', () => {
    const { template } = withDomain((stack) => ({
      certificate: privateCertificate(stack), truststore: truststoreOf(stack), ownershipVerificationCertificate: certificateIn(stack),
    }));

    expect(domainOf(template)).toMatchObject({ OwnershipVerificationCertificateArn: arnIn(ENV.region) });
  });

  test('cannot use a private certificate without one that proves ownership', () => {
    expect(() => withDomain((stack) => ({ certificate: privateCertificate(stack), truststore: truststoreOf(stack) }))).toThrow(
      '`customDomain.ownershipVerificationCertificate` must be set for mutual TLS with a certificate of a private authority. '
      + 'Pass a public certificate that ACM issued for the same name.',
    );
  });

  test('is required for a certificate that proves ownership', () => {
    expect(() => withDomain((stack) => ({ ownershipVerificationCertificate: certificateIn(stack) }))).toThrow(
      '`customDomain.ownershipVerificationCertificate` must come with `customDomain.truststore`, because it is for mutual TLS only. '
      + 'Leave it out or pass `truststore`.',
    );
  });

  test('cannot use a certificate that proves ownership in another Region', () => {
    expect(() => withDomain((stack) => ({ truststore: truststoreOf(stack), ownershipVerificationCertificate: certificateIn(stack, 'us-east-1') })))
      .toThrow('`customDomain.ownershipVerificationCertificate` must be in the Region of the stack (eu-central-1), got: us-east-1');
  });

  test('cannot use an enhanced security policy', () => {
    expect(() => withDomain((stack) => ({ truststore: truststoreOf(stack) }), SecurityPolicy.TLS13_1_3_2025_09)).toThrow(
      '`securityPolicy` must be TLS_1_2 with `customDomain.truststore`, because API Gateway rejects mutual TLS with a policy that '
      + "starts with SecurityPolicy_, got: 'SecurityPolicy_TLS13_1_3_2025_09'. Leave it out to use TLS_1_2.",
    );
  });

  test('cannot use a truststore without a key', () => {
    expect(() => withDomain((stack) => ({ truststore: { ...truststoreOf(stack), key: '' } })))
      .toThrow("`customDomain.truststore.key` must name an object in the bucket, such as truststore.pem, got: ''");
  });
});
