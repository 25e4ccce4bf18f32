import { gzipSync } from 'node:zlib';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { normalizeMapped } from '../../../handlers/providers/shared/mapped-transaction';
import { toAssessedDetail, toTransactionDetail } from '../../../handlers/publish/events/detail';
import { withBody } from '../../../handlers/publish/events/event-body';
import { canonicalSchema } from '../../../projenrc/generate/render-schemas';
import { CARRIED_FIELDS, MAX_BODY_BYTES, type Field } from '../../../src/private/contract';
import { FIELDS } from '../../../src/private/contract/fields';
import { ASSESSMENT, DETAIL_CONFIG, TIERS, storedTransaction } from '../../handlers/support/items';

const fields = Object.entries<Field>(FIELDS).map(([name, field]) => ({ name, ...field }));
const namesWhere = (isIncluded: (field: Field) => boolean) => fields.filter(isIncluded).map(({ name }) => name).sort();
const storedNames = namesWhere(({ stored }) => stored === 'always' || stored === 'if-stated');
/** Below the high tier and assessed, so that it has every field. */
const SUSPICIOUS = { ...DETAIL_CONFIG, tiers: { medium: 1_000, high: 1e6 }, scope: { below: 'suspicious', declines: 1, windowSeconds: 60 } } as const;
const detailOf = (item: Readonly<Record<string, unknown>>) => toAssessedDetail(item as never, SUSPICIOUS);

/** A body with a unique value for each carried field, with the paths to them. */
const VALUES = { 'text': 'a text', 'identifier': 'id-1', 'country': 'DE', 'card-bin': '424242', 'email-domain': 'someone@mail.example', 'email-hash': '0123abcd', 'risk-score': 42, 'risk-level': 'elevated', 'three-d-secure': 'authenticated' };
const PATHS = Object.fromEntries(CARRIED_FIELDS.map(({ path }) => [path, `data.${path}`]));
const BODY = { amount: 1250000, currency: 'EUR', at: '2026-01-31T12:00:00Z', meta: { cart: 'cart-7' }, data: Object.fromEntries(CARRIED_FIELDS.map(({ path, type }) => [path, VALUES[type]])) };
const mapped = normalizeMapped(Buffer.from(JSON.stringify(BODY)), {
  ...PATHS, amount: 'amount', currency: 'currency', eventTime: 'at', metadata: 'meta', metadataKeys: ['cart'],
});

const item = transactionItem({
  provider: { name: 'shop', scheme: 'hmac', secretArns: [] }, normalized: mapped, rawBody: Buffer.from('{}'), receivedAt: new Date(), tiers: TIERS, fetched: true,
});

describe('a field', () => {
  test('has a schema if it is published', () => {
    expect(namesWhere(({ published, schema }) => (published !== undefined) !== (schema !== undefined))).toEqual([]);
  });

  test('that webhooks contain is stored by the validator, and users can map it in their own formats', () => {
    const internal = namesWhere(({ stored }) => stored === 'internal');

    expect(Object.keys(item).filter((name) => !internal.includes(name)).sort()).toEqual(storedNames);
  });

  test('is published as the table says', () => {
    const stored = (bytes: Buffer) => storedTransaction({ ...ASSESSMENT, body: { B: gzipSync(bytes) } }) as StoredItem;
    const bodies = [Buffer.from('{}'), Buffer.from([0xff]), Buffer.alloc(MAX_BODY_BYTES)].map(stored);
    const details = bodies.map((each) => withBody(detailOf(each), each));

    expect([...new Set(details.flatMap((detail) => Object.keys(detail)))].sort()).toEqual(namesWhere(({ published }) => published !== undefined));
    expect(Object.keys(detailOf(bodies[0])).sort()).toEqual(namesWhere(({ published }) => published !== undefined && published !== 'with-body'));
  });

  test('is part of the stored transaction that the tests use', () => {
    const { body, ...expected } = Object.fromEntries(storedNames.map((name) => [name, true]));

    expect(body).toBe(true);
    expect(Object.keys(expected).filter((name) => !Object.hasOwn(storedTransaction(), name))).toEqual([]);
    expect(Object.keys(ASSESSMENT).sort()).toEqual(namesWhere(({ stored }) => stored === 'with-verdict'));
  });

  test('is part of the canonical schema\'s example', () => {
    const { examples: [example] } = canonicalSchema() as { examples: [object] };

    expect(Object.keys(example).sort()).toEqual(namesWhere(({ canonical }) => canonical !== undefined));
  });

  test('with personal data is not in an alert', () => {
    const personal = namesWhere(({ personal: isPersonal, published }) => isPersonal === true && published !== undefined);
    const secret = Object.fromEntries(personal.map((name) => [name, { S: `planted-${name}` }]));
    const { alert_subject, alert_text, alert_sms } = detailOf(storedTransaction({ ...ASSESSMENT, ...secret }));
    const received = toTransactionDetail(storedTransaction(secret) as never, DETAIL_CONFIG);

    expect(personal).toEqual(['body', 'body_base64', 'card_bin', 'card_fingerprint', 'email_domain', 'email_hash']);
    expect([alert_subject, alert_text, alert_sms, received.alert_subject, received.alert_text, received.alert_sms].join('\n')).not.toContain('planted');
  });
});
