import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { MINUTE, MetricData } from './metric-data';
import { NOW, PROVIDERS, SUFFIX } from './pictured-system';
import { METRIC_NAMESPACE, Metric, MetricBy, RULE_LABELS, type MetricName, type Tier, type Verdict } from '../../src/private/contract';

const SEED = 20260304;
const DAY = 24 * 60;
const END = NOW / 1000;

/** Webhooks in a minute at noon. */
const RATES: { readonly [P in (typeof PROVIDERS)[number]]: number } = { stripe: 9, adyen: 5, mollie: 2 };
/** The incident: from this time on, Adyen signs with a key that is not in the secret. */
export const INCIDENT = { provider: 'adyen', start: Date.parse('2026-03-04T01:07:00Z') / 1000 } as const;
/** A short failure before it, which the provider's retries repaired: two writes to the table. */
const FAILED_WRITES = { provider: 'stripe', minute: Date.parse('2026-03-04T00:34:00Z') / 1000, count: 2 } as const;

const SHARES = { movement: 0.6, duplicate: 0.02, unsigned: 0.004, medium: 0.13, high: 0.025 };
const VERDICT_SHARES: ReadonlyArray<readonly [Verdict, number]> = [['approve', 0.85], ['review', 0.11], ['block', 0.04]];
const CURRENCIES: ReadonlyArray<readonly [string, number]> = [['EUR', 0.6], ['USD', 0.3], ['GBP', 0.1]];
/** The subscribers to the alerts. */
const SUBSCRIBERS = 3;

/** The metrics of a normal day with a small incident at its end. The same at every run. */
export function simulatedDay(): MetricData {
  const data = new MetricData();
  const random = randomNumbers();
  const system = (name: MetricName, time: number, value = 1, dimension: { readonly [name: string]: string } = {}) => data.add({
    namespace: METRIC_NAMESPACE, name, dimensions: { System: SUFFIX, ...dimension },
  }, time, value);
  const ofProvider = (name: MetricName, time: number, provider: string) => {
    system(name, time);
    system(name, time, 1, { [MetricBy.PROVIDER]: provider });
  };
  const aws = (namespace: string, name: string, dimensions: { readonly [name: string]: string }, time: number, ...values: number[]) => data.add(
    { namespace: `AWS/${namespace}`, name, dimensions }, time, ...values,
  );
  const lambda = (fn: string, time: number, milliseconds: number) => {
    const dimensions = { FunctionName: `${fn}-${SUFFIX}` };
    aws('Lambda', 'Invocations', dimensions, time, 1);
    aws('Lambda', 'Errors', dimensions, time, 0);
    aws('Lambda', 'Duration', dimensions, time, milliseconds);
  };
  const request = (time: number, status: 200 | 401 | 503) => {
    const dimensions = { ApiName: `webhook-api-${SUFFIX}` };
    aws('ApiGateway', 'Count', dimensions, time, 1);
    aws('ApiGateway', '4XXError', dimensions, time, Number(status === 401));
    aws('ApiGateway', '5XXError', dimensions, time, Number(status === 503));
    lambda('webhook-validator', time, status === 401 ? random.between(2, 6) : random.skewed(12, 90));
  };
  const table = (time: number, written: number, read: number) => {
    const dimensions = { TableName: `transactions-${SUFFIX}` };
    aws('DynamoDB', 'ConsumedWriteCapacityUnits', dimensions, time, written);
    aws('DynamoDB', 'ConsumedReadCapacityUnits', dimensions, time, read);
  };
  const rule = (tier: Tier, time: number) => aws(
    'Events', 'Invocations', { EventBusName: `payment-events-${SUFFIX}`, RuleName: `${tier}-value-transactions-${SUFFIX}` }, time, 1,
  );
  const alert = (time: number) => {
    const dimensions = { TopicName: `transaction-alerts-${SUFFIX}` };
    aws('SNS', 'NumberOfMessagesPublished', dimensions, time, 1);
    aws('SNS', 'NumberOfNotificationsDelivered', dimensions, time, SUBSCRIBERS);
  };
  const workflow = (name: string, time: number) => aws('States', name, {
    StateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:transaction-workflow-${SUFFIX}`,
  }, time, 1);

  let assessedAt: number | undefined;
  const assess = (time: number) => {
    assessedAt = time;
    const verdict = random.of(VERDICT_SHARES);
    const currency = random.of(CURRENCIES);
    rule('high', time);
    workflow('ExecutionsStarted', time);
    lambda('fraud-detector', time, random.skewed(35, 160));
    table(time, 4, 6);
    system(Metric.ASSESSED, time);
    system(Metric.VERDICT, time, 1, { [MetricBy.VERDICT]: verdict });
    system(Metric.ASSESSED_AMOUNT, time, Math.round(random.skewed(11_000, 30_000)), { [MetricBy.CURRENCY]: currency });
    system(Metric.VERDICT_LATENCY, time, Math.round(random.skewed(900, 1_600)));
    Object.keys(RULE_LABELS).filter((name) => random.happens(fireShare(name, verdict)))
      .forEach((name) => system(Metric.RULE_FIRED, time, 1, { [MetricBy.RULE]: name }));
    alert(time);
    if (verdict !== 'approve') {
      alert(time);
    }
    workflow('ExecutionsSucceeded', time);
  };
  const store = (time: number, provider: string) => {
    ofProvider(Metric.STORED, time, provider);
    request(time, 200);
    table(time, 3, 0);
    lambda('event-relay', time, random.skewed(25, 80));
    aws('Lambda', 'IteratorAge', { FunctionName: `event-relay-${SUFFIX}` }, time, Math.round(random.skewed(120, 400)));
    const amount = random.between(0, 1);
    if (random.happens(SHARES.movement) && amount < SHARES.high) {
      assess(time);
    } else if (amount < SHARES.medium) {
      rule('medium', time);
      alert(time);
    }
  };
  const receive = (time: number, provider: string) => {
    if (provider === INCIDENT.provider && time >= INCIDENT.start) {
      ofProvider(Metric.REJECTED, time, provider);
      ofProvider(Metric.MISMATCHED, time, provider);
      request(time, 401);
    } else if (random.happens(SHARES.unsigned)) {
      ofProvider(Metric.REJECTED, time, provider);
      request(time, 401);
    } else if (random.happens(SHARES.duplicate)) {
      ofProvider(Metric.DUPLICATE, time, provider);
      request(time, 200);
      table(time, 1, 0);
    } else {
      store(time, provider);
    }
  };

  for (let time = END - DAY * MINUTE; time < END; time += MINUTE) {
    const hour = (time / 3_600) % 24;
    // Most people buy in the early evening.
    const activity = 0.55 + 0.45 * Math.cos((hour - 18) / 12 * Math.PI);
    for (const provider of PROVIDERS) {
      // Adyen retries what it cannot deliver.
      const retries = provider === INCIDENT.provider && time >= INCIDENT.start ? 1.6 : 1;
      for (let left = random.poisson(RATES[provider] * activity * retries); left > 0; left -= 1) {
        receive(time, provider);
      }
    }
    if (time === FAILED_WRITES.minute) {
      for (let left = FAILED_WRITES.count; left > 0; left -= 1) {
        ofProvider(Metric.STORE_FAILED, time, FAILED_WRITES.provider);
        request(time, 503);
      }
    }
    system(Metric.SWEEP_COMPLETED, time);
    // A workflow takes some seconds. A sweep finds a transaction open only if both are in the same minute.
    system(Metric.OLDEST_OPEN, time, assessedAt === time ? 1 + (time / MINUTE) % 3 : 0);
    const concurrency = Math.round(20 + 30 * activity);
    aws('Lambda', 'ClaimedAccountConcurrency', {}, time, concurrency);
    aws('Lambda', 'ConcurrentExecutions', {}, time, concurrency);
    system(Metric.RELAY_PROGRESS, time);
    lambda('event-relay', time, random.skewed(20, 60));
    table(time, 1, 11);
    if (time % (5 * MINUTE) === 0) {
      system(Metric.ARCHIVAL_PROGRESS, time);
      lambda('transaction-archival', time, random.skewed(180, 420));
      aws('Lambda', 'IteratorAge', { FunctionName: `transaction-archival-${SUFFIX}` }, time, Math.round(random.between(60_000, 300_000)));
    }
  }
  return data;
}

function fireShare(rule: string, verdict: Verdict): number {
  const often = ['amount-above', 'new-customer-above', 'amount-spike'].includes(rule);
  return { approve: often ? 0.1 : 0.01, review: often ? 0.6 : 0.1, block: often ? 0.7 : 0.3 }[verdict];
}

function randomNumbers() {
  const generator = xoroshiro128plus(SEED);
  const next = () => uniformFloat64(generator);
  return {
    happens: (share: number) => next() < share,
    between: (from: number, to: number) => from + next() * (to - from),
    /** Most results are near the first number, and few are near the other. */
    skewed: (from: number, to: number) => from + next() ** 4 * (to - from),
    poisson: (mean: number) => {
      let count = 0;
      for (let product = next(); product > Math.exp(-mean); product *= next()) {
        count += 1;
      }
      return count;
    },
    of: <T>(shares: ReadonlyArray<readonly [T, number]>): T => {
      let left = next();
      return (shares.find(([, share]) => (left -= share) < 0) ?? shares[0])[0];
    },
  };
}
