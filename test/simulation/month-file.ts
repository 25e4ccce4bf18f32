import { gzipSync } from 'node:zlib';
import type { LabeledEvent } from './labeled-event';
import { simulatedPayments } from './simulated-payments';
import type { PaymentEvent } from '../../cli/backtest/history/payment-event';
import type { TierConfig } from '../../src/private/contract';

const FIELDS = ['kind', 'amount_minor', 'currency', 'event_time', 'provider', 'customer_id', 'country', 'card_country', 'card_bin', 'card_fingerprint', 'email_domain'] as const;

/** The events as a file that `cdk-webhooks backtest` and `fit` read. */
export function monthLines(events: readonly LabeledEvent[], tiers: TierConfig): string {
  return simulatedPayments(events, tiers).map((event) => `${JSON.stringify(lineOf(event))}\n`).join('');
}

/** The content of a file with this name. */
export function monthFileContent(name: string, text: string): Buffer {
  return name.endsWith('.gz') ? gzipSync(text) : Buffer.from(text);
}

function lineOf({ detail, label, labeledAt }: PaymentEvent): object {
  return {
    // The command adds the provider again.
    transaction_id: detail.transaction_id.slice(detail.provider.length + 1),
    ...Object.fromEntries(FIELDS.map((field) => [field, field === 'amount_minor' ? Number(detail.amount_minor) : detail[field]])),
    label,
    label_time: labeledAt,
  };
}
