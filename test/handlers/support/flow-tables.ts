import { SchemeRunner } from './scheme-runner';
import { toDecimal } from '../../../handlers/domain/money';
import type { TransactionItem } from '../../../handlers/ingest/transaction-item';
import type { PaymentFlow, ProviderSamples } from '../../../handlers/providers/shared/samples/provider-samples';
import { markdownTable } from '../../../projenrc/generate/generated-file';

const NONE = '–';

/** What the events of a flow show in docs/payment-flows.md. */
const COLUMNS: { readonly [heading: string]: (item: TransactionItem) => unknown } = {
  'event': ({ provider_event: name }) => `\`${String(name)}\``,
  'kind': ({ kind }) => kind,
  'amount': ({ amount_minor: minor, exponent, currency }) => minor !== undefined && `${toDecimal(BigInt(minor as bigint), Number(exponent))} ${String(currency)}`,
  'money movement': ({ money_movement: moved }) => moved && '**yes**',
  'reference': ({ reference }) => reference,
  'customer': ({ customer_id: customer }) => customer,
};

/** The flows of a provider as a section of Markdown. */
export async function flowSection(title: string, samples: ProviderSamples): Promise<string> {
  const flows = await Promise.all((samples.flows ?? []).map(async (flow) => `### ${capitalize(flow.name)} (${title})\n\n${await tableOf(flow, samples)}`));
  return [`## ${title}`, ...flows].join('\n\n');
}

async function tableOf({ payloads }: PaymentFlow, samples: ProviderSamples): Promise<string> {
  const runner = new SchemeRunner(samples);
  const items = await Promise.all(payloads.map(async (payload) => runner.items(await runner.sign({ payload }))));
  return markdownTable(Object.keys(COLUMNS), items.flat().map((item) => Object.values(COLUMNS).map((read) => String(read(item) || NONE))));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
