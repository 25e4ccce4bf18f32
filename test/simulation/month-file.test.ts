import { gunzipSync } from 'node:zlib';
import { monthLines, monthFileContent } from './month-file';
import { SHOP_DESIGNS } from './shop-designs';
import { simulatedPayments } from './simulated-payments';
import { paymentEventOf } from '../../cli/backtest/history/event-line';
import type { PaymentEvent } from '../../cli/backtest/history/payment-event';

/** Only the ids of events differ, which no rule reads. */
const withoutEventIds = (events: readonly PaymentEvent[]) => (
  events.map(({ detail: { timestamp, event_id, account, tier, ...detail }, ...event }) => ({ ...event, detail }))
);

test.each(SHOP_DESIGNS)('the lines of a month of the $name are read as its events', ({ generate, difficulties, tiers }) => {
  const events = generate(1, Object.values(difficulties)[0]).slice(-8_000);
  const lines = monthLines(events, tiers).trimEnd().split('\n');

  const read = lines.map((line, index) => paymentEventOf(JSON.parse(line), index + 1)!);

  expect(JSON.parse(JSON.stringify(withoutEventIds(read)))).toEqual(JSON.parse(JSON.stringify(withoutEventIds(simulatedPayments(events, tiers)))));
  expect(read.some(({ label }) => label === 'fraud')).toBe(true);
});

test('a file that ends with .gz is packed', () => {
  expect(gunzipSync(monthFileContent('month.jsonl.gz', '{}\n')).toString()).toBe('{}\n');
  expect(monthFileContent('month.jsonl', '{}\n').toString()).toBe('{}\n');
});
