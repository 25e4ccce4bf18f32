import { InvalidArgumentError, type Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addHistoryOptions, parsePart, readHistory, type HistoryOptions } from './payment-history';
import { fitScorecard, LEAST_FRAUD, type TooLittleFraud } from '../backtest/fit-scorecard';
import { replayUnlessInterrupted } from '../backtest/replayed-payments';
import { comparisonJson } from '../backtest/report/backtest-json';
import { fitLines, scorecardCode } from '../backtest/report/fit-text';
import { readRuleSet } from '../backtest/rule-sets/rule-set-file';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { checkOutputFile, writeOutputFile } from '../terminal/output-file';
import { UsageError } from '../terminal/usage-error';
import { visibleJson, visibleText } from '../terminal/visible-text';

/** The options, as they are given. */
export interface FitOptions extends HistoryOptions {
  readonly rules?: string;
  readonly alertsPer1000?: number;
  readonly learn: number;
  readonly blockPrecision: number;
  readonly output?: string;
  readonly json?: boolean;
}

/** The default of a system. */
const DEFAULT_REVIEW_SCORE = 40;

const EXAMPLES = `
Examples:
  Learn a scorecard from the labeled payments of a system, and write it to a file:
    $ cdk-webhooks fit --stack Payments --from 2026-01-01 --output scorecard.json
  The same from a file of events, for 20 alerts a month per 1,000 customers:
    $ cdk-webhooks fit --events payments.jsonl.gz --high-share 0.05 --alerts-per-1000 20 --output scorecard.json`;

/** Adds the command to the program. */
export function addFitCommand(program: Command, run: RunCommand): void {
  addHistoryOptions(program.command('fit')
    .summary('learn a scorecard from labeled payments')
    .description('Learns points for the facts about payments from their labels, and checks them on later payments. Changes nothing in the system.\n\n'
      + 'Use the result with FraudRule.scorecardFromFile or as code. Run `cdk-webhooks backtest` with it before you deploy it.'))
    .option('--rules <path>', 'compare with these rules instead of the rules of the system')
    .option('--alerts-per-1000 <number>', 'the alerts a month for 1,000 customers (default: as many as the rules have)', parseRateOfAlerts)
    .option('--learn <share>', 'the share of the payments to learn from. The later ones check the result', parsePart, 0.7)
    .option('--block-precision <share>', 'propose to block from the points on with this share of fraud', parsePart, 0.9)
    .option('--output <file>', 'write the scorecard to this file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: FitOptions) => run((context) => runFit(options, context)));
}

/** Runs the command. */
export async function runFit(options: FitOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal } = context;
  if (options.output !== undefined) {
    checkOutputFile('--output', options.output);
  }
  const { events, measuredFrom = '', tiers, scope, rules: ofSystem } = await readHistory(options, context);
  const rules = options.rules === undefined ? ofSystem : readRuleSet(options.rules, tiers, options.system);
  if (rules === undefined && options.alertsPer1000 === undefined) {
    throw new UsageError('pass the number of alerts with --alerts-per-1000, or rules to compare with (--rules or --stack)');
  }
  const replayed = await replayUnlessInterrupted(events, { tiers, scope, ruleSets: rules === undefined ? [] : [rules], factsOf: 'assessed' }, context.signal, (done) => {
    terminal.progress(`Replaying: ${done.toLocaleString('en-US')} of ${countOf(events.length, 'event')} …`);
  });
  const payments = replayed.filter(({ event }) => event.detail.received_at >= measuredFrom);
  const { alertsPer1000, learn: learningShare, blockPrecision, output } = options;
  const reviewScore = rules?.review ?? DEFAULT_REVIEW_SCORE;
  const fitted = fitScorecard(payments, { tiers, reviewScore, blockPrecision, alertsPer1000, learningShare });
  if (!('scorecard' in fitted)) {
    throw new UsageError(tooLittleText(fitted));
  }
  if (fitted.learned.alerts === 0) {
    throw new UsageError('the rules give no alert in the earlier payments, so the number of alerts is unknown. Pass it with --alerts-per-1000.');
  }
  if (output !== undefined) {
    writeOutputFile('--output', output, `${JSON.stringify(fitted.scorecard, undefined, 2)}\n`);
    terminal.note(`The scorecard is in ${visibleText(output)}. Use it with FraudRule.scorecardFromFile.`);
  }
  const { comparison, ...rest } = fitted;
  terminal.print(options.json
    ? visibleJson({ ...rest, comparison: comparisonJson({ payments: fitted.checked.payments, fraud: fitted.checked.fraud, ways: comparison }) })
    : [...fitLines(fitted), '', scorecardCode(fitted.scorecard)].join('\n'));
  return ExitCode.DONE;
}

function tooLittleText({ fraud: { learned, checked } }: TooLittleFraud): string {
  return `a scorecard needs at least ${LEAST_FRAUD.learn} assessed payments labeled as fraud to learn from and ${LEAST_FRAUD.check} later ones to check it, `
    + `got ${learned} and ${checked}. With fewer, the points would be mostly chance. `
    + 'Label more payments with `cdk-webhooks label`, read a longer time with --from, or change the share to learn from with --learn.';
}

function parseRateOfAlerts(value: string): number {
  const rate = Number(value);
  if (value.trim() === '' || !(rate > 0 && rate <= 1_000)) {
    throw new InvalidArgumentError('It must be a number above 0 and at most 1,000.');
  }
  return rate;
}
