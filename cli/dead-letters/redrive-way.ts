import type { DeadLetter } from './dead-letter';
import { fitsAlone, type EventEntry } from '../../handlers/publish/events/event-entry';
import { Attr, DetailType } from '../../src/private/contract';
import type { OpenItemKey } from '../open/open-transaction';

/** The parts of a system that a redrive delivers to. */
export interface RedriveTargets {
  /** Name or ARN. */
  readonly eventBusName: string;
  /** The source of the system's events. */
  readonly source: string;
  readonly failedRecordsBucket: string;
}

/** The way back of a message into the system. */
export type RedriveWay =
  | { readonly way: 'publish'; readonly entry: EventEntry }
  | { readonly way: 'sweep'; readonly key: OpenItemKey }
  | { readonly way: 'invoke'; readonly objectKey: string }
  | { readonly way: 'none'; readonly reason: string };

const DETAIL_TYPES: readonly string[] = Object.values(DetailType);
const INCOMPLETE_EVENT_STATE = 'OnEvent';
const NOT_A_TRANSACTION = 'an open item is not a transaction';

/** Decides how a message can be redriven. A reason has what to do instead. */
export function redriveWay(letter: DeadLetter, targets: RedriveTargets): RedriveWay {
  switch (letter.origin) {
    case 'transaction-workflow':
      return workflowWay(letter, targets);
    case 'sweep':
      return sweepWay(letter);
    case 'stream-batch':
      return letter.batch!.bucket === targets.failedRecordsBucket
        ? { way: 'invoke', objectKey: letter.batch!.key }
        : none('its object is in another bucket than that of the failed batches');
    case 'rule':
      return ruleWay(letter, targets);
    case 'event-relay':
      return none('the record can never be published: read the item, and see the error');
    default:
      return none('the message has no known form: read it with `dlq show`');
  }
}

function workflowWay({ state, event, keys, sentAt }: DeadLetter, targets: RedriveTargets): RedriveWay {
  if (state === INCOMPLETE_EVENT_STATE) {
    return none('an incomplete event was published: the workflow would fail again');
  }
  if (!event || !keys) {
    return none('the message has no event of a transaction');
  }
  return entryWay(targets, DetailType.RECEIVED, event, timeOf(event.received_at, sentAt));
}

function sweepWay({ error, keys }: DeadLetter): RedriveWay {
  if (error === NOT_A_TRANSACTION) {
    return none('the item is not a transaction: check who can write to the table');
  }
  return keys
    ? { way: 'sweep', key: { [Attr.TRANSACTION_ID]: { S: keys[Attr.TRANSACTION_ID].S! }, [Attr.TIMESTAMP]: { S: keys[Attr.TIMESTAMP].S! } } }
    : none('the message has no key of an item');
}

function ruleWay({ undelivered, sentAt }: DeadLetter, targets: RedriveTargets): RedriveWay {
  const { source, detailType, detail, time } = undelivered!;
  if (source !== targets.source) {
    return none(`its event is from the source ${source}, and not from this system`);
  }
  return DETAIL_TYPES.includes(detailType)
    ? entryWay(targets, detailType as EventEntry['DetailType'], detail, timeOf(time, sentAt))
    : none(`its event has the detail type ${detailType}, which is not one of this system`);
}

function entryWay({ eventBusName, source }: RedriveTargets, type: EventEntry['DetailType'], detail: object, time: Date): RedriveWay {
  const entry = { EventBusName: eventBusName, Source: source, DetailType: type, Detail: JSON.stringify(detail), Time: time };
  return fitsAlone(entry) ? { way: 'publish', entry } : none('its event is larger than EventBridge accepts');
}

function timeOf(time: string | undefined, otherwise: Date): Date {
  const parsed = new Date(time ?? '');
  return Number.isNaN(parsed.getTime()) ? otherwise : parsed;
}

function none(reason: string): RedriveWay {
  return { way: 'none', reason };
}
