import { Icon, IconTrack, TierIcon } from './icon';
import type { ConsoleTransaction } from '../model/console-transaction';
import { travelOf, travelStateOf, type TravelStepState } from '../model/travel';
import { shownText } from '../view/shown-text';
import { clockTime, fullTime, relativeTime } from '../view/time-text';

/** Text that somebody else chose. The direction of its characters does not change what is around it. */
export function Outside({ text }: { readonly text: string }) {
  return <bdi>{shownText(text)}</bdi>;
}

export function Time({ time, now, isLong }: { readonly time: string; readonly now: number; readonly isLong?: boolean }) {
  return (
    <time dateTime={time} title={fullTime(time)}>
      <span class="clock">{isLong ? fullTime(time) : clockTime(time, now)}</span> <span class="ago">{relativeTime(time, now)}</span>
    </time>
  );
}

export function Amount({ transaction: { amount, currency } }: { readonly transaction: ConsoleTransaction }) {
  return amount === undefined
    ? <span class="quiet">no amount</span>
    : <span class="amount"><span class="digits">{amount}</span> <span class="currency">{currency === 'XXX' ? '???' : currency}</span></span>;
}

export function TierMark({ tier }: { readonly tier: string | undefined }) {
  return tier === undefined ? <span class="quiet">-</span> : <span class={`mark tier-${tier}`}><TierIcon tier={tier} />{tier}</span>;
}

export function VerdictMark({ verdict }: { readonly verdict: ConsoleTransaction['verdict'] }) {
  return verdict === undefined ? <span class="quiet">-</span> : <span class={`mark verdict-${verdict}`}><Icon name={verdict} />{verdict}</span>;
}

/** What a dispute or a person recorded. */
export function LabelMark({ label }: { readonly label: ConsoleTransaction['label'] }) {
  return label === undefined ? <span class="quiet">-</span> : <span class={`mark label-${label}`}>{label}</span>;
}

export function StateMark({ transaction, now }: { readonly transaction: ConsoleTransaction; readonly now: number }) {
  const state = travelStateOf(transaction, now);
  return <span class={`mark state-${state.replace(' ', '-')}`}><Icon name={state} />{state}</span>;
}

const STATE_WORDS: { readonly [state in TravelStepState]: string } = {
  done: 'done', waiting: 'waiting', failed: 'failed', skipped: 'does not apply', unseen: 'not recorded',
};

/** The steps as a row of signs. A screen reader gets them as one text. */
export function Track({ transaction }: { readonly transaction: ConsoleTransaction }) {
  const parts = travelOf(transaction);
  const label = parts.map(({ step, state }) => `${step}: ${STATE_WORDS[state]}`).join(', ');
  return (
    <span class="track" role="img" aria-label={label} title={label}><IconTrack names={parts.map(({ state }) => state)} /></span>
  );
}

export function stepWord(state: TravelStepState): string {
  return STATE_WORDS[state];
}
