import type { Observed, TableItem } from '../../local/observe/observations';
import type { BusEvent } from '../../local/observe/taps';
import type { TransactionDetail } from '../../src/private/contract';

/** A stored high-value transaction with its verdict. */
export function assessedItem(eventId = 'evt_1'): TableItem {
  return {
    transaction_id: { S: 'stripe:ch_1' },
    timestamp: { S: `2026-01-01T00:00:00.000Z#${eventId}` },
    record_type: { S: 'transaction' },
    event_id: { S: eventId },
    kind: { S: 'captured' },
    live: { BOOL: true },
    amount_minor: { N: '2500000' },
    exponent: { N: '2' },
    currency: { S: 'USD' },
    event_time: { S: '2026-01-01T00:00:00.000Z' },
    verdict: { S: 'approve' },
    score: { N: '30' },
    reasons: { L: [{ S: 'one (+10)' }, { S: 'another (+20)' }] },
    rule_set: { S: '0123456789ab' },
    assessed_at: { S: '2026-01-01T00:00:02.000Z' },
    closed_at: { S: '2026-01-01T00:00:03.000Z' },
  };
}

/** An event on the bus, with the fields that are compared. */
export function busEvent(eventId: string, detailType = 'transaction.received'): BusEvent {
  return { 'source': 'payments', 'detail-type': detailType, 'detail': { event_id: eventId, alert_text: `High: alert of ${eventId}`, alert_sms: `High. Alert of ${eventId}` } as TransactionDetail };
}

export const NOTHING: Observed = { items: [], busEvents: [], matches: [], alerts: [], changes: [], deadLetters: [] };

/** All observations for a high-value event. */
export function tracesOf(eventId: string): Observed {
  return {
    items: [assessedItem(eventId)],
    busEvents: [busEvent(eventId, 'transaction.assessed'), busEvent(eventId), busEvent(eventId)],
    matches: [{ rule: 'high', event: busEvent(eventId) }, { rule: 'high', event: busEvent(eventId) }],
    alerts: [{ subject: 'High: captured', text: `High: alert of ${eventId}` }],
    changes: ['a', 'b', 'c', 'd'].map((id) => ({ event_id: `${eventId}-${id}`, new_image: { event_id: eventId } })),
    deadLetters: [],
  };
}
