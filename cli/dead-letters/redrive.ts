import type { Message } from '@aws-sdk/client-sqs';
import type { DeadLetter } from './dead-letter';
import type { DeadLetterFilter } from './dead-letter-groups';
import { listDeadLetters } from './dead-letter-listing';
import type { LeftLetter, PlannedLetter, RedriveParts, RedrivePlan, RedriveResult } from './redrive-plan';
import { describeFailure } from './redrive-ports';
import { redriveWay } from './redrive-way';
import type { EventEntry } from '../../handlers/publish/events/event-entry';
import { publishInOrder } from '../../handlers/publish/events/event-publisher';
import { Attr } from '../../src/private/contract';
import { Pace } from '../aws/pace';
import { slicesOf, QUEUE_BATCH, QueueReader } from '../aws/queue-reader';
import type { SweepQueue } from '../open/sweep-return';

/** Seconds that messages are hidden from others while they are delivered. The reader extends it. */
const HIDDEN_SECONDS = 120;
/** Longer than an invocation of a consumer of the stream. */
const INVOCATION_SECONDS = 400;
/** The groups of messages that are delivered at the same time. */
const PARALLEL = 4;
/** A run stops after so many failures without a success in between: the cause is not fixed. */
const MAX_FAILURES_IN_A_ROW = 30;

type LetterOutcome = { readonly state: 'delivered' } | { readonly state: 'settled' | 'left'; readonly reason: string };

/**
 * Delivers messages of the dead-letter queue again: first the delivery, then its confirmation, and only then the deletion of the
 * message. A run that ends between two of these delivers the message twice, and never loses it.
 *
 * Only messages that were in the queue when the plan was made are delivered. A message that the redrive itself causes, because
 * the cause is not fixed, stays for the next run.
 */
export class DeadLetterRedrive {
  private readonly reader: QueueReader;
  private readonly pace: Pace;
  private readonly left = new Map<string, LeftLetter>();
  private readonly undeleted = new Map<string, { readonly message: Message; readonly way: PlannedLetter['way'] }>();
  private readonly deleted = new Set<string>();
  private readonly published = new Set<string>();
  private readonly objectsLeft: string[] = [];
  private readonly handled = new Set<string>();
  private counts = { delivered: 0, settled: 0 };
  private failuresInARow = 0;
  private failure?: string;

  constructor(private readonly parts: RedriveParts) {
    const { sqs, queueUrl, clock, rate } = parts;
    this.reader = new QueueReader({ client: sqs, queueUrl, hiddenSeconds: HIDDEN_SECONDS }, () => clock.now().getTime());
    this.pace = new Pace(rate, clock);
  }

  /** Reads the queue, and decides for each message. Changes nothing. */
  public async plan(filter: DeadLetterFilter, onProgress?: (read: number) => void): Promise<RedrivePlan> {
    const { sqs: client, queueUrl, signal, targets } = this.parts;
    const listing = await listDeadLetters({ client, queueUrl, signal }, filter, onProgress);
    const planned: PlannedLetter[] = [];
    const left: LeftLetter[] = [];
    for (const letter of listing.letters) {
      const way = redriveWay(letter, targets);
      if (way.way === 'none') {
        left.push({ letter, reason: way.reason });
      } else {
        planned.push({ letter, way });
      }
    }
    return { listing, planned, left };
  }

  /** Delivers the messages of a plan. */
  public async run(plan: RedrivePlan): Promise<RedriveResult> {
    const planned = new Map(plan.planned.map((each) => [each.letter.id, each]));
    plan.left.forEach((each) => this.left.set(each.letter.id, each));
    try {
      if (planned.size > 0) {
        await this.deliverAll(planned);
      }
      await this.deleteAgain();
    } finally {
      await this.reader.release();
    }
    return {
      ...this.counts,
      left: [...this.left.values()],
      deleted: this.deleted,
      undeleted: this.undeleted.size,
      notReached: planned.size - this.handled.size,
      objectsLeft: this.objectsLeft,
      failure: this.failure,
      isInterrupted: this.parts.signal.aborted,
    };
  }

  private async deliverAll(planned: ReadonlyMap<string, PlannedLetter>): Promise<void> {
    try {
      for await (const messages of this.reader.read()) {
        const groups = [...slicesOf(messages.filter(({ MessageId: id }) => planned.has(id!)), QUEUE_BATCH)];
        for (const parallel of slicesOf(groups, PARALLEL)) {
          const running: Promise<void>[] = [];
          for (const group of parallel) {
            if (await this.canStart(group.length)) {
              running.push(this.redriveGroup(group, planned));
            }
          }
          await Promise.all(running);
          this.parts.onProgress(this.handled.size, planned.size);
        }
        if (this.isEnding || this.handled.size === planned.size) {
          return;
        }
      }
    } catch (error) {
      this.failure ??= describeFailure(error);
    }
  }

  private get isEnding(): boolean {
    return this.parts.signal.aborted || this.failure !== undefined;
  }

  /** Waits for the rate. An interruption ends the wait. */
  private async canStart(count: number): Promise<boolean> {
    if (!this.isEnding) {
      await this.pace.take(count).catch(() => undefined);
    }
    return !this.isEnding;
  }

  /** Never throws: groups run at the same time, and each must report what it did. */
  private async redriveGroup(received: readonly Message[], planned: ReadonlyMap<string, PlannedLetter>): Promise<void> {
    try {
      const messages = await this.reader.keep(received);
      const group = messages.map((message) => ({ ...planned.get(message.MessageId!)!, message }));
      const outcomes = new Map<string, LetterOutcome>([
        ...await this.publish(group),
        ...await this.handBack(group),
      ]);
      group.forEach(({ letter }) => this.handled.add(letter.id));
      await this.remove(group, outcomes);
    } catch (error) {
      this.failure ??= describeFailure(error);
    }
  }

  /** Publishes each event once, also if several messages are about it: both branches of a workflow can fail. */
  private async publish(group: readonly PlannedLetter[]): Promise<[string, LetterOutcome][]> {
    const events = group.flatMap(({ letter, way }) => (
      way.way === 'publish' ? [{ letter, entry: way.entry, identity: eventIdentity(letter, way.entry) }] : []
    ));
    const first = events.filter(({ identity }, index) => (
      !this.published.has(identity) && events.findIndex((each) => each.identity === identity) === index
    ));
    const { putEntries, clock: { sleep } } = this.parts;
    const results = await publishInOrder(first.map(({ entry }) => entry), { put: putEntries, sleep, random: Math.random });
    const errors = new Map<string, string>();
    results.forEach((result, index) => {
      if (result.state === 'published') {
        this.published.add(first[index].identity);
      } else {
        const reason = 'error' in result ? `: ${result.error}` : ', because another one failed';
        errors.set(first[index].identity, `its event was not published${reason}`);
      }
    });
    return events.map(({ letter, identity }) => [
      letter.id, this.published.has(identity) ? { state: 'delivered' } : { state: 'left', reason: errors.get(identity)! },
    ]);
  }

  /** Gives transactions back to the sweep, and batches to their consumer. */
  private async handBack(group: readonly (PlannedLetter & { readonly message: Message })[]): Promise<[string, LetterOutcome][]> {
    return Promise.all(group.flatMap(({ letter, way, message }) => {
      switch (way.way) {
        case 'sweep':
          return [this.returnToSweep(way.key).then((outcome): [string, LetterOutcome] => [letter.id, outcome])];
        case 'invoke':
          return [this.redeliver(way.objectKey, message).then((outcome): [string, LetterOutcome] => [letter.id, outcome])];
        default:
          return [];
      }
    }));
  }

  private async returnToSweep(key: Parameters<SweepQueue['return']>[0]): Promise<LetterOutcome> {
    const { sweepQueue, config, clock } = this.parts;
    try {
      const result = await sweepQueue.return(key, { config, now: clock.now().getTime(), includesOpen: false });
      return result.outcome === 'returned'
        ? { state: 'delivered' }
        : { state: result.outcome === 'settled' ? 'settled' : 'left', reason: result.reason };
    } catch (error) {
      return { state: 'left', reason: describeFailure(error) };
    }
  }

  private async redeliver(objectKey: string, message: Message): Promise<LetterOutcome> {
    let failure: string | undefined;
    try {
      const [mine] = await this.reader.keep([message], INVOCATION_SECONDS);
      failure = mine ? await this.parts.batches.redeliver(objectKey) : 'another receiver has the message';
    } catch (error) {
      failure = describeFailure(error);
    }
    return failure === undefined ? { state: 'delivered' } : { state: 'left', reason: failure };
  }

  /** Deletes what was delivered. An object of a batch comes last: without it, its message could not be redriven. */
  private async remove(
    group: readonly (PlannedLetter & { readonly message: Message })[], outcomes: ReadonlyMap<string, LetterOutcome>,
  ): Promise<void> {
    const finished = group.filter(({ letter }) => outcomes.get(letter.id)!.state !== 'left');
    for (const { letter } of group) {
      const outcome = outcomes.get(letter.id)!;
      if (outcome.state === 'left') {
        this.left.set(letter.id, { letter, reason: outcome.reason });
      } else {
        this.left.delete(letter.id);
        this.counts[outcome.state] += 1;
      }
    }
    this.failuresInARow = finished.length > 0 ? 0 : this.failuresInARow + group.length;
    if (this.failuresInARow > MAX_FAILURES_IN_A_ROW) {
      this.failure ??= `${this.failuresInARow} messages in a row could not be delivered. Fix the cause first.`;
    }
    finished.forEach(({ letter, message, way }) => this.undeleted.set(letter.id, { message, way }));
    const failed = finished.length > 0 ? await this.reader.delete(finished.map(({ message }) => message)) : new Set<string>();
    await this.forget(finished.map(({ letter }) => letter.id).filter((id) => !failed.has(id)));
  }

  /** The messages are deleted. */
  private async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const { way } = this.undeleted.get(id)!;
      this.undeleted.delete(id);
      this.deleted.add(id);
      await this.removeObject(way);
    }
  }

  private async removeObject(way: PlannedLetter['way']): Promise<void> {
    if (way.way === 'invoke') {
      await this.parts.batches.remove(way.objectKey).catch(() => this.objectsLeft.push(way.objectKey));
    }
  }

  /** Tries once more to delete delivered messages, because the next run would deliver them again. */
  private async deleteAgain(): Promise<void> {
    if (this.undeleted.size > 0) {
      const failed = await this.reader.delete([...this.undeleted.values()].map(({ message }) => message)).catch(() => new Set(this.undeleted.keys()));
      await this.forget([...this.undeleted.keys()].filter((id) => !failed.has(id)));
    }
  }
}

/** An event on the bus. A message without the key of a transaction is an event of its own. */
function eventIdentity({ id, keys }: DeadLetter, { DetailType: type }: EventEntry): string {
  return keys ? `${type} ${keys[Attr.TRANSACTION_ID].S} ${keys[Attr.TIMESTAMP].S}` : id;
}
