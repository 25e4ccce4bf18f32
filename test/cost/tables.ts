import { ALTERNATIVES, withoutAll } from './alternatives';
import type { Calculation } from './calculation';
import { objectStorageCost } from '../../cli/cost/archive-cost';
import { archivedBytes, type Measurements } from '../../cli/cost/measured-sizes';
import { billOf, invocationsOf, usdOf, type Line, type Section } from '../../cli/cost/monthly-bill';
import type { Deployment } from '../../cli/cost/priced-deployment';
import { costOf, PRICES, PRICES_AS_OF } from '../../cli/cost/prices';
import { ASSUMPTIONS, SHARDS, SHARES, VOLUMES, type Workload, FIRST_MONTH } from '../../cli/cost/workload';

const MILLION = 1_000_000;
const GB = 1e9;

/** The workload of the cost goal. */
export const REFERENCE: Workload = { webhooks: MILLION, shards: 4 };

/** The generated parts of docs/cost.md and of the README, by the names of their markers. */
export function tablesOf({ deployment, further, measured }: Calculation): Readonly<Record<string, string>> {
  const bill = (workload: Workload, of = deployment) => billOf(of, measured, workload);
  return {
    'summary': summary(bill),
    'lines-4': lines(bill, 4),
    'lines-1': lines(bill, 1),
    'fixed': fixed(bill(REFERENCE), bill(REFERENCE, further)),
    'settings': settings(bill, deployment),
    'storage': storage(deployment, measured),
    'assumptions': assumptions(),
    'measured': measuredSizes(measured),
    'prices': prices(),
  };
}

type Bill = (workload: Workload, deployment?: Deployment) => readonly Line[];

function summary(bill: Bill): string {
  return table(
    ['webhooks per month', 'USD per million webhooks', 'USD per million webhooks, alert emails to one subscriber', 'fixed USD per month', 'total USD per month, with email'],
    VOLUMES.map((webhooks) => {
      const month = bill({ webhooks, shards: REFERENCE.shards });
      return [
        volumeText(webhooks), usd(perMillion(usdOf(month, 'growing'), webhooks)), usd(perMillion(usdOf(month, 'email'), webhooks)),
        usd(usdOf(month, 'fixed')), usd(usdOf(month, 'growing', 'email', 'fixed')),
      ];
    }),
  );
}

/** The variable cost per million webhooks, at each volume. */
function lines(bill: Bill, shards: typeof SHARDS[number]): string {
  const bills = VOLUMES.map((webhooks) => ({ webhooks, month: bill({ webhooks, shards }) }));
  const rowsOf = (section: Section) => bills[0].month.flatMap((line, position) => line.section === section
    ? [[line.what, ...bills.map(({ webhooks, month }) => usd(perMillion(month[position].usd, webhooks)))]]
    : []);
  const sum = (...sections: readonly Section[]) => bills.map(({ webhooks, month }) => `**${usd(perMillion(usdOf(month, ...sections), webhooks))}**`);
  return table(
    ['USD per million webhooks, at', ...VOLUMES.map((webhooks) => `${volumeText(webhooks)} per month`)],
    [...rowsOf('growing'), ['**Without email**', ...sum('growing')], ...rowsOf('email'), ['**With email**', ...sum('growing', 'email')]],
  );
}

function fixed(month: readonly Line[], withFurther: readonly Line[]): string {
  return table(['fixed cost', 'USD per month'], [
    ...month.filter(({ section }) => section === 'fixed').map((line) => [line.what, usd(line.usd)]),
    ['**Fixed, with one provider**', `**${usd(usdOf(month, 'fixed'))}**`],
    ['Each further provider, with its secret and all its alarms', usd(usdOf(withFurther, 'fixed') - usdOf(month, 'fixed'))],
  ]);
}

function settings(bill: Bill, deployment: Deployment): string {
  const total = (of: Deployment) => usdOf(bill(REFERENCE, of), 'growing');
  const now = total(deployment);
  return table(['setting', 'savings in USD per million webhooks'], [
    ...ALTERNATIVES.map(({ what, of }) => [what, usd(total(of(deployment)) - now)]),
    [`**All settings: ${usd(total(withoutAll(deployment)))} without, ${usd(now)} with**`, `**${usd(total(withoutAll(deployment)) - now)}**`],
  ]);
}

function storage(deployment: Deployment, measured: Measurements): string {
  const { webhooks, shards } = REFERENCE;
  const tableGb = webhooks * measured.tableBytes / GB;
  const changes = webhooks * measured.changes;
  const objects = invocationsOf(changes, shards, deployment.archivalStream);
  const objectBytes = archivedBytes(measured, changes / objects);
  const kept = costOf(tableGb + webhooks * measured.indexBytes / GB, PRICES.tableStorage)
    + (deployment.pointInTimeRecovery ? costOf(tableGb, PRICES.recovery) : 0);
  const years = [1, 2, 3];
  // The newest month's webhooks are stored for a part of it.
  const stored = [1, ...years.map((year) => year * 12)].map((months) => months - 1 + FIRST_MONTH);
  return table(['USD per month, at a million webhooks per month', 'first month', ...years.map((year) => `month ${year * 12}`)], [
    ['DynamoDB', ...stored.map((months) => usd(kept * months))],
    ['S3', ...stored.map((months) => usd(objects * objectStorageCost(objectBytes, deployment.archive, months)))],
  ]);
}

function assumptions(): string {
  const { durations, coldStarts, execution, secondAlerts } = ASSUMPTIONS;
  const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;
  return [
    `- ${percent(SHARES.moneyMovements)} of the webhooks are money movements of known customers. ${percent(SHARES.high)} of all webhooks have a high value and ${percent(SHARES.medium)} a medium value. No webhook is a duplicate, and no webhook is rejected.`,
    '- The webhooks arrive evenly over a month of 30 days.',
    `- An invocation is billed for ${Object.entries(durations).map(([name, milliseconds]) => `${milliseconds} ms (${name})`).join(', ')}. ${percent(coldStarts.share)} of the invocations are cold and initialize for ${coldStarts.milliseconds} ms.`,
    `- An execution of the workflow takes ${execution.seconds} second and 64 MB. ${percent(secondAlerts)} of the high-value transactions have the verdict \`review\` or \`block\`, and two alerts.`,
    '- No payment below the high tier is assessed. The reads of the relay for the default `assessmentScope` are included. In the simulated months of [the measurements](fraud-measurements.md#the-simulated-months), 1.5 to 4 % of these payments are assessed, at about 0.000011 USD each: at most 0.20 USD per million webhooks. With `AssessmentScope.all()`, all of them add about 5 USD.',
    '- Rules that apply to little else than fraud, such as `repeatedDeclines`, apply in few hours, and their metrics cost little.',
    `- ${ASSUMPTIONS.emailSubscribers} person receives alerts by email. SMS messages are not included, because their price depends on the country.`,
  ].join('\n');
}

function measuredSizes(measured: Measurements): string {
  const { logBytes } = measured;
  return table(['measured', 'per webhook'], [
    ['webhook body', bytes(measured.bodyBytes)],
    ['response, with headers', bytes(measured.responseBytes)],
    ['write request units: new items, updates, index writes', [measured.insertUnits, measured.updateUnits, measured.indexUnits].map(count).join(', ')],
    ['read request units', count(measured.readUnits)],
    ['storage in the table', bytes(measured.tableBytes)],
    ['storage in the indexes', bytes(measured.indexBytes)],
    ['changes in the stream', count(measured.changes)],
    ['changes that invoke the relay', count(measured.relayed)],
    ['events', `${count(measured.events)} of ${bytes(measured.eventBytes)}`],
    ['executions of the workflow', count(measured.executions)],
    ['alerts', count(measured.alerts)],
    ...Object.entries(logBytes).map(([source, size]) => [`log: ${source}`, bytes(size)]),
    ['archive, in a batch of 1', bytes(archivedBytes(measured, 1) * measured.changes)],
    ['archive, in a batch of 32', bytes(archivedBytes(measured, 32) / 32 * measured.changes)],
  ]);
}

function prices(): string {
  return table([`price in us-east-1, ${PRICES_AS_OF}`, 'USD', 'per'], Object.values(PRICES).map(({ what, usd: amount, per, unit, source }) => (
    [`[${what}](${source})`, String(amount), `${per === 1 ? '1' : per.toLocaleString('en-US')} ${unit}`]
  )));
}

function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(header), `|${header.map((_, column) => column === 0 ? '---' : '--:').join('|')}|`, ...rows.map(row)].join('\n');
}

function perMillion(amount: number, webhooks: number): number {
  return amount / webhooks * MILLION;
}

function usd(amount: number): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function bytes(size: number): string {
  return `${Math.round(size).toLocaleString('en-US')} bytes`;
}

function count(value: number): string {
  return String(Number(value.toFixed(3)));
}

function volumeText(webhooks: number): string {
  return `${webhooks / MILLION} million`;
}
