import type { Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addHistoryOptions, readHistory, type HistoryOptions } from './payment-history';
import { backtestOf, type BacktestResult, type NamedRules } from '../backtest/backtest-result';
import { replayUnlessInterrupted } from '../backtest/replayed-payments';
import { alertChartPage, alertChartSvg, type AlertChart } from '../backtest/report/alert-chart';
import { backtestJson } from '../backtest/report/backtest-json';
import { backtestLines } from '../backtest/report/backtest-text';
import { readRuleSet } from '../backtest/rule-sets/rule-set-file';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { checkOutputFile, writeOutputFile } from '../terminal/output-file';
import { UsageError } from '../terminal/usage-error';
import { visibleJson, visibleText } from '../terminal/visible-text';

/** The options, as they are given. */
export interface BacktestOptions extends HistoryOptions {
  readonly rules?: string;
  readonly chart?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  Measure the rules of a system on its own payments of the last 90 days:
    $ cdk-webhooks backtest --stack Payments
  Compare them with the rules of your app before you deploy it:
    $ cdk synth && cdk-webhooks backtest --stack Payments --rules cdk.out --chart recall.html
  Measure a scorecard on a file of events, without an AWS account:
    $ cdk-webhooks backtest --events payments.jsonl.gz --high-share 0.05 --rules scorecard.json`;

/** Adds the command to the program. */
export function addBacktestCommand(program: Command, run: RunCommand): void {
  addHistoryOptions(program.command('backtest')
    .summary('measure fraud rules on past payments')
    .description('Applies fraud rules to past payments, and compares the verdicts with the labels. Each payment is assessed with the data that the fraud detector would have read at that time.\n\n'
      + 'Reads the archive of the system, or a file of events. Changes nothing.'))
    .option('--rules <path>', 'compare with these rules: a folder or template of `cdk synth`, a scorecard of `cdk-webhooks fit`, or JSON')
    .option('--chart <file>', 'write a chart of the recall by the number of alerts, as .svg or .html')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: BacktestOptions) => run((context) => runBacktest(options, context)));
}

/** Runs the command. */
export async function runBacktest(options: BacktestOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal } = context;
  if (options.chart !== undefined && !/\.(svg|html)$/.test(options.chart)) {
    throw new UsageError(`--chart must end with .svg or .html, got '${visibleText(options.chart)}'`);
  }
  if (options.chart !== undefined) {
    checkOutputFile('--chart', options.chart);
  }
  const { events, measuredFrom = '', tiers, scope, rules } = await readHistory(options, context);
  const ruleSets: NamedRules[] = [
    ...rules === undefined ? [] : [{ name: 'current rules', config: rules }],
    ...options.rules === undefined ? [] : [{ name: rules === undefined ? 'rules' : 'changed rules', config: readRuleSet(options.rules, tiers, options.system) }],
  ];
  if (ruleSets.length === 0) {
    throw new UsageError('pass the rules with --rules, or the system with --stack');
  }
  const replayed = await replayUnlessInterrupted(events, { tiers, scope, ruleSets: ruleSets.map(({ config }) => config), factsOf: 'all' }, context.signal, (done) => {
    terminal.progress(`Replaying: ${done.toLocaleString('en-US')} of ${countOf(events.length, 'event')} …`);
  });
  const payments = replayed.filter(({ event }) => event.detail.received_at >= measuredFrom);
  if (payments.length === 0) {
    terminal.note('There are no payments in this time. A payment is an event of the kind `captured`, or another event that the system counts as a money movement.');
    return ExitCode.NOT_FOUND;
  }
  const result = backtestOf(payments, ruleSets, tiers);
  if (options.chart !== undefined) {
    const chart = recallChart(result);
    writeOutputFile('--chart', options.chart, options.chart.endsWith('.svg') ? `${alertChartSvg(chart)}\n` : alertChartPage(chart));
    terminal.note(`The chart is in ${visibleText(options.chart)}.`);
  }
  terminal.print(options.json ? visibleJson(backtestJson(result)) : backtestLines(result, scope).map(visibleText).join('\n'));
  return ExitCode.DONE;
}

function recallChart({ assessed, ruleSets, splitAt, later }: BacktestResult): AlertChart {
  return {
    title: `Fraud found by the number of alerts, from ${splitAt.slice(0, 10)} on`,
    comparison: assessed,
    points: ruleSets.map(({ name }, place) => ({ name, alerts: later[place].alerts, caught: later[place].caught })),
  };
}
