import { arn } from './created-resources';
import type { DeployedTemplate } from './deployed-template';
import type { KnownIndex, KnownResources, KnownTable } from '../requests/known-resources';

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

interface IndexProperties {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
}

/** Finds the resources of templates, and secrets that were created separately. */
export class TemplateResources implements KnownResources {
  private readonly tables = new Map<string, KnownTable>();
  private readonly secrets: string[] = [];

  public readonly arn = arn;

  public addTemplate(template: DeployedTemplate): void {
    template.resourcesOf('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').forEach(([logicalId, { KeySchema, GlobalSecondaryIndexes }]) => {
      this.tables.set(template.ref(logicalId), tableOf(template.attribute(logicalId, 'Arn'), KeySchema, GlobalSecondaryIndexes));
    });
    template.resourcesOf('AWS::SecretsManager::Secret').forEach(([logicalId]) => this.addSecret(template.ref(logicalId)));
  }

  public addSecret(completeArn: string): void {
    this.secrets.push(completeArn);
  }

  public table(name: string): KnownTable {
    return found(this.tables.get(name), `table ${name}`);
  }

  /** Secrets Manager adds a hyphen and six random characters to the name (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html). */
  public secretArn(id: string): string {
    const incomplete = id.startsWith('arn:') ? id : arn('secretsmanager', `secret:${id}`);
    return found(this.secrets.find((secret) => secret === id || secret.replace(/-.{6}$/, '') === incomplete), `secret ${id}`);
  }
}

function tableOf(tableArn: string, keys: readonly KeyElement[], indexes: readonly IndexProperties[]): KnownTable {
  const known = new Map(indexes.map(({ IndexName, KeySchema }): [string, KnownIndex] => [
    IndexName, { arn: `${tableArn}/index/${IndexName}`, partitionKey: partitionKeyOf(KeySchema) },
  ]));
  return { arn: tableArn, partitionKey: partitionKeyOf(keys), index: (name) => found(known.get(name), `index ${name}`) };
}

function partitionKeyOf(keys: readonly KeyElement[]): string {
  return keys.find(({ KeyType }) => KeyType === 'HASH')!.AttributeName;
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`no template has the ${what}`);
  }
  return value;
}
