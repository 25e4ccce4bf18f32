import type { FieldsConfig } from './contract';
import type { WebhookFields } from '../webhook-fields';

const PATH = /^[^.\s]+(\.[^.\s]+)*$/;

/** Checks the paths and renders the fields for the validator. */
export function renderFields({ kinds, amountUnit, ...paths }: WebhookFields): FieldsConfig {
  for (const [field, path] of Object.entries(paths)) {
    if (!PATH.test(path)) {
      throw new Error(`\`fields.${field}\` must be a dotted path such as data.payment.id, got: '${path}'`);
    }
  }
  return { ...paths, amountUnit, kinds };
}
