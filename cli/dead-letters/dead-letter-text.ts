import type { DeadLetter } from './dead-letter';
import { adviceFor, groupDeadLetters } from './dead-letter-groups';
import type { DeadLetterListing } from './dead-letter-listing';
import type { LeftLetter, RedrivePlan, RedriveResult } from './redrive-plan';
import type { RedriveWay } from './redrive-way';
import { executionLink } from '../../handlers/alerts/console-links';
import { Attr, type TransactionDetail } from '../../src/private/contract';
import { alignedRows, countOf } from '../terminal/aligned-rows';
import { textColumns } from '../terminal/text-columns';
import { spanText } from '../terminal/time-span';
import { visibleJson, visibleStart, visibleText } from '../terminal/visible-text';

const MAX_ERROR = 80;
const MAX_CAUSE = 1_000;
/** Messages that stay are listed up to this number. */
const MAX_LEFT = 20;
/** An execution ends at most so much earlier than it sends its message. The link needs a start that is not later. */
const EXECUTION_MS = 240_000;

const WAYS: { readonly [way in RedriveWay['way']]: string } = {
  publish: 'publish the event again',
  sweep: 'give the transaction back to the sweep',
  invoke: 'invoke the consumer of the stream with the batch',
  none: 'leave it in the queue',
};

/** The messages by origin and error, with what to do. */
export function listingLines(listing: DeadLetterListing, now: Date): string[] {
  const groups = groupDeadLetters(listing.letters);
  if (groups.length === 0) {
    return [listing.read > 0 ? `No message of ${countOf(listing.read, 'message')} matches.` : 'No messages.', ...hiddenLines(listing)];
  }
  const rows = groups.map(({ letters, oldest, origin, error }, index) => [
    String(index + 1), letters.length.toLocaleString('en-US'), spanText(now.getTime() - oldest.getTime()), origin, visibleStart(error, MAX_ERROR), visibleText(letters[0].id),
  ]);
  return [
    `At least ${countOf(listing.letters.length, 'message')}:`,
    ...textColumns(['#', 'count', 'oldest', 'origin', 'error', 'one of them'], rows),
    'What to do:',
    ...alignedRows(groups.map(({ advice }, index) => [String(index + 1), advice])),
    ...hiddenLines(listing),
  ];
}

export function listingJson(listing: DeadLetterListing): object {
  return {
    at_least: listing.letters.length,
    read: listing.read,
    hidden: listing.unread.hidden,
    groups: groupDeadLetters(listing.letters).map(({ origin, error, letters, oldest, advice }) => ({
      origin, error, count: letters.length, oldest: oldest.toISOString(), advice, message_ids: letters.map(({ id }) => id),
    })),
  };
}

function hiddenLines({ unread }: DeadLetterListing): string[] {
  return unread.hidden > 0
    ? [`${countOf(unread.hidden, 'message')} hidden: another receiver has them, or a run that ended early. They appear again within minutes.`]
    : [];
}

/** One message. The raw body of a webhook is shown only if it is wanted. */
export function letterLines(letter: DeadLetter, withBody: boolean): string[] {
  const { keys, cause, execution } = letter;
  const id = keys?.[Attr.TRANSACTION_ID].S;
  const rows: (readonly [string, string | undefined])[] = [
    ['Message', letter.id],
    ['Sent', letter.sentAt.toISOString()],
    ['Received', countOf(letter.receiveCount, 'time')],
    ['Origin', letter.origin],
    ['Error', letter.error],
    ['Cause', cause && visibleStart(cause, MAX_CAUSE)],
    ['Transaction', id],
    ['Timestamp', keys?.[Attr.TIMESTAMP].S],
    ['Execution', execution],
    ['Link', linkOf(letter)],
    ['Object', letter.batch && `s3://${letter.batch.bucket}/${letter.batch.key}`],
    ['What to do', adviceFor(letter)],
  ];
  return [
    ...alignedRows(rows.flatMap(([label, value]) => value === undefined ? [] : [[label, visibleText(value)] as const]), ''),
    ...letter.event ? ['Event', visibleJson(shownEvent(letter.event, withBody))] : [],
    ...withBody && !letter.event ? ['Body', visibleText(letter.message.Body!)] : [],
  ];
}

export function letterJson(letter: DeadLetter, withBody: boolean): object {
  const { id, sentAt, receiveCount, origin, error, cause, state, execution, event, batch, keys } = letter;
  return {
    message_id: id,
    sent_at: sentAt.toISOString(),
    receive_count: receiveCount,
    origin,
    error,
    cause,
    state,
    execution,
    link: linkOf(letter),
    transaction_id: keys?.[Attr.TRANSACTION_ID].S,
    timestamp: keys?.[Attr.TIMESTAMP].S,
    object: batch,
    advice: adviceFor(letter),
    event: event && shownEvent(event, withBody),
    body: withBody && !event ? letter.message.Body : undefined,
  };
}

function linkOf({ execution, sentAt }: DeadLetter): string | undefined {
  return execution?.startsWith('arn:')
    ? executionLink({ tableName: '', execution, startedAt: new Date(sentAt.getTime() - EXECUTION_MS).toISOString() })
    : undefined;
}

function shownEvent({ body, body_base64: base64, ...event }: Partial<TransactionDetail>, withBody: boolean): object {
  const raw = body ?? base64;
  return withBody || raw === undefined ? { ...event, body, body_base64: base64 } : { ...event, body: `(${countOf(raw.length, 'character')}, --body shows it)` };
}

/** What a redrive would do. */
export function planLines({ listing, planned, left }: RedrivePlan): string[] {
  const ways = (['publish', 'sweep', 'invoke'] as const).map((way) => [way, planned.filter((each) => each.way.way === way).length] as const);
  return [
    ...ways.filter(([, count]) => count > 0).map(([way, count]) => `${countOf(count, 'message')}: ${WAYS[way]}`),
    ...planned.length === 0 ? ['No message can be redriven.'] : [],
    ...leftLines(left),
    ...hiddenLines(listing),
  ];
}

export function planJson({ listing, planned, left }: RedrivePlan): object {
  return {
    read: listing.read,
    hidden: listing.unread.hidden,
    planned: planned.map(({ letter, way }) => ({ message_id: letter.id, origin: letter.origin, error: letter.error, way: way.way })),
    left: left.map(leftJson),
  };
}

/** What a redrive did. */
export function redriveLines(result: RedriveResult): string[] {
  const { delivered, settled, left, undeleted, notReached, objectsLeft, failure } = result;
  return [
    `${countOf(delivered, 'message')} delivered and deleted.`,
    ...settled > 0 ? [`${countOf(settled, 'message')} deleted: their transactions are closed, or with the sweep.`] : [],
    ...leftLines(left),
    ...undeleted > 0 ? [`${countOf(undeleted, 'delivered message')} could not be deleted: the next run delivers them again.`] : [],
    ...notReached > 0 ? [`${countOf(notReached, 'message')} not reached: run the command again.`] : [],
    ...objectsLeft.map((key) => `Delivered, but not deleted from the bucket: ${visibleText(key)}`),
    ...failure === undefined ? [] : [`Stopped: ${visibleText(failure)}`],
  ];
}

export function redriveJson({ left, ...result }: RedriveResult): object {
  const { delivered, settled, undeleted, notReached, objectsLeft, failure, isInterrupted } = result;
  return {
    delivered, settled, undeleted, not_reached: notReached, objects_left: objectsLeft, failure, interrupted: isInterrupted, left: left.map(leftJson),
  };
}

function leftLines(left: readonly LeftLetter[]): string[] {
  if (left.length === 0) {
    return [];
  }
  const rest = left.length - MAX_LEFT;
  return [
    `${countOf(left.length, 'message')} left in the queue:`,
    ...alignedRows(left.slice(0, MAX_LEFT).map(({ letter, reason }) => [visibleText(letter.id), `${letter.origin}: ${visibleText(reason)}`])),
    ...rest > 0 ? [`  and ${rest.toLocaleString('en-US')} more (--json lists all)`] : [],
  ];
}

function leftJson({ letter, reason }: LeftLetter): object {
  return { message_id: letter.id, origin: letter.origin, error: letter.error, reason };
}
