import type { BoundSchemaRegistry } from '../private/bound-schema-registry';
import { validateRegistryName } from '../private/validation';

/**
 * The registry of EventBridge that describes the events. Use one of the static methods.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', { schemaRegistry: SchemaRegistry.create() });
 */
export class SchemaRegistry {
  /** A registry that the construct creates: `payment-events-{suffix}` with `environmentSuffix`, else CloudFormation names it. */
  public static create(): SchemaRegistry {
    return new SchemaRegistry({});
  }

  /**
   * A registry of yours in the account and Region of the stack, such as one that all teams share.
   *
   * @param registryName its name. AWS creates `discovered-schemas` and those that begin with `aws.`: they are rejected
   */
  public static fromRegistryName(registryName: string): SchemaRegistry {
    validateRegistryName('registryName', registryName);
    return new SchemaRegistry({ registryName });
  }

  private constructor(private readonly registry: BoundSchemaRegistry) {}

  /** @internal */
  public _bind(): BoundSchemaRegistry {
    return this.registry;
  }
}
