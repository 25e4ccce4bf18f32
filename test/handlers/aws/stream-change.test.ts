import { toChange } from '../../../handlers/aws/stream-change';
import { insertion, sequenceNumber } from '../support/items';

describe('toChange', () => {
  test('flattens a record', () => {
    const record = insertion(7);

    const change = toChange(record);

    expect(change).toEqual({
      eventId: 'change-7',
      eventName: 'INSERT',
      sequenceNumber: sequenceNumber(7),
      changedAt: new Date('2025-03-04T05:06:14.000Z'),
      keys: { transaction_id: { S: 'stripe:pi_7' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } },
      newImage: record.dynamodb!.NewImage,
      oldImage: undefined,
    });
  });

  test('accepts an empty record', () => {
    expect(toChange({})).toEqual({ eventId: '', eventName: '', sequenceNumber: '', keys: {} });
    expect(toChange({ dynamodb: {} }).keys).toEqual({});
  });
});
