import type { WebhookProcessingSystemProps } from '../../props/webhook-processing-system-props';

const TLS_1_2 = 'TLS_1_2';

/** Rejects the props that an HTTP API cannot have (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html). */
export function validateHttpApiProps({ webAclArn, cloudWatchRole, securityPolicy }: WebhookProcessingSystemProps): void {
  if (webAclArn !== undefined) {
    throw new Error(
      `\`webAclArn\` must not be set with \`ApiType.httpApi()\`, because AWS WAF does not support HTTP APIs, got: '${webAclArn}'. `
      + 'Use `ApiType.restApi()`, or leave it out.',
    );
  }
  if (cloudWatchRole !== undefined) {
    throw new Error(
      '`cloudWatchRole` must not be set with `ApiType.httpApi()`, because HTTP APIs write access logs without a role of the account, '
      + `got: ${cloudWatchRole}. Leave it out.`,
    );
  }
  if (securityPolicy !== undefined && securityPolicy !== TLS_1_2) {
    throw new Error(
      `\`securityPolicy\` must be TLS_1_2 with \`ApiType.httpApi()\`, the only policy of HTTP APIs, got: '${securityPolicy}'. `
      + 'Leave it out, or use `ApiType.restApi()`.',
    );
  }
}
