import type { ApiTypeName } from '../private/contract';
import { validateObject } from '../private/validation';

/**
 * The type of the API that receives the webhooks. Use one of the static methods.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     providers: [WebhookProvider.stripe()],
 *     apiType: ApiType.httpApi(),
 *   });
 */
export class ApiType {
  /**
   * A REST API. It passes the bytes of every body on unchanged, and supports AWS WAF, X-Ray and TLS policies. It costs 3.50 USD
   * per million requests (https://aws.amazon.com/api-gateway/pricing/).
   */
  public static restApi(): ApiType {
    return new ApiType('rest');
  }

  /**
   * An HTTP API. It costs 1.00 USD per million requests of up to 512 KB (https://aws.amazon.com/api-gateway/pricing/).
   *
   * - It passes bodies of text types such as JSON on as text. A body that is not UTF-8 does not match its signature afterwards, and is
   *   rejected. Adyen and Braintree sign parts of the body only: their text bodies are rejected with the reason `body_not_exact` if
   *   they could have been changed.
   * - It has no AWS WAF, no X-Ray and no headers on its own answers, such as 429. `webAclArn`, `cloudWatchRole` and a
   *   `securityPolicy` other than `TLS_1_2` are rejected at synthesis. `tracingSampleRate` applies to the workflow only.
   * - The webhook validator starts no traces.
   */
  public static httpApi(): ApiType {
    return new ApiType('http');
  }

  /**
   * The name of a type, or of the default.
   *
   * @internal
   */
  public static _nameOf(type: ApiType = ApiType.restApi()): ApiTypeName {
    validateObject('apiType', type);
    return type._name;
  }

  /** @internal */
  public readonly _name: ApiTypeName;

  private constructor(name: ApiTypeName) {
    this._name = name;
  }
}
