import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import * as ts from 'typescript';
import type { TransactionAssessedDetail, TransactionBlockedDetail, TransactionReceivedDetail } from '../../events';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { toChange } from '../../handlers/aws/stream-change';
import { storeOnce } from '../../handlers/ingest/transaction-writer';
import { eventsOf } from '../../handlers/publish/events/change-events';
import { toAssessedDetail, toTransactionDetail } from '../../handlers/publish/events/detail';
import { withBody } from '../../handlers/publish/events/event-body';
import { entryOf } from '../../handlers/publish/events/event-entry';
import { promisedFields } from '../../projenrc/generate/render-event-versions';
import { ALL_SAMPLES } from '../handlers/support/all-samples';
import { FakeTable } from '../handlers/support/fake-table';
import { ASSESSMENT, DETAIL_CONFIG, barestTransaction, packed, storedTransaction, streamRecord } from '../handlers/support/items';
import { SchemeRunner } from '../handlers/support/scheme-runner';

interface Schema {
  readonly title: string;
  readonly required: string[];
  readonly properties: { readonly [field: string]: object };
}

const root = join(__dirname, '..', '..');

function schemaOf(name: string): Schema {
  return JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8')) as Schema;
}

const received = schemaOf('transaction-received');
const assessed = schemaOf('transaction-assessed');
const blocked = schemaOf('transaction-blocked');
const ajv = addFormats(new Ajv({ strict: true, allErrors: true }));

/** Validates the detail as it is sent over the bus, as JSON. */
function violations(schema: Schema, detail: object): unknown {
  const validate = ajv.compile(schema);
  validate(JSON.parse(JSON.stringify(detail)));
  return validate.errors ?? [];
}

describe('the schema of transaction.received', () => {
  test('accepts an event with all fields and one with the required fields only', () => {
    expect(violations(received, toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG))).toEqual([]);
    expect(violations(received, toTransactionDetail(barestTransaction() as StoredItem, DETAIL_CONFIG))).toEqual([]);
  });

  test('accepts an event of any stored amount, currency and identifiers', () => {
    const shape = fc.record({
      minor: fc.bigInt({ min: -(10n ** 38n - 1n), max: 10n ** 38n - 1n }),
      exponent: fc.integer({ min: 0, max: 4 }),
      words: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 }), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(fc.property(shape, ({ minor, exponent, words: [id, currency, customer, provider] }) => {
      const item = storedTransaction({
        amount_minor: { N: String(minor) },
        exponent: { N: String(exponent) },
        transaction_id: { S: id },
        currency: { S: currency },
        customer_id: { S: customer },
        provider: { S: provider },
      });

      expect(violations(received, toTransactionDetail(item as StoredItem, DETAIL_CONFIG))).toEqual([]);
    }));
  });

  test.each([
    ['an unknown kind', { kind: 'stolen' }],
    ['a number as exact amount', { amount_minor: 5 }],
    ['an amount beyond the clamp', { amount: 5e9 + 1 }],
    ['a negative amount', { amount: -1 }],
    ['an amount without the exact one', { amount_minor: undefined }],
    ['a day as time', { received_at: '2025-03-04' }],
    ['a subject of two lines', { alert_subject: 'a\nb' }],
    ['a whole card number', { card_bin: '4242424242424242' }],
    ['an SMS of two segments', { alert_sms: 'x'.repeat(161) }],
    ['an unknown tier', { tier: 'huge' }],
    ['no currency', { currency: undefined }],
    ['another version', { schema_version: '2' }],
    ['no version', { schema_version: undefined }],
    ['a body that is an object', { body: {} }],
  ])('rejects %s', (_, change) => {
    const detail = { ...toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG), ...change };

    expect(violations(received, detail)).not.toEqual([]);
  });

  test('accepts additional fields of later versions', () => {
    const detail = { ...toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG), added_later: 1 };

    expect(violations(received, detail)).toEqual([]);
  });
});

describe('the schema of transaction.assessed', () => {
  test('accepts an assessed event and rejects one without a verdict', () => {
    const item = storedTransaction(ASSESSMENT) as StoredItem;

    expect(violations(assessed, toAssessedDetail(item, DETAIL_CONFIG))).toEqual([]);
    expect(violations(assessed, toTransactionDetail(item, DETAIL_CONFIG))).not.toEqual([]);
  });

  test('describes the transaction as transaction.received does', () => {
    expect(assessed.properties).toMatchObject(received.properties);
  });
});

describe('the schema of transaction.blocked', () => {
  test('is that of transaction.assessed, for one verdict', () => {
    const item = storedTransaction({ ...ASSESSMENT, verdict: { S: 'block' } }) as StoredItem;

    expect(violations(blocked, toAssessedDetail(item, DETAIL_CONFIG))).toEqual([]);
    expect(violations(blocked, toAssessedDetail(storedTransaction(ASSESSMENT) as StoredItem, DETAIL_CONFIG))).not.toEqual([]);
    expect({ ...blocked.properties, verdict: undefined }).toEqual({ ...assessed.properties, verdict: undefined });
    expect(blocked.required).toEqual(assessed.required);
  });
});

describe('the events of every provider', () => {
  const table = new FakeTable();
  const schemas: { readonly [detailType: string]: Schema } = { 'transaction.received': received, 'transaction.assessed': assessed, 'transaction.blocked': blocked };

  /** The violations of the events about an item, from its insertion to a verdict that blocks. */
  function violationsOf(item: StoredItem): unknown[] {
    const newImage = { ...item, ...ASSESSMENT as StoredItem, verdict: { S: 'block' } };
    const changes = [streamRecord(1, 'INSERT', { newImage: item }), streamRecord(2, 'MODIFY', { newImage, oldImage: item })].map(toChange);
    const entries = [false, true].flatMap((includeBody) => {
      const config = { eventBusName: 'bus', source: 'payments', ...DETAIL_CONFIG, includeBody };
      return changes.flatMap((change) => eventsOf(change, config)).map(({ type, detail, item: stored }) => entryOf(type, detail, stored, config));
    });
    expect(entries).toHaveLength(6);
    return entries.flatMap(({ DetailType, Detail }) => violations(schemas[DetailType], JSON.parse(Detail) as object));
  }

  test.each(Object.entries(ALL_SAMPLES))('of %s, as the relay publishes them, conform to the schemas', async (_, samples) => {
    process.env.TABLE_NAME = 'transactions';
    table.reset();
    const runner = new SchemeRunner(samples);

    for (const sample of samples.events) {
      for (const item of await runner.items(await runner.sign(sample), sample.config)) {
        await storeOnce(item);
      }
    }

    expect(table.items.length).toBeGreaterThan(0);
    expect(table.items.flatMap((item) => violationsOf(item as StoredItem))).toEqual([]);
  });
});

describe('the published types', () => {
  const source = ts.createSourceFile('index.d.ts', readFileSync(join(root, 'events/index.d.ts'), 'utf8'), ts.ScriptTarget.Latest);
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  const membersOf = ({ title }: Schema) => interfaces.find(({ name }) => name.text === `${title}Detail`)!.members;

  test('accept what the relay publishes', () => {
    const item = storedTransaction({ ...ASSESSMENT, body: packed('{}') as never }) as StoredItem;
    const detail = toAssessedDetail(item, DETAIL_CONFIG);
    // The compiler checks these.
    const details: [TransactionReceivedDetail, TransactionAssessedDetail, TransactionBlockedDetail] = [
      withBody(toTransactionDetail(item, DETAIL_CONFIG), item), withBody(detail, item), { ...detail, verdict: 'block' },
    ];

    expect(details.map(({ schema_version: version }) => version)).toEqual(['1', '1', '1']);
  });

  test.each([received, assessed, blocked])('have the fields of the schema $title', (schema) => {
    const members = membersOf(schema).map((member) => ({ name: member.name!.getText(source), optional: member.questionToken !== undefined }));

    expect(interfaces).toHaveLength(3);
    expect(members).toEqual(Object.keys(schema.properties).map((name) => ({ name, optional: !schema.required.includes(name) })));
  });
});

describe('docs/events.md', () => {
  const page = readFileSync(join(root, 'docs/events.md'), 'utf8');
  const rows = [...page.slice(page.indexOf('## Fields'), page.indexOf('## The raw body')).matchAll(/^\| `(\w+)` \| .+ \| (.+) \| .+ \|$/gm)];

  test('documents exactly the fields of the schemas, and which are always present', () => {
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(assessed.properties));
    expect(rows.filter(([, , present]) => present === 'always').map(([, name]) => name)).toEqual(received.required);
    expect(rows.filter(([, , present]) => present === 'with a verdict').map(([, name]) => name))
      .toEqual(assessed.required.filter((name) => !received.required.includes(name)));
  });

  test('names the version', () => {
    const [version] = (received.properties.schema_version as { enum: string[] }).enum;

    expect(page).toContain(`Each event has a \`schema_version\`, which is \`${version}\`.`);
    expect(page).toContain(`"schema_version": ["${version}"]`);
  });
});

test('the fields of a version do not change: if one must, increase SCHEMA_VERSION', () => {
  const [version] = (received.properties.schema_version as { enum: string[] }).enum;
  const recorded = JSON.parse(readFileSync(join(root, `test/schemas/version-${version}.json`), 'utf8')) as object;

  expect(promisedFields()).toMatchObject(recorded);
});

/** http://json-schema.org/draft-04/schema */
const DRAFT_4: readonly string[] = [
  '$schema', 'title', 'description', 'type', 'required', 'properties', 'dependencies', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern',
  'format', 'items', 'maxProperties', 'additionalProperties',
];

test.each([received, assessed, blocked])('the schema $title uses only keywords that draft 4 has, for the registry of EventBridge', (schema) => {
  const parts = [schema, ...Object.values(schema.properties)];

  expect([...new Set(parts.flatMap((part) => Object.keys(part)))].filter((keyword) => !DRAFT_4.includes(keyword))).toEqual([]);
});
