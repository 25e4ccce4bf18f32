import { TransactionKind } from './transaction-kind';
import { AmountUnit, type WebhookFields } from './webhook-fields';
import type { FieldsConfig } from '../private/contract';
import { validateCurrency, validateMetadataKeys, validateObject, validateOneOf } from '../private/validation';

const PATH = /^[^.\s]+(\.[^.\s]+)*$/;

/** Each path of the configuration is a prop. A new field in the contract does not compile until `WebhookFields` has its path. */
type WebhookPaths = WebhookFields & Pick<WebhookFields, keyof FieldsConfig>;

/** Checks the paths and renders the fields for the validator. */
export function renderFields(fields: WebhookFields): FieldsConfig {
  validateObject('fields', fields);
  const { kinds, amountUnit, defaultCurrency, metadataKeys, ...paths }: WebhookPaths = fields;
  if (defaultCurrency !== undefined) {
    validateCurrency('fields.defaultCurrency', defaultCurrency);
  }
  validateOneOf('fields.amountUnit', amountUnit ?? AmountUnit.MINOR, Object.values(AmountUnit));
  for (const [name, kind] of Object.entries(kinds ?? {})) {
    validateOneOf(`fields.kinds.${name}`, kind, Object.values(TransactionKind));
  }
  for (const [field, path] of Object.entries(paths)) {
    if (!PATH.test(path)) {
      throw new Error(`\`fields.${field}\` must be a dotted path such as data.payment.id, got: '${path}'`);
    }
  }
  validateMetadataKeys('fields.metadataKeys', metadataKeys);
  if ((paths.metadata === undefined) !== (metadataKeys === undefined)) {
    const [given, missing] = metadataKeys === undefined ? ['metadata', 'metadataKeys'] : ['metadataKeys', 'metadata'];
    throw new Error(`\`fields.${given}\` must come with \`fields.${missing}\`, got only \`fields.${given}\`. Set both or neither.`);
  }
  return { ...paths, metadataKeys, amountUnit, defaultCurrency, kinds };
}
