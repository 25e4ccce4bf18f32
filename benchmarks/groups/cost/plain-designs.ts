import { OTHER_PRICES } from './other-prices';
import type { Measurements } from '../../../cli/cost/measured-sizes';
import { platformBytes } from '../../../cli/cost/platform-logs';
import { chargesOf, PRICES } from '../../../cli/cost/prices';
import { ASSUMPTIONS, FIRST_MONTH } from '../../../cli/cost/workload';

const GB = 1e9;
const KB = 1024;
const MS = 1_000;
/** The id, the time, the type and the amount of a webhook, beside its body. */
const KEY_BYTES = 200;
/** What Node.js writes before a line: a time, the id of the request and a level. */
const LINE_PREFIX_BYTES = 80;
/** AWS charges each item of a table for these (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
const ITEM_OVERHEAD_BYTES = 100;
const TEXT_LOGS = { memoryMb: 0, tracing: 'PassThrough', logFormat: 'Text', systemLogLevel: 'INFO' } as const;

/** The seconds of an invocation that makes a number of calls to AWS, one after the other, with its share of the cold starts. */
function billedSeconds(...calls: readonly ('webhook-validator' | 'event-relay')[]): number {
  const { coldStarts, durations } = ASSUMPTIONS;
  return (calls.reduce((sum, call) => sum + durations[call], 0) + coldStarts.share * coldStarts.milliseconds) / MS;
}

/**
 * The cost in USD of one webhook with a function behind a REST API that logs the request, puts it into a table and then onto a
 * bus: CDK's defaults for logs, and the memory, the processor and the durations of this system.
 */
export function putThenPublishCost({ bodyBytes, responseBytes }: Measurements): number {
  const itemBytes = bodyBytes + KEY_BYTES;
  const logBytes = platformBytes(TEXT_LOGS) + bodyBytes + LINE_PREFIX_BYTES;
  return chargesOf([
    { quantity: 1, price: PRICES.apiRequest },
    { quantity: responseBytes / GB, price: PRICES.dataOut },
    { quantity: 1, price: PRICES.lambdaRequest },
    { quantity: billedSeconds('webhook-validator', 'event-relay'), price: PRICES.lambdaDuration },
    { quantity: Math.ceil(itemBytes / KB), price: PRICES.write },
    { quantity: (itemBytes + ITEM_OVERHEAD_BYTES) / GB * FIRST_MONTH, price: PRICES.tableStorage },
    { quantity: 1, price: PRICES.event },
    { quantity: logBytes / GB, price: PRICES.logIngestion },
  ]);
}

/** The memory in `template.yml` of https://github.com/aws-samples/serverless-patterns/tree/main/eventbridge-webhooks/1-stripe. */
const QUICK_START_GB = 128 / KB;

/**
 * The cost in USD of one webhook with AWS's quick start for inbound webhooks of Stripe: a function with a URL, which costs
 * nothing, verifies the signature and puts the body onto a bus (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas-furls.html).
 * It logs nothing itself. Its call to AWS takes as long as one of this system, although it has an eighth of the processor.
 */
export function quickStartCost({ responseBytes }: Measurements): number {
  return chargesOf([
    { quantity: responseBytes / GB, price: PRICES.dataOut },
    { quantity: 1, price: PRICES.lambdaRequest },
    { quantity: billedSeconds('webhook-validator') * QUICK_START_GB, price: OTHER_PRICES.lambdaDurationX86 },
    { quantity: 1, price: PRICES.event },
    { quantity: platformBytes(TEXT_LOGS) / GB, price: PRICES.logIngestion },
  ]);
}
