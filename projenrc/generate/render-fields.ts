import { eventMember } from './event-definitions';
import { camelCase, fieldsWhere } from './field-list';
import { markdownSection, markdownTable, typescriptFile, type GeneratedFile } from './generated-file';
import { typescriptInterface, type typescriptType } from './typescript-types';
import type { CarriedField, CarriedType, Field } from '../../src/private/contract/field';

/** The parts of the contract and the documentation that list fields, from the table of fields. */
export function fieldFiles(): GeneratedFile[] {
  return [
    typescriptFile('src/private/contract/generated/attributes.ts', attributes()),
    typescriptFile('src/private/contract/generated/details.ts', details()),
    typescriptFile('src/private/contract/generated/carried-fields.ts', carriedFields()),
    markdownSection('docs/events.md', 'fields', eventFields()),
  ];
}

function attributes(): string {
  const stored = fieldsWhere((field) => field.stored !== undefined);
  const indexed = fieldsWhere((field) => field.indexed === true);
  const kept = fieldsWhere((field) => field.keptOnErasure === true);
  return [
    '/** Attributes of an item in the transactions table. */',
    'export const Attr = {',
    ...stored.flatMap(({ name, description }) => [`  /** ${description} */`, `  ${name.toUpperCase()}: '${name}',`]),
    '} as const;',
    '',
    '/** What fraud rules can read of earlier events, in the indexes of customers, cards and email addresses. A projection cannot be changed later. */',
    'export const HISTORY_ATTRIBUTES: readonly string[] = [',
    ...indexed.map(({ name }) => `  Attr.${name.toUpperCase()},`),
    '];',
    '',
    '/** What stays of a transaction whose customer is erased. */',
    'export const KEPT_ON_ERASURE: readonly string[] = [',
    ...kept.map(({ name }) => `  Attr.${name.toUpperCase()},`),
    '];',
  ].join('\n');
}

function details(): string {
  const members = (isIncluded: (field: Field) => boolean) => fieldsWhere(isIncluded).map(eventMember);
  return [
    typescriptInterface(
      'TransactionDetail',
      'The detail of `transaction.received`. An absent field is left out.',
      members(({ published }) => published !== undefined && published !== 'with-verdict'),
    ),
    typescriptInterface(
      'AssessedDetail extends TransactionDetail',
      'The detail of `transaction.assessed` and `transaction.blocked`.',
      members(({ published }) => published === 'with-verdict'),
    ),
  ].join('\n\n');
}

function carriedFields(): string {
  const carried = fieldsWhere((field) => field.carried !== undefined).map(({ name, carried: how, ...field }) => {
    const key = camelCase(name);
    const { as: type, path = key } = how as CarriedField;
    return { ...field, attribute: name, key, path, type };
  });
  return [
    '/** The values that are stored and published unchanged: the attribute, its key in a normalized event, its path in `FieldsConfig`, how it is read. */',
    'export const CARRIED_FIELDS = [',
    ...carried.map(({ attribute, key, path, type }) => `  { attribute: '${attribute}', key: '${key}', path: '${path}', type: '${type}' },`),
    '] as const;',
    '',
    typescriptInterface('CarriedFields', 'These fields in a normalized event.', carried.map(({ key, description, type }) => (
      { name: key, type: CARRIED_TYPES[type] ?? 'string', optional: true, description }
    ))),
    '',
    typescriptInterface('CarriedPaths', 'Where they are in a body: dotted paths.', carried.map(({ path, attribute }) => (
      { name: path, type: 'string', optional: true, description: `Of \`${attribute}\`.` }
    ))),
  ].join('\n');
}

/** The types of carried values that are not texts. */
const CARRIED_TYPES: { readonly [type in CarriedType]?: string } = { 'risk-score': 'number' };

/** Types of JSON Schema by their names for a reader. */
const DOCUMENTED_TYPES: { readonly [type: string]: string } = { array: 'list of strings', object: 'map of strings' };

const PRESENCE = { 'always': 'always', 'if-stated': 'if known', 'with-verdict': 'with a verdict', 'with-body': 'with `includeBody`' };

function eventFields(): string {
  const published = fieldsWhere((field) => field.published !== undefined);
  return markdownTable(['field', 'type', 'present', 'meaning'], published.map(({ name, schema = {}, published: presence, description }) => [
    `\`${name}\``, documentedType(schema), PRESENCE[presence as keyof typeof PRESENCE], description,
  ]));
}

function documentedType(schema: Parameters<typeof typescriptType>[0]): string {
  return Array.isArray(schema.enum)
    ? schema.enum.map((value) => `\`${String(value)}\``).join(', ')
    : schema.format === 'date-time' ? 'time (RFC 3339, UTC)' : DOCUMENTED_TYPES[String(schema.type)] ?? String(schema.type);
}
