import type { Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, isConfirmed, type ChangeOptions } from './confirmation';
import { addSystemOptions, connectToSystem, reachableUrl, resourceOf, type SystemOptions } from './system-options';
import { KINDS } from '../../src/private/contract';
import type { AwsClients } from '../aws/aws-clients';
import { providersIn, readFunctionSettings } from '../aws/function-settings';
import { numberOption } from '../send/number-option';
import { curlCommand, printedRequestJson, requestLines } from '../send/printed-request';
import { sendPreparation, type ContentOptions } from '../send/send-preparation';
import { SendRun, type PaceOptions } from '../send/send-run';
import { isLoopback, providerNamed, urlTarget, type SendTarget } from '../send/send-target';
import { SECRET_VARIABLE, signingSecret, type SecretOptions } from '../send/signing-secret';
import {
  eventLines, eventsJson, eventsOfProvider, isSimulatedScheme, simulatedSchemeLines, simulatedSchemesJson, simulatedScheme, simulatorOf,
} from '../send/simulated-schemes';
import type { PreparedWebhook } from '../send/simulated-webhook';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';
import { visibleText } from '../terminal/visible-text';

/** The options, as they are given. */
export interface SendOptions extends SystemOptions, ChangeOptions, ContentOptions, SecretOptions, PaceOptions {
  readonly url?: string;
  readonly scheme?: string;
  readonly list?: boolean;
  readonly print?: boolean;
  readonly curl?: boolean;
}

const EXAMPLES = `
Examples:
  Send a payment of 60,000 EUR to the local system:
    $ cdk-webhooks send stripe --amount 60000
  Send its refund, with the id that the command printed:
    $ cdk-webhooks send stripe --kind refunded --payment 3f9a0c1d2e4b --amount 60000
  List the events of a provider:
    $ cdk-webhooks send adyen --list
  Sign a body and post it to a system in AWS:
    $ cdk-webhooks send stripe --body event.json --stack Payments
  Show a request as a curl command, and send nothing:
    $ cdk-webhooks send shopify order_transactions.refund --curl
  Send 500 payments, 20 per second:
    $ cdk-webhooks send stripe --repeat 500 --rate 20
  Test any URL, with the secret from the standard input:
    $ cat secret.txt | cdk-webhooks send standard-webhooks --url http://127.0.0.1:3000/hooks --secret-file -

Exit codes:
  0  the receiver acknowledged every webhook
  1  an answer is not 2xx, or there is no answer
  2  the arguments are wrong, or the confirmation is missing
  130  interrupted: the output shows what was sent`;

/** Adds the command to the program. */
export function addSendCommand(program: Command, run: RunCommand): void {
  addChangeOptions(addSystemOptions(program.command('send')
    .summary('sign an event of a provider and post it to a system or a URL')
    .description('Signs a realistic event of a provider and posts it as the provider does.\n\n'
      + 'The configuration and the secret of the provider are those of the system. Without --payment, each request is about a new payment.')
    .argument('[provider]', 'the provider, as in the webhook URL')
    .argument('[event]', 'the event, as `--list` shows it (default: a payment)')))
    .option('--list', 'list the events of the provider, or all providers')
    .option('--kind <kind>', `the first event of a kind: ${KINDS.join(', ')}`)
    .option('--amount <decimal>', 'the amount in major units (default: 100)')
    .option('--currency <code>', 'the currency, ISO 4217 (default: EUR)')
    .option('--customer <id>', 'the provider\'s id of the customer (default: a new one)')
    .option('--reference <text>', 'your own reference of the payment (default: a new one)')
    .option('--payment <id>', 'the id of an earlier payment that the event is about (default: a new payment)')
    .option('--test', 'send an event of the provider\'s sandbox')
    .option('--body <file>', 'sign the bytes of this file, or of the standard input (-), instead of an event')
    .option('--url <url>', 'post to this URL instead of a system')
    .option('--scheme <name>', 'with --url: how the provider signs (default: the name of the provider)')
    .option('--secret-file <file>', `the file with the secret, or - for the standard input (default: the secret of the system; with --url, the environment variable ${SECRET_VARIABLE})`)
    .option('--private-key <file>', 'the private key in PEM, if the receiver verifies with public keys')
    .option('--print', 'print the request, and send nothing')
    .option('--curl', 'print the request as a curl command, and send nothing')
    .option('--repeat <count>', 'the number of requests', numberOption(1, 100_000), 1)
    .option('--rate <number>', 'the number of requests to start per second (default: as fast as the answers arrive)', numberOption(0.01, 1_000, false))
    .option('--concurrency <count>', 'the maximum number of requests without an answer', numberOption(1, 100), 10)
    .option('--timeout <seconds>', 'the number of seconds to wait for each answer', numberOption(0.1, 900, false), 30)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (provider: string | undefined, event: string | undefined, options: SendOptions) => (
      run((context) => runSend(provider, event, options, context))
    ));
}

/** Runs the command. Throws a `UsageError` before anything is sent if the arguments do not fit. */
export async function runSend(
  provider: string | undefined, event: string | undefined, options: SendOptions, context: CommandContext,
): Promise<ExitCodeValue> {
  const { terminal, now } = context;
  if (options.list) {
    await list(provider, options, context);
    return ExitCode.DONE;
  }
  const { target, clients } = await resolveTarget(provider, options, context);
  const { config, url } = target;
  const simulator = simulatorOf(config.scheme);
  const isPrinted = options.print === true || options.dryRun === true || options.curl === true;
  const canSign = simulator.cannotSign === undefined || (options.privateKey !== undefined && config.publicKeys !== undefined);
  if (!canSign && (!isPrinted || options.curl)) {
    throw new UsageError(`webhooks of '${config.name}' cannot be sent. ${simulator.cannotSign} To see the request, add --print.`);
  }
  const mustAsk = !isPrinted && !target.isLocal;
  if (mustAsk) {
    checkConfirmable(options, context);
  }
  const secret = canSign ? await signingSecret(config, options, clients?.secrets, process.env) : '';
  const { prepare, remarks } = await sendPreparation({ simulator, config, secret }, event, options, now);
  [...remarks, ...canSign ? [] : [`The request has no signature. ${simulator.cannotSign}`]].forEach((remark) => terminal.note(remark));
  if (isPrinted) {
    terminal.print(printedRequest(await prepare(), url, options));
    return ExitCode.DONE;
  }
  const question = `Send ${countOf(options.repeat, 'webhook')} to ${visibleText(url.href)}? The receiver processes them like real payments.`;
  if (mustAsk && !await isConfirmed(question, options, context)) {
    return ExitCode.USAGE;
  }
  return new SendRun(url, options, context).send(prepare);
}

/** The receiver: a URL, or the provider of a system. */
async function resolveTarget(
  provider: string | undefined, options: SendOptions, context: CommandContext,
): Promise<{ readonly target: SendTarget; readonly clients?: AwsClients }> {
  const { url, scheme } = options;
  if (url !== undefined) {
    const name = scheme ?? provider;
    if (name === undefined) {
      throw new UsageError('name the provider, such as `cdk-webhooks send stripe`, or --scheme');
    }
    return { target: urlTarget(url, simulatedScheme(name)) };
  }
  if (scheme !== undefined) {
    throw new UsageError('--scheme is only for a receiver at a --url, because the system has the scheme of its providers');
  }
  if (provider === undefined) {
    throw new UsageError('name the provider, such as `cdk-webhooks send stripe`. `cdk-webhooks send --list` lists the providers.');
  }
  return systemTarget(provider, options, context);
}

/** The provider of a system, as the validator is configured. */
async function systemTarget(
  name: string, options: SystemOptions, context: CommandContext,
): Promise<{ readonly target: SendTarget; readonly clients: AwsClients }> {
  const system = await connectToSystem(options, context);
  const { clients, local, stack } = system;
  const endpoint = providerNamed(system.providers, name, stack);
  const settings = await readFunctionSettings(clients.lambda, resourceOf(system, 'ValidatorFunctionName'));
  const config = providerNamed(providersIn(settings), name, stack);
  const url = new URL(reachableUrl(endpoint.url, local));
  return { target: { url, config, isLocal: local !== undefined || isLoopback(url) }, clients };
}

/** Lists the events of a scheme or of a provider of the system, or all schemes. */
async function list(provider: string | undefined, options: SendOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  if (provider === undefined) {
    terminal.print(options.json ? JSON.stringify(simulatedSchemesJson(), undefined, 2) : simulatedSchemeLines().join('\n'));
    return;
  }
  const isOfSystem = options.stack !== undefined || !isSimulatedScheme(provider);
  const config = isOfSystem
    ? (await systemTarget(provider, options, context)).target.config
    : { name: provider, scheme: provider, secretArns: [] };
  const events = eventsOfProvider(simulatorOf(config.scheme), config);
  terminal.print(options.json ? JSON.stringify(eventsJson(events), undefined, 2) : eventLines(events).join('\n'));
}

function printedRequest(webhook: PreparedWebhook, url: URL, { curl, json }: SendOptions): string {
  if (curl) {
    return curlCommand(url, webhook, webhook.file);
  }
  return json ? JSON.stringify(printedRequestJson(url, webhook), undefined, 2) : requestLines(url, webhook).join('\n');
}
