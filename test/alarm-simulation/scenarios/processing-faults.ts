import { storedTransaction } from '../../handlers/support/items';
import { HIGH_VALUE, paymentWebhook } from '../genuine-webhooks';
import type { Scenario } from '../scenario';
import type { SimulatedSystem } from '../simulated-system';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An authentic transaction that somebody changed by hand: nothing can publish it. */
const UNREADABLE = storedTransaction({ transaction_id: { S: 'stripe:pi_changed' }, kind: undefined, sweep_partition: undefined, sweep_at: undefined });
const DEAD_LETTER = ['dead-letter-arrived', 'dead-letters'];

export const PROCESSING_FAULTS: readonly Scenario[] = [
  {
    fault: 'mapping of the event relay disabled',
    // The sweep publishes the high-value transactions itself.
    rings: ['relay-stopped', 'sweep-republishes'],
    start: ({ relay }) => { relay.isEnabled = false; },
    minutes: 90,
  },
  {
    fault: 'event relay fails at each start',
    rings: ['relay-errors', 'relay-late', 'relay-stopped', 'sweep-stopped', 'archival-stopped'],
    start: ({ faults }) => { faults.relayMisconfigured = true; },
  },
  {
    fault: 'bus refuses events',
    rings: ['relay-late', 'relay-stopped', 'open-too-long'],
    start: ({ faults }) => { faults.bus = 'AccessDeniedException'; },
  },
  {
    fault: 'bus refuses events for 23 hours',
    rings: ['relay-late', 'relay-stopped', 'open-too-long', ...DEAD_LETTER],
    atMaximumAge: DEAD_LETTER,
    start: ({ faults }) => { faults.bus = 'AccessDeniedException'; },
    each: ageBacklog('relay'),
  },
  {
    fault: 'bus refuses events for 23 hours, and so does the bucket for failed records',
    rings: ['relay-late', 'relay-stopped', 'open-too-long', 'relay-records-lost'],
    atMaximumAge: ['relay-records-lost'],
    start: ({ faults }) => { Object.assign(faults, { bus: 'AccessDeniedException', failedRecordsBucketFails: true }); },
    each: ageBacklog('relay'),
  },
  {
    fault: 'rule of the sweep disabled',
    rings: ['relay-stopped', 'sweep-stopped', 'archival-stopped'],
    start: ({ faults }) => { faults.sweepRuleDisabled = true; },
  },
  {
    fault: 'sweep cannot read its index',
    rings: ['sweep-stopped'],
    start: ({ faults }) => { faults.sweepQueriesFail = true; },
  },
  {
    fault: 'mapping of the archival disabled',
    rings: ['archival-stopped'],
    start: ({ archival }) => { archival.isEnabled = false; },
  },
  {
    fault: 'archive refuses objects',
    rings: ['archival-late', 'archival-stopped'],
    start: ({ faults }) => { faults.bucketFails = true; },
  },
  {
    fault: 'archive refuses objects for 23 hours, and so does the bucket for failed records',
    rings: ['archival-late', 'archival-stopped', 'archival-records-lost'],
    atMaximumAge: ['archival-records-lost'],
    start: ({ faults }) => { Object.assign(faults, { bucketFails: true, failedRecordsBucketFails: true }); },
    each: ageBacklog('archival'),
  },
  {
    fault: 'workflow fails',
    rings: ['workflow-failed', 'open-too-long', 'sweep-republishes', ...DEAD_LETTER],
    start: ({ faults }) => { faults.workflow = 'fails'; },
    minutes: 90,
  },
  {
    fault: 'workflow times out',
    rings: ['workflow-timed-out', 'open-too-long', 'sweep-republishes'],
    start: ({ faults }) => { faults.workflow = 'times-out'; },
    minutes: 90,
  },
  {
    fault: 'rule of the high tier does not start the workflow',
    rings: ['open-too-long', 'sweep-republishes'],
    start: ({ faults }) => { faults.workflow = 'not-started'; },
    minutes: 90,
  },
  {
    fault: 'workflow of one transaction times out, and so does each attempt of the sweep',
    rings: ['workflow-timed-out', 'open-too-long', 'awaiting-redrive', ...DEAD_LETTER],
    start: async (system) => {
      system.faults.workflow = 'times-out';
      await system.post('stripe', await paymentWebhook('stripe', { amount: HIGH_VALUE }));
    },
    traffic: { perHour: 4, highEvery: Infinity },
    minutes: 26 * 60,
  },
  {
    fault: 'mapping of the event relay omits new transactions',
    rings: ['sweep-republishes'],
    start: ({ relayFilters }) => { relayFilters.splice(0, 1); },
    traffic: { perHour: 60 },
    minutes: 90,
  },
  {
    fault: 'functions of the account use 85 % of its concurrency',
    rings: ['concurrency'],
    start: ({ faults }) => { faults.claimedConcurrency = 850; },
    minutes: 20,
  },
  {
    fault: 'recipient of alerts does not confirm, or unsubscribes',
    rings: ['alerts-unconfirmed'],
    start: ({ faults }) => { faults.recipientUnconfirmed = true; },
    traffic: { perHour: 4 },
    minutes: 25 * 60,
  },
  {
    fault: 'subscriber refuses alerts',
    rings: ['alerts-not-delivered'],
    start: ({ faults }) => { faults.alertsRefused = true; },
  },
  {
    fault: 'one transaction that the event relay cannot read',
    rings: DEAD_LETTER,
    start: async (system) => system.putItem(UNREADABLE),
  },
];

/** Makes what the first five minutes wrote as old as if the fault had begun 22 hours and 55 minutes ago, so that the scenario is short. */
function ageBacklog(consumer: 'relay' | 'archival'): (system: SimulatedSystem, minute: number) => Promise<void> {
  return async (system, minute) => {
    if (minute === 5) {
      system[consumer].age(22 * HOUR + 55 * MINUTE, system.now);
    }
  };
}
