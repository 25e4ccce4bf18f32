import { SchemeRunner } from './scheme-runner';
import type { ProviderSamples } from '../../../handlers/providers/shared/samples/provider-samples';

const PAYMENTS: readonly unknown[] = ['authorized', 'captured'];

/** Whether the disputes in a provider's flows have the transaction id of the payment, so that they label it. */
export async function labelsOfDisputes(samples: ProviderSamples): Promise<string> {
  const runner = new SchemeRunner(samples);
  const payloads = (samples.flows ?? []).flatMap((flow) => flow.payloads);
  const movements = (await Promise.all(payloads.map(async (payload) => runner.items(await runner.sign({ payload }))))).flat()
    .filter((item) => item.money_movement);
  const payments = new Set(movements.filter(({ kind }) => PAYMENTS.includes(kind)).map((item) => item.transaction_id));
  const disputes = movements.filter(({ kind }) => kind === 'disputed').map((item) => payments.has(item.transaction_id));
  if (disputes.length === 0) {
    return '–';
  }
  return disputes.every(Boolean) ? 'all' : disputes.some(Boolean) ? 'some' : 'none';
}
