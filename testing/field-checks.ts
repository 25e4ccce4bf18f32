import { EVENT_FIELDS } from './generated/event-fields';
import { requireKnownName } from './known-name';

/** The constraints of a field in its JSON Schema. */
interface FieldConstraints {
  /** Whether an event can lack the field. */
  readonly optional: boolean;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Throws if a field is not one of the event, or has a value that the event cannot have. `undefined` leaves out an optional field. */
export function requireValidFields(detailType: keyof typeof EVENT_FIELDS, values: object): void {
  const fields: { readonly [name: string]: FieldConstraints } = EVENT_FIELDS[detailType];
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    requireKnownName(`a field of \`${detailType}\``, name, Object.keys(fields));
    const { optional, ...constraints } = fields[name];
    const expectation = value === undefined && optional ? undefined : violatedExpectation(value, constraints);
    if (expectation !== undefined) {
      throw new TypeError(`\`${name}\` must be ${expectation}, got ${JSON.stringify(value) ?? 'undefined'}`);
    }
  }
}

/** What a value must be and is not. */
function violatedExpectation(value: unknown, { type, enum: values, pattern, minimum = -Infinity, maximum = Infinity }: Omit<FieldConstraints, 'optional'>): string | undefined {
  if (type !== undefined && !isOfType(value, type)) {
    return `of the type ${type}`;
  }
  if (values && !values.includes(value as string)) {
    return `one of ${values.map((each) => `'${each}'`).join(', ')}`;
  }
  if (pattern !== undefined && !new RegExp(pattern).test(value as string)) {
    return `text that matches ${pattern}`;
  }
  return typeof value === 'number' && (value < minimum || value > maximum) ? `from ${minimum} to ${maximum}` : undefined;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    default:
      return typeof value === type && value !== null && !Array.isArray(value);
  }
}
