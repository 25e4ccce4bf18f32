import { eventDefinitions, isOptional } from './event-definitions';
import { typescriptFile, type GeneratedFile } from './generated-file';
import { SIMULATORS } from '../../handlers/providers/simulators';

/** The keywords of a field's schema that the builders check. */
const CHECKED_KEYWORDS = ['type', 'enum', 'pattern', 'minimum', 'maximum'];

/** What `testing/` knows of the providers and of the events. */
export function testingFiles(): GeneratedFile[] {
  return [
    typescriptFile('testing/generated/providers.d.ts', providerDeclaration()),
    typescriptFile('testing/generated/event-fields.ts', checkedFields()),
  ];
}

function providerDeclaration(): string {
  return [
    '/** The events and the kinds that can be sent for each provider. */',
    'export interface Providers {',
    ...Object.entries(SIMULATORS).flatMap(([provider, { events }]) => [
      `  readonly '${provider}': {`,
      `    readonly event: ${union(Object.keys(events))};`,
      `    readonly kind: ${union(Object.values(events).map(({ kind }) => kind))};`,
      '  };',
    ]),
    '}',
  ].join('\n');
}

function union(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `'${name}'`).join(' | ');
}

function checkedFields(): string {
  return [
    '/** The fields of each event, with the constraints that the builders check. */',
    'export const EVENT_FIELDS = {',
    ...eventDefinitions().flatMap(({ detailType, fields }) => [
      `  '${detailType}': {`,
      ...fields.map((field) => {
        const checked = Object.entries(field.schema ?? {}).filter(([keyword]) => CHECKED_KEYWORDS.includes(keyword));
        return `    ${field.name}: { optional: ${isOptional(field)}, ${checked.map(([keyword, value]) => `${keyword}: ${literal(value)}`).join(', ')} },`;
      }),
      '  },',
    ]),
    '};',
  ].join('\n');
}

function literal(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(literal).join(', ')}]` : typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value);
}
