import { withBundledSchemes, type BundledSchemes } from './bundled-schemes';
import { processingLimit, PUBLIC_KEY_SCHEMES } from './processing-limit';
import { SampleWebhook } from './sample-webhook';
import type { SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../../../test/handlers/support/all-samples';
import type { FigureTable, Group, GroupOptions, Row } from '../../figures';
import { compareInTurns, type Candidate } from '../../in-turns';

/** The schemes whose libraries parse the body. For the others, `JSON.parse` is added. */
const PARSED_BY_LIBRARY: readonly string[] = ['stripe', 'standard-webhooks', 'braintree'];

/** The schemes with forms instead of JSON, which no goal of `JSON.parse` applies to. */
const NOT_JSON: readonly string[] = ['braintree'];

interface Effort {
  readonly rounds: number;
  /** The time of one measurement. */
  readonly milliseconds: number;
}

const QUICK: Effort = { rounds: 9, milliseconds: 20 };
const FULL: Effort = { rounds: 31, milliseconds: 50 };
/** Long enough for the compiler to optimize the code. */
const WARM_UP_MS = 600;

/** The time of verifying and normalizing one webhook, compared with the least work for it. */
export const cpu: Group = { name: 'cpu', measure: async (options) => withBundledSchemes(async (schemes) => measureCpu(schemes, options)) };

async function measureCpu({ SCHEME_NAMES: names, loadScheme }: BundledSchemes, { quick, progress }: GroupOptions): Promise<FigureTable[]> {
  const tables: FigureTable[] = [];
  for (const name of names) {
    progress(name);
    const webhook = await SampleWebhook.of(ALL_SAMPLES[name], loadScheme(name));
    const effort = quick ? QUICK : FULL;
    tables.push({
      id: `cpu/${name}`,
      title: `Verify and normalize one webhook: ${name}`,
      description: `The median time of one webhook of ${webhook.sent.body.length.toLocaleString('en-US')} bytes. The limit is the provider's cryptography over `
        + 'the body and, if the body is JSON, `JSON.parse`. The library only verifies, and `JSON.parse` is added if it does not parse.',
      rows: await compareInTurns(await candidatesOf(name, webhook, effort), 'µs', effort.rounds),
    });
  }
  return [...tables, worstOfHmac(tables)];
}

async function candidatesOf(name: SchemeName, webhook: SampleWebhook, { milliseconds }: Effort): Promise<Candidate[]> {
  const { samples: { libraryAccepts, secret }, sent } = webhook;
  const candidate = async (id: string, label: string, work: () => void | Promise<void>): Promise<Candidate> => {
    await microseconds(work, WARM_UP_MS);
    return { id: `cpu/${name}/${id}`, label, measure: async () => microseconds(work, milliseconds) };
  };
  const parseAfter = PARSED_BY_LIBRARY.includes(name) ? () => undefined : () => void JSON.parse(sent.body.toString());
  const library = libraryAccepts && (async () => {
    await libraryAccepts(sent, secret);
    parseAfter();
  });
  return [
    await candidate('limit', 'Limit: cryptography and `JSON.parse`', processingLimit(name, sent.body)),
    await candidate('ours', 'This system', name === 'paypal' ? async () => webhook.processLater() : () => webhook.process()),
    ...library ? [await candidate('library', 'The library of the provider', library)] : [],
  ];
}

/** The median of the runs within a time: other work on the machine lengthens few of them. */
async function microseconds(work: () => void | Promise<void>, milliseconds: number): Promise<number> {
  // The package is an ES module.
  const { Bench } = await import('tinybench');
  const bench = new Bench({ time: milliseconds, iterations: 16, warmup: false, throws: true }).add('work', work);
  const [task] = await bench.run();
  const { result } = task;
  if (result.state !== 'completed') {
    throw new Error(`the measurement ended as ${result.state}`);
  }
  return result.latency.p50 * 1_000;
}

/** The provider with the highest ratio among those with an HMAC over JSON. */
function worstOfHmac(tables: readonly FigureTable[]): FigureTable {
  const signed = tables.filter(({ id }) => !NOT_JSON.includes(nameOf(id)) && !PUBLIC_KEY_SCHEMES.has(nameOf(id) as SchemeName));
  const rows = signed.flatMap((table) => table.rows).filter(({ id }) => id.endsWith('/ours'));
  const worst = rows.reduce((highest: Row, row) => row.ratio!.value > highest.ratio!.value ? row : highest);
  return {
    id: 'cpu/hmac-providers',
    title: 'Verify and normalize one webhook: the slowest of all providers with an HMAC',
    description: 'The provider with the highest ratio to its limit. Providers with public keys, whose cryptography takes most of the time, and with forms have '
      + 'their own tables.',
    rows: [{ ...worst, id: 'cpu/hmac-worst', label: `Slowest: ${nameOf(worst.id)}` }],
  };
}

function nameOf(id: string): string {
  return id.split('/')[1];
}
