import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addSystemOptions, connectToSystem, resourceOf } from './system-options';
import { readFunctionSettings } from '../aws/function-settings';
import { ListenSession } from '../listen/listen-session';
import { observeSession } from '../listen/observe-session';
import { ObservedLines } from '../listen/observed-lines';
import { MAX_SESSION_MINUTES } from '../listen/session-name';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { textColors } from '../terminal/text-colors';
import { visibleJsonLine } from '../terminal/visible-text';
import { relaySettings } from '../transactions/relay-settings';

/** The options, as they are given. */
export interface ListenOptions {
  readonly stack?: string;
  readonly system?: string;
  readonly provider?: string;
  readonly tier?: string;
  readonly alerts: boolean;
  readonly for: number;
  readonly json?: boolean;
}

const MINUTE = 60_000;

const EXAMPLES = `
Examples:
  Show each event and alert of the local system:
    $ cdk-webhooks listen
  Show the events of Stripe for ten minutes, one JSON object in each line:
    $ cdk-webhooks listen --stack Payments --provider stripe --no-alerts --for 10 --json

The command creates a queue and a rule, and a subscription for alerts. It removes them when it ends. If it is killed, the
next run after a day removes them.

Exit codes:
  0  ended by --for or Ctrl-C
  1  a call failed
  2  the arguments are wrong
  3  something that was created could not be removed: the output lists it`;

/** Adds the command to the program. */
export function addListenCommand(program: Command, run: RunCommand): void {
  addSystemOptions(program.command('listen')
    .summary('show events and alerts as they happen')
    .description('Shows each event on the bus (received, assessed with verdict and score, blocked) and each alert as one line.'))
    .option('--provider <name>', 'show only the events and alerts of this provider')
    .addOption(new Option('--tier <tier>', 'show only the events and alerts of this tier').choices(['high', 'medium', 'low']))
    .option('--no-alerts', 'show events only, without a subscription to the topic')
    .option('--for <minutes>', `end after this time, at most ${MAX_SESSION_MINUTES} minutes`, parseDuration, MAX_SESSION_MINUTES)
    .option('--json', 'print one JSON object in each line')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ListenOptions) => run((context) => runListen(options, context)));
}

/** Runs the command. What it creates is removed at the end, also after a failure. */
export async function runListen(options: ListenOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, signal, sleep, now } = context;
  const { provider, tier, alerts, json } = options;
  const system = await connectToSystem(options, context);
  const { eventBusName: busArn, source } = relaySettings(await readFunctionSettings(system.clients.lambda, resourceOf(system, 'RelayFunctionName')));
  const topicArn = alerts ? resourceOf(system, 'AlertTopicArn') : undefined;
  const session = new ListenSession(system.clients, { busArn, source, topicArn, provider, tier }, now());

  let remaining: readonly string[] = [];
  try {
    const leftovers = await session.removeLeftovers();
    if (leftovers.removed.length > 0) {
      terminal.note(`Removed what ${countOf(leftovers.removed.length, 'killed session')} left behind.`);
    }
    leftovers.remaining.forEach((part) => terminal.note(`not removed: ${part}`));
    await session.open();
    terminal.note(`Listening to ${system.stack}${alerts ? '' : ' without alerts'}. To end, press Ctrl-C.`);
    const providers = provider === undefined ? system.providers.map(({ name }) => name) : [provider];
    const lines = new ObservedLines(textColors(terminal.colored === true), providers);
    if (!json) {
      terminal.print(lines.header());
    }
    const until = new Date(now().getTime() + options.for * MINUTE);
    const onFailure = ({ name }: Error) => terminal.note(`No answer from the queue (${name}). Trying again …`);
    for await (const event of observeSession(session, { provider, tier, until, now, sleep, signal, onFailure })) {
      terminal.print(json ? visibleJsonLine(event) : lines.line(event));
    }
  } finally {
    terminal.progress('Removing the queue, the rule and the subscription …');
    remaining = await session.close();
    remaining.forEach((part) => terminal.note(`not removed: ${part}`));
  }
  return remaining.length > 0 ? ExitCode.REMAINS : ExitCode.DONE;
}

function parseDuration(value: string): number {
  const minutes = Number(value);
  if (!(/^\d+(\.\d+)?$/.test(value) && minutes > 0 && minutes <= MAX_SESSION_MINUTES)) {
    throw new InvalidArgumentError(`It must be a number of minutes, up to ${MAX_SESSION_MINUTES}.`);
  }
  return minutes;
}
