import type { SchemaFragment } from '../../src/private/contract/field';

/** One member of a generated interface. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly description: string;
}

/** A documented interface. */
export function typescriptInterface(declaration: string, description: string, members: readonly Member[]): string {
  return [
    `/** ${description} */`,
    `export interface ${declaration} {`,
    ...members.flatMap(({ name, type, optional, description: text }) => [`  /** ${text} */`, `  readonly ${name}${optional ? '?' : ''}: ${type};`]),
    '}',
  ].join('\n');
}

const TYPES: { readonly [type: string]: string } = { string: 'string', boolean: 'boolean', integer: 'number', number: 'number' };

/** The TypeScript type of the values that a schema describes. */
export function typescriptType(schema: SchemaFragment): string {
  if (Array.isArray(schema.enum)) {
    return schema.enum.map((value) => `'${String(value)}'`).join(' | ');
  }
  if (Array.isArray(schema.anyOf)) {
    return schema.anyOf.map((part) => typescriptType(part as SchemaFragment)).join(' | ');
  }
  if (schema.type === 'array') {
    return `readonly ${typescriptType(schema.items as SchemaFragment)}[]`;
  }
  if (schema.type === 'object') {
    return `{ readonly [key: string]: ${typescriptType(schema.additionalProperties as SchemaFragment)} }`;
  }
  const type = TYPES[String(schema.type)];
  if (type === undefined) {
    throw new Error(`no TypeScript type for the schema ${JSON.stringify(schema)}`);
  }
  return type;
}
