import { eventDefinitions, isOptional, titleOf, type EventDefinition } from './event-definitions';
import { fieldsWhere } from './field-list';
import type { GeneratedFile } from './generated-file';
import { currencyExponents } from './render-currencies';
import type { CanonicalField, SchemaFragment } from '../../src/private/contract/field';

const BASE = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/schemas';
/** ISO 4217 codes that are not currencies: no currency, and testing. */
const CODES_WITHOUT_MONEY = ['XXX', 'XTS'];

/** The published JSON Schemas: the three events, and the body that a sender of canonical transactions signs. */
export function schemaFiles(): GeneratedFile[] {
  return [
    ...eventDefinitions().map((event) => schemaFile(event.detailType.replace('.', '-'), eventSchema(event))),
    schemaFile('canonical-transaction', canonicalSchema()),
  ];
}

function schemaFile(name: string, schema: object): GeneratedFile {
  return { path: `schemas/${name}.schema.json`, render: () => `${compactCodes(JSON.stringify(schema, null, 2))}\n` };
}

/** Writes a list of three-letter codes in lines of sixteen. */
function compactCodes(json: string): string {
  return json.replace(/^( *)(("[A-Z]{3}",?\s+)+)/gm, (_, indent: string, codes: string) => {
    const all = codes.match(/"[A-Z]{3}",?/g) ?? [];
    const lines = all.flatMap((__, index) => index % 16 === 0 ? [indent + all.slice(index, index + 16).join(' ')] : []);
    return `${lines.join('\n')}\n${indent.slice(2)}`;
  });
}

/**
 * Draft 7, with keywords that draft 4 has too, because EventBridge's registry reads draft 4 and OpenAPI 3.0
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-create.html). The three forms of the amount are
 * all present or all absent.
 */
export function eventSchema(event: EventDefinition): SchemaFragment {
  const { description, fields } = event;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: titleOf(event),
    description,
    type: 'object',
    required: fields.filter((field) => !isOptional(field)).map(({ name }) => name),
    properties: Object.fromEntries(fields.map(({ name, schema, description: text }) => [name, { ...schema, description: text }])),
    dependencies: {
      amount: ['amount_minor', 'exponent'],
      amount_minor: ['amount', 'exponent'],
      exponent: ['amount', 'amount_minor'],
    },
  };
}

/** The schema of the canonical body. */
export function canonicalSchema(): SchemaFragment {
  const fields = fieldsWhere(({ canonical }) => canonical !== undefined).map(({ name, canonical }) => ({ name, ...canonical as CanonicalField }));
  const codes = currencyExponents().map(([code]) => code).filter((code) => !CODES_WITHOUT_MONEY.includes(code));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${BASE}/canonical-transaction.schema.json`,
    title: 'Canonical transaction',
    description: 'The body of a webhook that your own system sends, signed by Standard Webhooks. Each event has its own webhook-id, which stays the same when the event is sent again.',
    type: 'object',
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    dependentRequired: { amount_minor: ['currency'] },
    additionalProperties: false,
    properties: Object.fromEntries(fields.map(({ name, schema, description }) => [
      name, { description, ...name === 'currency' ? { enum: codes } : schema },
    ])),
    examples: [EXAMPLE],
  };
}

const EXAMPLE = {
  transaction_id: 'order-4711',
  kind: 'captured',
  amount_minor: 1250000,
  currency: 'EUR',
  account: 'shop-eu',
  reference: 'order-1001',
  metadata: { cart: 'cart-7', channel: 'app' },
  customer_id: 'customer-42',
  payment_method: 'card',
  country: 'DE',
  card_country: 'DE',
  card_bin: '424242',
  card_fingerprint: 'card-7f3a',
  email_domain: 'mail.example',
  email_hash: '9f2c4b7a1d8e4f60a3b5c7d9e1f20486',
  risk_score: 12,
  risk_level: 'normal',
  three_d_secure: 'authenticated',
  status: 'succeeded',
  event_time: '2026-01-31T12:00:00Z',
  live: true,
};
