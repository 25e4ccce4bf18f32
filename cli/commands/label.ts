import type { Command } from 'commander';
import { AUTHOR_OPTION, authorOf } from './author-option';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, isConfirmed, type ChangeOptions } from './confirmation';
import { addSystemOptions, connectToSystem, resourceOf, type SystemOptions } from './system-options';
import { LABELS, type Label } from '../../src/private/contract';
import { PaymentLabels } from '../label/label-payment';
import { checkAuthor } from '../lists/operator-words';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';
import { visibleJson, visibleText } from '../terminal/visible-text';

/** The options, as they are given. */
export interface LabelOptions extends SystemOptions, ChangeOptions {
  readonly author?: string;
  readonly remove?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  A person found that a payment was fraud:
    $ cdk-webhooks label stripe:pi_3MtwBwLkdIwHu7ix28a3tqPa fraud --stack Payments
  A dispute labeled a payment as fraud, but the goods were only late:
    $ cdk-webhooks label stripe:pi_3MtwBwLkdIwHu7ix28a3tqPa honest --stack Payments
  It is unknown whether the payment was fraud:
    $ cdk-webhooks label stripe:pi_3MtwBwLkdIwHu7ix28a3tqPa --remove --stack Payments

Exit codes:
  0  the payment has this label
  1  a call failed: run the command again
  2  the arguments are wrong, or the confirmation is missing
  4  there is no such payment, or its customer is erased`;

/** Adds the command to the program. */
export function addLabelCommand(program: Command, run: RunCommand): void {
  addChangeOptions(addSystemOptions(program.command('label')
    .summary('record whether a payment was fraud')
    .description('Records whether a payment was fraud. The rules read it for later payments, and `backtest` and `fit` learn from it.\n\n'
      + 'It labels the money movements and the declined payments of the transaction. A later label replaces an earlier one. '
      + 'Disputes label payments as fraud automatically, but never replace an existing label.')
    .argument('<transaction>', 'the transaction, with the name of its provider, as in `transaction_id`')
    .argument('[label]', LABELS.join(' or '))
    .option('--remove', 'remove the label instead')
    .option('--author <name>', AUTHOR_OPTION)))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (transactionId: string, label: string | undefined, options: LabelOptions) => run((context) => (
      runLabel(transactionId, label, options, context)
    )));
}

/** Runs the command. */
export async function runLabel(
  transactionId: string, text: string | undefined, options: LabelOptions, context: CommandContext,
): Promise<ExitCodeValue> {
  const { terminal, now, signal } = context;
  const label = labelIn(text, options);
  if (!/^[^:]+:./s.test(transactionId)) {
    throw new UsageError(`write the provider's name before the id, such as stripe:pi_123, got: '${transactionId}'`);
  }
  if (options.author !== undefined) {
    checkAuthor(options.author);
  }
  checkConfirmable(options, context);
  const system = await connectToSystem(options, context);
  const labels = new PaymentLabels(system.clients.dynamodb, resourceOf(system, 'TableName'), signal);
  const found = await labels.find(transactionId);
  if ('missing' in found) {
    terminal.note(visibleText(`${found.missing}.`));
    return ExitCode.NOT_FOUND;
  }
  const { events } = found;
  const payment = `${visibleText(transactionId)} (${countOf(events.length, 'event')})`;
  const author = label && await authorOf(options.author, system.clients.sts, context);
  if (!await isConfirmed(label === undefined ? `Remove the label of ${payment}?` : `Label ${payment} as ${label}?`, options, context)) {
    return options.dryRun ? ExitCode.DONE : ExitCode.USAGE;
  }
  const changed = label === undefined || author === undefined ? await labels.remove(events) : await labels.set(events, { label, author, now: now() });
  const result = label === undefined ? `${payment} no longer has a label.` : `${payment} is labeled as ${label}.`;
  terminal.print(options.json
    ? visibleJson({ transaction_id: transactionId, label, labeled_by: author, events: events.length, changed })
    : changed === 0 ? `${result} Nothing was changed.` : result);
  return ExitCode.DONE;
}

/** The label of the arguments. Undefined with --remove. */
function labelIn(text: string | undefined, { remove = false }: LabelOptions): Label | undefined {
  if (remove !== (text === undefined)) {
    throw new UsageError(`pass a label (${LABELS.join(' or ')}), or --remove without a label`);
  }
  const label = LABELS.find((each) => each === text);
  if (text !== undefined && label === undefined) {
    throw new UsageError(`the label must be ${LABELS.join(' or ')}, got: '${text}'`);
  }
  return label;
}
