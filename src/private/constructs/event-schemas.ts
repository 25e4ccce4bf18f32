import { readFileSync } from 'fs';
import { join } from 'path';
import { Token } from 'aws-cdk-lib';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import type { BoundSchemaRegistry } from '../bound-schema-registry';
import { DetailType } from '../contract';
import { eventDocument, type DetailSchema } from '../event-document';
import type { SystemSettings } from '../settings/system-settings';

/** The schemas that the package ships, beside `src` and `lib`. */
const SCHEMAS = join(__dirname, '..', '..', '..', 'schemas');

export interface EventSchemasProps extends SystemSettings {
  readonly registry: BoundSchemaRegistry;
  readonly source: string;
}

/** A schema for each detail type, in a registry of EventBridge, for its console, code bindings and IDEs. */
export class EventSchemas extends Construct {
  constructor(scope: Construct, id: string, props: EventSchemasProps) {
    super(scope, id);

    const registryName = props.registry.registryName ?? this.createRegistry(props).attrRegistryName;
    const idSuffix = suffixFor(props.registry);
    for (const detailType of Object.values(DetailType)) {
      const schema = JSON.parse(readFileSync(join(SCHEMAS, `${detailType.replace('.', '-')}.schema.json`), 'utf8')) as DetailSchema;
      new CfnSchema(this, `${schema.title}${idSuffix}`, {
        registryName,
        // The form of the names that schema discovery gives.
        schemaName: `${props.source}@${schema.title}`,
        type: 'OpenApi3',
        description: `The event ${detailType} of the source ${props.source}`,
        content: JSON.stringify(eventDocument(schema, detailType, props.source)),
      });
    }
  }

  private createRegistry({ names }: SystemSettings): CfnRegistry {
    return new CfnRegistry(this, 'Registry', {
      registryName: names.optional('payment-events'),
      description: 'Events of payment webhooks',
    });
  }
}

/** CloudFormation cannot move a schema, which has a custom name, to another registry. Under another id, it creates a second one. */
function suffixFor({ registryName }: BoundSchemaRegistry): string {
  if (registryName === undefined) {
    return '';
  }
  return Token.isUnresolved(registryName) ? 'InExistingRegistry' : `In-${registryName}`;
}
