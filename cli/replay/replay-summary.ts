import type { ReplayResult } from './replay-publisher';
import { countsByProviderAndTier, type ReplayPlan } from './replayed-events';
import { alignedRows, countOf } from '../terminal/aligned-rows';
import { visibleText } from '../terminal/visible-text';

/** What a replay publishes, as lines. */
export function replayPlanLines({ events, unreadable, erased }: ReplayPlan): string[] {
  return [
    `${countOf(events.length, 'event')} to publish again${events.length > 0 ? ':' : '.'}`,
    ...alignedRows(countsByProviderAndTier(events).map(({ provider, tier, type, events: count }) => [
      `${visibleText(provider)}, ${tier === 'none' ? 'no tier' : tier}, ${type}`, count.toLocaleString('en-US'),
    ])),
    ...erased > 0 ? [`${countOf(erased, 'erased transaction')} left out.`] : [],
    ...unreadable.map(({ transactionId, timestamp, error }) => `No event can be made of ${visibleText(transactionId)} ${visibleText(timestamp)}: ${visibleText(error)}`),
  ];
}

/** What a replay has published, as lines. If it stopped, the last one says how to continue. */
export function resultLinesOf({ published, rejected, next, error }: ReplayResult, { events }: ReplayPlan, isOfTime: boolean): string[] {
  const reason = error === undefined ? '' : `: ${visibleText(error)}`;
  const again = isOfTime ? ` with --since ${next?.receivedAt}` : '';
  return [
    ...rejected.map(({ event, error: cause }) => `The bus does not accept ${visibleText(event.transactionId)} ${visibleText(event.timestamp)}: ${visibleText(cause)}`),
    next === undefined
      ? `Published ${countOf(published, 'event')}.`
      : `Stopped after ${published.toLocaleString('en-US')} of ${countOf(events.length, 'event')}${reason}. To continue, run the command again${again}.`,
  ];
}

/** The plan and the result as JSON. Without a result, nothing was published. */
export function replayJson({ events, unreadable, erased }: ReplayPlan, result?: ReplayResult): object {
  return {
    planned: countsByProviderAndTier(events),
    erased,
    unreadable: unreadable.map(({ transactionId, timestamp, error }) => ({ transaction_id: transactionId, timestamp, error })),
    ...result && {
      published: result.published,
      rejected: result.rejected.map(({ event, error }) => ({ transaction_id: event.transactionId, timestamp: event.timestamp, error })),
      error: result.error,
      continue_since: result.next?.receivedAt,
    },
  };
}
