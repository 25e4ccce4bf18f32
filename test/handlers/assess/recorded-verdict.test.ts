import { recordedVerdict } from '../../../handlers/assess/recorded-verdict';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { ASSESSMENT, storedTransaction } from '../support/items';

const read = (overrides: Parameters<typeof storedTransaction>[0]) => recordedVerdict(storedTransaction(overrides) as StoredItem);

test('reads the verdict with its rules', () => {
  expect(read(ASSESSMENT)).toEqual({
    verdict: 'review', score: 40, reasons: ['amount 12,345.67 EUR is over 10,000 (+40)'], rule_set: '0123456789ab',
  });
});

test('is undefined without a verdict, and after an erasure, which keeps the verdict alone', () => {
  expect(read({})).toBeUndefined();
  expect(read({ verdict: { S: 'review' }, erased_at: { S: '2025-03-05T00:00:00.000Z' } })).toBeUndefined();
});

test.each(['verdict', 'score', 'reasons', 'rule_set'])('rejects a verdict whose %s cannot be read', (attribute) => {
  expect(() => read({ ...ASSESSMENT, [attribute]: attribute === 'verdict' ? { S: 'perhaps' } : undefined }))
    .toThrow(`the attribute ${attribute} is missing or not as expected`);
});
