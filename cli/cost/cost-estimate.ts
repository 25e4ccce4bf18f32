import Table from 'cli-table3';
import { billOf, usdOf, type Line, type Section } from './monthly-bill';
import type { Deployment } from './priced-deployment';
import { costOf, PRICES_AS_OF, REGION } from './prices';
import { measurementsOf, sharesOf } from './webhook-mix';
import { ASSUMPTIONS, SHARES } from './workload';

const MILLION = 1_000_000;
const COST_PAGE = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/cost.md';

/** What the user expects of a month. */
export interface ExpectedMonth {
  readonly webhooks: number;
  /** Shares of all webhooks, from 0 to 1. */
  readonly high: number;
  readonly medium: number;
  readonly shards: number;
  /** Default: the recipients in the template. */
  readonly emailSubscribers?: number;
}

/** The cost of a month. */
export interface CostEstimate {
  readonly month: Required<ExpectedMonth>;
  readonly lines: readonly Line[];
  readonly variableUsd: number;
  readonly fixedUsd: number;
  readonly usdPerMillion: number;
  readonly assumptions: readonly string[];
}

/** The shares of the documentation. */
export const DEFAULT_MONTH = { webhooks: MILLION, high: SHARES.high, medium: SHARES.medium, shards: 4 } as const;

/** Estimates the cost of a month of a deployment. */
export function estimateCost(
  deployment: Deployment, { emailSubscribers = deployment.emailSubscribers, ...expected }: ExpectedMonth, region?: string,
): CostEstimate {
  const month = { ...expected, emailSubscribers };
  const shares = sharesOf(month);
  const lines = billOf(deployment, measurementsOf(shares, deployment), month);
  const variableUsd = usdOf(lines, 'growing', 'email');
  return {
    month,
    lines,
    variableUsd,
    fixedUsd: usdOf(lines, 'fixed'),
    usdPerMillion: variableUsd / month.webhooks * MILLION,
    assumptions: [
      `The prices are the list prices of ${REGION} on ${PRICES_AS_OF}, without the free tier${region === undefined || region === REGION ? '' : `. The system is in ${region}, where prices differ`}.`,
      `Of all webhooks, ${percent(month.high)} have a high value, ${percent(month.medium)} a medium value, ${percent(shares.low)} are other money movements. No webhook is a duplicate or rejected.`,
      `The sizes are those of webhooks of 2.7 KB, measured with the default settings. The table has ${month.shards} partitions, which is the number of shards of its stream.`,
      `Storage is that of the first month. ${deployment.reconciliation ? 'The reconciliation lists each webhook once. ' : ''}Of high-value transactions, ${percent(ASSUMPTIONS.secondAlerts)} are reviewed or blocked.`,
      'Not included: SMS, a web ACL, a custom domain, container images, queries of logs, the requests of an encryption key, and your own targets.',
      `All assumptions: ${COST_PAGE}#assumptions`,
    ],
  };
}

/** The estimate as a table. */
export function estimateLines({ month, lines, variableUsd, fixedUsd, usdPerMillion, assumptions }: CostEstimate): string[] {
  return [
    `A month with ${month.webhooks.toLocaleString('en-US')} webhooks:`,
    '',
    chargesTable(lines, 'growing', 'email'),
    `Variable: ${usd(variableUsd)} USD a month, which is ${usd(usdPerMillion)} USD per million webhooks.`,
    '',
    chargesTable(lines, 'fixed'),
    `Fixed: ${usd(fixedUsd)} USD a month.`,
    '',
    `Total: ${usd(variableUsd + fixedUsd)} USD a month.`,
    '',
    ...assumptions.map((assumption) => `- ${assumption}`),
  ];
}

/** One row for each charge. What costs nothing is left out. */
function chargesTable(lines: readonly Line[], ...sections: readonly Section[]): string {
  const table = new Table({
    head: ['line', 'amount', 'unit', 'price in USD', 'USD a month'],
    colAligns: ['left', 'right', 'left', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { what, charges, section } of lines) {
    for (const { quantity, price } of charges) {
      if (sections.includes(section) && quantity > 0) {
        table.push([what, amountText(quantity), price.unit, `${price.usd} per ${price.per.toLocaleString('en-US')}`, usd(costOf(quantity, price))]);
      }
    }
  }
  return table.toString();
}

/** The estimate for programs. */
export function estimateJson({ month, lines, variableUsd, fixedUsd, usdPerMillion, assumptions }: CostEstimate): object {
  return {
    month,
    pricesAsOf: PRICES_AS_OF,
    pricesRegion: REGION,
    variableUsd,
    fixedUsd,
    totalUsd: variableUsd + fixedUsd,
    usdPerMillion,
    lines: lines.map(({ what, section, usd: total, charges }) => ({
      what,
      part: section === 'fixed' ? 'fixed' : 'variable',
      usd: total,
      charges: charges.map(({ quantity, price }) => ({
        quantity, unit: price.unit, usd: costOf(quantity, price), price: price.usd, per: price.per, source: price.source,
      })),
    })),
    assumptions,
  };
}

function amountText(quantity: number): string {
  return quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 10 ? 3 : 0 });
}

function usd(amount: number): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
