import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from './command-context';
import { addSystemOptions, connectToSystem, resourceOf, type SystemOptions } from './system-options';
import type { DetailConfig } from '../../handlers/publish/events/detail';
import { Env, type AssessmentScopeConfig, type FraudConfig, type TierConfig } from '../../src/private/contract';
import { readFunctionSettings } from '../aws/function-settings';
import { paymentsInArchive } from '../backtest/history/archived-payments';
import { readEventFile } from '../backtest/history/event-file';
import type { PaymentEvent } from '../backtest/history/payment-event';
import { thresholdsAbove, thresholdsForShare } from '../backtest/history/shop-thresholds';
import { readFraudConfig } from '../lists/deployed-rules';
import { countOf } from '../terminal/aligned-rows';
import { UsageError } from '../terminal/usage-error';
import { ArchiveReader } from '../transactions/archive-reader';
import { relaySettings } from '../transactions/relay-settings';

/** The options that choose the payments of a backtest, as they are given. */
export interface HistoryOptions extends SystemOptions {
  readonly events?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly high?: number;
  readonly medium?: number;
  readonly highShare?: number;
}

/** The payments, and the settings of the system that they belong to. */
export interface PaymentHistory {
  readonly events: readonly PaymentEvent[];
  /** Earlier payments are in the history only. */
  readonly measuredFrom?: string;
  readonly tiers: TierConfig;
  readonly scope?: AssessmentScopeConfig;
  /** The rules of the system. Absent for a file without a system. */
  readonly rules?: FraudConfig;
}

const DAY = 86_400_000;
/** The default time that is measured. */
const MEASURED_DAYS = 90;
/** The longest time before a payment that facts use. */
const HISTORY_DAYS = 90;
/** The thresholds of a system that sets no thresholds. */
const DEFAULT_TIERS: TierConfig = { medium: 1_000, high: 10_000 };
/** The scope of a system that sets no scope. */
const DEFAULT_SCOPE: AssessmentScopeConfig = { below: 'suspicious', declines: 1, windowSeconds: 86_400 };

/** Adds the options. */
export function addHistoryOptions(command: Command): Command {
  return addSystemOptions(command)
    .option('--events <file>', 'read events from this file instead of an archive: a JSON object in each line, also packed as .gz')
    .option('--from <day>', `measure payments received from this day on (default: ${MEASURED_DAYS} days ago; with --events: all)`, dayOf)
    .option('--to <day>', 'measure payments received before this day (default: now)', dayOf)
    .option('--high <amount>', 'the high threshold, for events without a system (default: 10,000)', parseAmount)
    .option('--medium <amount>', 'the medium threshold, for events without a system (default: a tenth of the high one)', parseAmount)
    .option('--high-share <share>', 'instead of --high: the threshold that puts this share of the payments in the high tier, such as 0.05', parsePart);
}

/** Reads the payments and the settings. Throws a `UsageError` before anything is read if the arguments do not fit. */
export async function readHistory(options: HistoryOptions, context: CommandContext): Promise<PaymentHistory> {
  const { events, stack, from, to = context.now(), high, highShare } = options;
  if (from !== undefined && from >= to) {
    throw new UsageError(`--from must be before --to, got ${from.toISOString()}`);
  }
  if (high !== undefined && highShare !== undefined) {
    throw new UsageError('--high and --high-share must not both be set. Remove one of them.');
  }
  if (events === undefined && [high, highShare, options.medium].some((value) => value !== undefined)) {
    throw new UsageError('--high, --medium and --high-share need --events. Without it, the thresholds of the system are used.');
  }
  const history = events === undefined
    ? await readArchive(options, to, context)
    : await readFile(events, options, stack === undefined ? undefined : await settingsOf(options, context), context);
  return { ...history, events: history.events.filter(({ detail }) => detail.received_at < to.toISOString()) };
}

async function readFile(
  file: string, { from, high, medium, highShare }: HistoryOptions, system: HistorySettings | undefined, { terminal, signal }: CommandContext,
): Promise<PaymentHistory> {
  const events = await readEventFile(file, signal, (lines) => terminal.progress(`Reading ${file}: ${countOf(lines, 'line')} …`));
  const ofSystem = system?.tiers ?? DEFAULT_TIERS;
  const own = highShare !== undefined ? thresholdsForShare(events, highShare) : high !== undefined ? thresholdsAbove(high) : ofSystem;
  return {
    events,
    measuredFrom: from?.toISOString(),
    tiers: medium === undefined ? own : { ...own, medium },
    scope: system === undefined ? DEFAULT_SCOPE : system.scope,
    rules: system?.rules,
  };
}

async function readArchive(options: HistoryOptions, to: Date, context: CommandContext): Promise<PaymentHistory> {
  const { terminal, signal, now } = context;
  const from = options.from ?? new Date(to.getTime() - MEASURED_DAYS * DAY);
  const system = await settingsOf(options, context);
  const reader = new ArchiveReader(system.s3, system.bucket(), signal);
  const time = { since: new Date(from.getTime() - HISTORY_DAYS * DAY), until: to, now: now() };
  const { events, unreadable } = await paymentsInArchive(reader, time, system.detail, (objects, found) => {
    terminal.progress(`Reading the archive: ${countOf(objects, 'object')} read, ${countOf(found, 'event')} found …`);
  });
  if (unreadable > 0) {
    terminal.note(`warning: archived items that cannot be read and are not in the result: ${unreadable}`);
  }
  const { tiers, scope, rules } = system;
  return { events, measuredFrom: from.toISOString(), tiers, scope, rules };
}

type HistorySettings = Awaited<ReturnType<typeof settingsOf>>;

async function settingsOf(options: SystemOptions, context: CommandContext) {
  const system = await connectToSystem(options, context);
  const relay = await readFunctionSettings(system.clients.lambda, resourceOf(system, 'RelayFunctionName'));
  const detail: DetailConfig = relaySettings(relay);
  const scope = relay[Env.ASSESSMENT_SCOPE];
  return {
    s3: system.clients.s3,
    bucket: () => resourceOf(system, 'ArchiveBucketName'),
    detail,
    tiers: detail.tiers,
    scope: scope === undefined ? undefined : JSON.parse(scope) as AssessmentScopeConfig,
    rules: await readFraudConfig(system.clients, resourceOf(system, 'DetectorFunctionName')),
  };
}

function dayOf(value: string): Date {
  const time = new Date(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It must be a day in UTC, such as 2026-01-31.');
  }
  return time;
}

function parseAmount(value: string): number {
  const amount = Number(value);
  if (value.trim() === '' || !(amount > 0 && Number.isFinite(amount))) {
    throw new InvalidArgumentError('It must be an amount above 0 in major units, such as 500.');
  }
  return amount;
}

/** Parses a share of a whole, without both ends. */
export function parsePart(value: string): number {
  const share = Number(value);
  if (value.trim() === '' || !(share > 0 && share < 1)) {
    throw new InvalidArgumentError('It must be a share above 0 and below 1, such as 0.05.');
  }
  return share;
}
