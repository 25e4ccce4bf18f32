import { validateAssessedFields, validateBlockedFields, validateReceivedFields } from './generated/validate-fields';
import { InvalidEventError } from './invalid-event';
import { describeViolation, type SchemaViolation } from './schema-violation';
import type { TransactionDetailType, TransactionEvent } from './transaction-event';
import { DetailType, SCHEMA_VERSION, SOURCE_PREFIX } from '../src/private/contract';

type Validator = ((detail: unknown) => boolean) & { readonly errors?: readonly SchemaViolation[] | null };
type EventObject = { readonly [name: string]: unknown };

/** Each schema has the rules of the one before, and adds to them. */
const VALIDATORS: { readonly [type in TransactionDetailType]: readonly Validator[] } = {
  [DetailType.RECEIVED]: [validateReceivedFields],
  [DetailType.ASSESSED]: [validateReceivedFields, validateAssessedFields],
  [DetailType.BLOCKED]: [validateReceivedFields, validateAssessedFields, validateBlockedFields],
};
/** The texts of the envelope, apart from those that have rules of their own. */
const ENVELOPE_TEXTS = ['version', 'id', 'account', 'time', 'region'] as const;

/**
 * Validates an event against the JSON Schema of its detail type and version. Fields that the schema does not know are kept.
 *
 * @param value an event as EventBridge delivers it, or its JSON text
 * @returns the same event with its type
 * @throws InvalidEventError that names the first wrong field
 */
export function parseEvent(value: unknown): TransactionEvent {
  const event = typeof value === 'string' ? parseEventText(value) : value;
  if (!isObject(event)) {
    throw new InvalidEventError('event', 'must be a JSON object');
  }
  const type = detailTypeOf(event);
  if (typeof event.source !== 'string' || !event.source.startsWith(SOURCE_PREFIX)) {
    throw new InvalidEventError('source', `must begin with '${SOURCE_PREFIX}': compare the pattern of the rule with the eventSource of the system`);
  }
  const wrong = ENVELOPE_TEXTS.find((name) => typeof event[name] !== 'string') ?? (Array.isArray(event.resources) ? undefined : 'resources');
  if (wrong !== undefined) {
    throw new InvalidEventError(wrong, 'is not as EventBridge sends it: let the rule send the whole event, without an input transformer');
  }
  validateDetail(type, event.detail);
  return event as unknown as TransactionEvent;
}

/** Whether a value is a valid event. */
export function isTransactionEvent(value: unknown): value is TransactionEvent {
  try {
    return typeof value !== 'string' && parseEvent(value) === value;
  } catch {
    return false;
  }
}

function detailTypeOf(event: EventObject): TransactionDetailType {
  const type = event['detail-type'];
  if (type === undefined) {
    throw new InvalidEventError('detail-type', 'is missing: let the rule send the whole event, without an input path or input transformer');
  }
  if (!Object.hasOwn(VALIDATORS, String(type))) {
    throw new InvalidEventError('detail-type', `must be one of ${Object.keys(VALIDATORS).join(', ')}: match the detail types in the pattern of the rule, or set \`detailTypes\``);
  }
  return type as TransactionDetailType;
}

function validateDetail(type: TransactionDetailType, detail: unknown): void {
  // The fields of another version are not those of this schema.
  if (isObject(detail) && detail.schema_version !== undefined && detail.schema_version !== SCHEMA_VERSION) {
    throw new InvalidEventError('detail.schema_version', `must be '${SCHEMA_VERSION}', the only version that this package supports: update cdk-webhook-processing-system`);
  }
  const failed = VALIDATORS[type].find((validate) => !validate(detail));
  if (failed) {
    const { field, problem } = describeViolation(failed.errors![0]);
    throw new InvalidEventError(field, problem);
  }
}

function parseEventText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidEventError('event', 'must be JSON');
  }
}

function isObject(value: unknown): value is EventObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
