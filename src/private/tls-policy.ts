import { Stack, Token } from 'aws-cdk-lib';
import { type CfnDomainName, type CfnRestApi, EndpointAccessMode, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { validateOneOf } from './validation';

/**
 * TLS 1.2 and 1.3, for regional APIs and domain names
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html).
 */
const DEFAULT_POLICY = 'SecurityPolicy_TLS13_1_2_2021_06';
const ENHANCED = /^SecurityPolicy_/;

/** The security policy of an API and its domain name. They have the same policy, because AWS can use either of them. */
export class TlsPolicy {
  private readonly name: string;

  constructor(scope: Construct, chosen: SecurityPolicy | undefined, mutualTls: boolean) {
    const partition = partitionOf(scope);
    if (chosen !== undefined) {
      validateOneOf('securityPolicy', chosen, Object.values(SecurityPolicy));
    }
    this.name = chosen ?? (mutualTls || partition !== 'aws' ? SecurityPolicy.TLS_1_2 : DEFAULT_POLICY);
    if (this.name === SecurityPolicy.TLS_1_0 || this.name.endsWith('_EDGE')) {
      throw new Error(
        '`securityPolicy` must require TLS 1.2 or later on a regional endpoint, '
        + `got: '${this.name}'. Leave it out to use the default.`,
      );
    }
    if (mutualTls && ENHANCED.test(this.name)) {
      throw new Error(
        '`securityPolicy` must be TLS_1_2 with `customDomain.truststore`, because API Gateway rejects mutual TLS with a policy that '
        + `starts with SecurityPolicy_, got: '${this.name}'. Leave it out to use TLS_1_2.`,
      );
    }
    if (partition === 'aws-us-gov' && ENHANCED.test(this.name)) {
      throw new Error(
        '`securityPolicy` must be TLS_1_2 in AWS GovCloud (US), which does not support policies that start with SecurityPolicy_, '
        + `got: '${this.name}'. Leave it out to use TLS_1_2.`,
      );
    }
  }

  public applyTo(resource: CfnRestApi | CfnDomainName): void {
    resource.securityPolicy = this.name;
    // Required with these policies, and not used by the others
    // (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html#apigateway-security-policies-endpoint-access-mode).
    resource.endpointAccessMode = ENHANCED.test(this.name) ? EndpointAccessMode.STRICT : undefined;
  }
}

/**
 * GovCloud does not support the enhanced policies (https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html).
 * AWS does not document the support in China and the European Sovereign Cloud. TLS_1_2, which also accepts TLS 1.3, is available everywhere.
 */
function partitionOf(scope: Construct): string {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? 'aws' : RegionInfo.get(region).partition ?? 'aws';
}
