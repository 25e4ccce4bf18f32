import type { PublishedEvent } from './aws-services';
import type { StoredItem } from '../../handlers/aws/stored-item';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import { DetailType } from '../../src/private/contract';

/** The events that a stream must cause, as the keys of `keyOfEvent`. Items without a kind cannot be published. */
export function expectedEvents(stream: readonly StreamRecord[]): string[] {
  return stream.flatMap(({ eventName, dynamodb }) => {
    const { NewImage: item, OldImage: before } = dynamodb!;
    if (item?.record_type?.S !== 'transaction' || !item.kind) {
      return [];
    }
    if (eventName === 'INSERT') {
      return [keyOf(DetailType.RECEIVED, item)];
    }
    return item.verdict && !before!.verdict
      ? [keyOf(DetailType.ASSESSED, item), ...item.verdict.S === 'block' ? [keyOf(DetailType.BLOCKED, item)] : []]
      : [];
  });
}

export function keyOfEvent({ DetailType: type, Detail }: PublishedEvent): string {
  const { transaction_id: id, timestamp } = JSON.parse(Detail) as { readonly transaction_id: string; readonly timestamp: string };
  return `${type} ${id} ${timestamp}`;
}

function keyOf(type: string, { transaction_id: id, timestamp }: StoredItem): string {
  return `${type} ${id.S} ${timestamp.S}`;
}

/** How many of the expected values are missing, and how many values there are more than distinct ones. */
export function compare(expected: readonly string[], found: readonly string[]): { readonly missing: number; readonly duplicates: number } {
  const distinct = new Set(found);
  return { missing: expected.filter((value) => !distinct.has(value)).length, duplicates: found.length - distinct.size };
}
