import type { StoredItem } from './stored-item';

/** The part of Lambda's stream record that is read here. */
export interface StreamRecord {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly dynamodb?: {
    readonly ApproximateCreationDateTime?: number;
    readonly SequenceNumber?: string;
    readonly Keys?: StoredItem;
    readonly NewImage?: StoredItem;
    readonly OldImage?: StoredItem;
  };
}

/** One change of one item. */
export interface StreamChange {
  readonly eventId: string;
  readonly eventName: string;
  /** Empty if a record lacks it. Reported as a failure, it makes Lambda retry the whole batch. */
  readonly sequenceNumber: string;
  /** To the second, from the stream. */
  readonly changedAt?: Date;
  readonly keys: StoredItem;
  readonly newImage?: StoredItem;
  readonly oldImage?: StoredItem;
}

/** Flattens a stream record. In its type, everything is optional. */
export function toChange({ eventID = '', eventName = '', dynamodb = {} }: StreamRecord): StreamChange {
  const { ApproximateCreationDateTime: seconds, SequenceNumber = '', Keys = {}, NewImage, OldImage } = dynamodb;
  return {
    eventId: eventID,
    eventName,
    sequenceNumber: SequenceNumber,
    changedAt: seconds === undefined ? undefined : new Date(seconds * 1000),
    keys: Keys,
    newImage: NewImage,
    oldImage: OldImage,
  };
}
