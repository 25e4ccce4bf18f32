import { ignoredOptions, paymentOption, paymentTemplate, type PaymentOptions } from './payment-template';
import { readUserFile, STANDARD_INPUT } from './signing-secret';
import { chooseEvent, eventsOfProvider } from './simulated-schemes';
import { prepareBody, prepareEvent, type PreparedWebhook, type SimulatedProvider } from './simulated-webhook';
import { UsageError } from '../terminal/usage-error';

/** The options about the content of a webhook. */
export interface ContentOptions extends PaymentOptions {
  readonly kind?: string;
  readonly body?: string;
}

/** Makes the requests of a run, with remarks about options that have no effect. */
export interface SendPreparation {
  readonly prepare: () => Promise<PreparedWebhook>;
  readonly remarks: readonly string[];
}

/** Reads the options about the content, and makes the first request to see what its receiver reads. */
export async function sendPreparation(
  provider: SimulatedProvider, event: string | undefined, options: ContentOptions, now: () => Date,
): Promise<SendPreparation> {
  return options.body === undefined ? eventPreparation(provider, event, options, now) : bodyPreparation(provider, event, options.body, options, now);
}

async function bodyPreparation(
  provider: SimulatedProvider, eventName: string | undefined, path: string, options: ContentOptions, now: () => Date,
): Promise<SendPreparation> {
  const option = options.kind === undefined ? paymentOption(options) : '--kind';
  if (option !== undefined) {
    throw new UsageError(`${option} has no effect with --body, because the file is sent as it is`);
  }
  const body = { bytes: await readUserFile(path, '--body'), file: path === STANDARD_INPUT ? undefined : path, eventName };
  return { prepare: async () => prepareBody(provider, body, now()), remarks: [] };
}

async function eventPreparation(
  provider: SimulatedProvider, event: string | undefined, options: ContentOptions, now: () => Date,
): Promise<SendPreparation> {
  const { simulator, config } = provider;
  const chosen = chooseEvent(eventsOfProvider(simulator, config), config.name, { event, kind: options.kind });
  const template = paymentTemplate(options, simulator, config);
  const prepare = async () => prepareEvent(provider, chosen, template, now());
  const [{ live }] = (await prepare()).facts;
  return {
    prepare,
    remarks: [
      ...ignoredOptions(options, chosen).map((option) => `${option} has no effect: ${config.scheme} does not send it with ${chosen.key}.`),
      ...options.test && live ? [`--test has no effect: the events of ${config.scheme} do not show that they are tests. The system counts this one as live.`] : [],
    ],
  };
}
