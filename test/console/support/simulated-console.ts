import type { ConsoleActions, ConsoleSource } from '../../../cli/console/console-ports';
import type { ConsoleAlarm, ConsoleBlockedValue, ConsoleBody, ConsoleDeadLetter, ConsoleLife } from '../../../cli/console/model/console-answers';
import { eventKeyOf, type ConsoleTransaction } from '../../../cli/console/model/console-transaction';

/** The time of the simulated console. */
export const CONSOLE_NOW = Date.parse('2026-03-04T14:20:00Z');

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DIGITS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The same numbers in each run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

interface Payment {
  readonly provider: string;
  readonly providerEvent: string;
  readonly kind: ConsoleTransaction['kind'];
  readonly moneyMovement: boolean;
  readonly prefix: string;
}

const PAYMENTS: readonly Payment[] = [
  { provider: 'stripe', providerEvent: 'payment_intent.succeeded', kind: 'captured', moneyMovement: true, prefix: 'pi_3' },
  { provider: 'stripe', providerEvent: 'charge.refunded', kind: 'refunded', moneyMovement: true, prefix: 'ch_3' },
  { provider: 'stripe', providerEvent: 'payment_intent.payment_failed', kind: 'failed', moneyMovement: false, prefix: 'pi_3' },
  { provider: 'adyen', providerEvent: 'CAPTURE', kind: 'captured', moneyMovement: true, prefix: '88' },
  { provider: 'adyen', providerEvent: 'AUTHORISATION', kind: 'authorized', moneyMovement: false, prefix: '88' },
  { provider: 'mollie', providerEvent: 'payment.paid', kind: 'captured', moneyMovement: true, prefix: 'tr_' },
  { provider: 'stripe', providerEvent: 'payment_intent.succeeded', kind: 'captured', moneyMovement: true, prefix: 'pi_3' },
];
const REASONS = [
  'amount 61,250.00 EUR is over 2 times the high threshold 10,000 (+3)', 'amount 61,250.00 EUR is over 3 times the high threshold 10,000 (+4)',
  'amount 61,250.00 EUR is over 5 times the high threshold 10,000 (+8)', '3 cards of the customer within 7 days, over 1 (+5)',
  '3 cards of the customer within 7 days, over 2 (+30)', "country DE differs from the card's country NG (+30)",
];

/** A payment that the rules block. Its body is that of the console. */
export const BLOCKED_PAYMENT: ConsoleTransaction = {
  transactionId: 'stripe:pi_3NxGTo2eZvKYlo2C',
  timestamp: '2026-03-04T14:19:24.000Z#evt_1NxGTo2eZvKYlo2C',
  eventId: 'evt_1NxGTo2eZvKYlo2C',
  provider: 'stripe',
  providerEvent: 'payment_intent.succeeded',
  kind: 'captured',
  status: 'succeeded',
  live: true,
  moneyMovement: true,
  amount: '61,250.00',
  currency: 'EUR',
  reference: 'order-10477',
  customerId: 'cus_PqR7aJ2nQ4',
  paymentMethod: 'card',
  country: 'DE',
  cardCountry: 'NG',
  cardFingerprint: 'stripe:hQ7xV2mKd81LwPzT',
  riskScore: 71,
  riskLevel: 'elevated',
  threeDSecure: 'failed',
  paymentUrl: 'https://dashboard.stripe.com/payments/pi_3NxGTo2eZvKYlo2C',
  eventTime: '2026-03-04T14:19:24.000Z',
  receivedAt: '2026-03-04T14:19:24.412Z',
  tier: 'high',
  publishedAt: '2026-03-04T14:19:24.780Z',
  claimedAt: '2026-03-04T14:19:25.301Z',
  verdict: 'block',
  score: 80,
  reasons: REASONS,
  ruleSet: '5f3a9c',
  assessedAt: '2026-03-04T14:19:25.644Z',
  closedAt: '2026-03-04T14:19:26.518Z',
  label: 'fraud',
  labeledBy: 'jane',
  labeledAt: '2026-03-04T14:19:52.000Z',
};

/** Transactions as the console has them, newest first. */
export function simulatedTransactions(count: number, now = CONSOLE_NOW): ConsoleTransaction[] {
  const others = manyTransactions(count - 1, now);
  return [...others, BLOCKED_PAYMENT].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
}

function manyTransactions(count: number, now: number): ConsoleTransaction[] {
  const random = numbers(7);
  const next = () => random.next().value;
  const text = (length: number) => Array.from({ length }, () => DIGITS[Math.floor(next() * DIGITS.length)]).join('');
  let age = 3 * SECOND;
  return Array.from({ length: count }, (_, index) => {
    const payment = PAYMENTS[Math.floor(next() * PAYMENTS.length)];
    const size = next();
    const tier = size > 0.86 ? 'high' : size > 0.6 ? 'medium' : 'low';
    const minor = Math.floor((tier === 'high' ? 1_000_000 + next() * 7_000_000 : tier === 'medium' ? 100_000 + next() * 890_000 : 400 + next() * 90_000));
    const amount = (minor / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
    age += Math.floor(next() * 25 * SECOND);
    const at = (after: number) => new Date(now - age + after).toISOString();
    const score = Math.floor(next() * 5) * 20;
    const verdict = score >= 80 ? 'block' : score >= 40 ? 'review' : 'approve';
    const isAssessed = tier === 'high' && payment.moneyMovement;
    const isGivenUp = isAssessed && next() > 0.93 && age > 2 * MINUTE;
    const isDone = isAssessed && age > 30 * SECOND;
    const eventId = payment.provider === 'adyen' ? text(16).toUpperCase() : `evt_1${text(14)}`;
    return {
      transactionId: `${payment.provider}:${payment.prefix}${payment.provider === 'adyen' ? text(14).toUpperCase() : text(13)}`,
      timestamp: `${at(-900)}#${eventId}`,
      eventId,
      provider: payment.provider,
      providerEvent: payment.providerEvent,
      kind: payment.kind,
      status: payment.kind === 'captured' ? 'succeeded' : undefined,
      live: index % 23 !== 5,
      moneyMovement: payment.moneyMovement,
      amount,
      currency: ['EUR', 'EUR', 'USD', 'GBP', 'SEK'][Math.floor(next() * 5)],
      reference: next() > 0.15 ? `order-${10_480 - index}` : undefined,
      customerId: next() > 0.2 ? `cus_${text(12)}` : undefined,
      paymentMethod: 'card',
      country: ['DE', 'FR', 'SE', 'US'][Math.floor(next() * 4)],
      paymentUrl: payment.provider === 'stripe' && payment.prefix === 'pi_3' ? 'https://dashboard.stripe.com/payments/pi_3NxGTo2eZvKYlo2C' : undefined,
      eventTime: at(-900),
      receivedAt: at(0),
      tier,
      publishedAt: at(340),
      ...isAssessed && age > 6 * SECOND && { claimedAt: at(900) },
      ...isDone && !isGivenUp && { verdict, score, reasons: REASONS.slice(0, score / 20 > 2 ? 3 : score / 20), ruleSet: '5f3a9c', assessedAt: at(1_240), closedAt: at(2_110) },
      ...isDone && score >= 40 && index % 3 === 0 && { label: score >= 80 ? 'fraud' as const : 'honest' as const, labeledBy: 'jane', labeledAt: at(MINUTE) },
      ...isGivenUp && { givenUpAt: at(3 * MINUTE), sweeps: 10 },
      ...age > 5 * MINUTE && { archivedAt: at(4 * MINUTE) },
    };
  });
}

const BODY = {
  id: 'evt_1NxGTo2eZvKYlo2C',
  object: 'event',
  type: 'payment_intent.succeeded',
  created: 1772633998,
  livemode: true,
  data: { object: { id: 'pi_3NxGTo2eZvKYlo2C', amount: 6125000, amount_received: 6125000, currency: 'eur', customer: 'cus_PqR7aJ2nQ4', metadata: { order_id: 'order-10477' }, status: 'succeeded' } },
};

const LETTERS: readonly ConsoleDeadLetter[] = [
  {
    id: 'letter-1',
    sentAt: '2026-03-04T14:02:11Z',
    receives: 1,
    origin: 'transaction-workflow',
    error: 'States.Timeout in the state FraudDetection',
    transactionId: 'stripe:pi_3NxGTo2eZvKYlo2C',
    text: '{"origin":"transaction-workflow","state":"FraudDetection","error":"States.Timeout","event":{"transaction_id":"stripe:pi_3NxGTo2eZvKYlo2C"}}',
    canRedrive: true,
  },
  {
    id: 'letter-2',
    sentAt: '2026-03-04T11:47:32Z',
    receives: 3,
    origin: 'event-relay',
    error: 'UnreadableItem: the attribute amount_minor is missing or not as expected',
    transactionId: 'adyen:881F7KQ2',
    text: '{"origin":"event-relay","error":"UnreadableItem: the attribute amount_minor is missing or not as expected","keys":{"transaction_id":{"S":"adyen:881F7KQ2"}}}',
    canRedrive: true,
  },
  { id: 'letter-3', sentAt: '2026-03-03T22:10:05Z', receives: 1, origin: 'aws.s3', error: 'A batch of the stream failed', text: '{"source":"aws.s3","detail":{"bucket":{"name":"failed-stream-records"}}}', canRedrive: false },
];

const RUNBOOK = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/runbook.md';
const ALARMS: readonly ConsoleAlarm[] = [
  {
    name: 'webhooks-mostly-rejected-adyen-prod',
    state: 'ALARM',
    since: '2026-03-04T14:05:00Z',
    description: 'Most webhooks of adyen are rejected. The provider retries them.',
    reason: 'Threshold Crossed: 3 datapoints were greater than the threshold (50.0).',
    runbook: `${RUNBOOK}#webhooks-mostly-rejected-provider-suffix`,
  },
  { name: 'webhooks-relay-late-prod', state: 'OK', since: '2026-03-01T08:00:00Z', description: 'The event relay is more than 5 minutes behind. Events and alerts are late.', reason: '', runbook: `${RUNBOOK}#webhooks-relay-late-suffix` },
  { name: 'webhooks-dead-letters-prod', state: 'INSUFFICIENT_DATA', since: '2026-03-01T08:00:00Z', description: 'Messages are in the dead-letter queue.', reason: '', runbook: `${RUNBOOK}#webhooks-dead-letters-suffix` },
];

/** A console without a system. It records what was asked of it. */
export class SimulatedConsole implements ConsoleSource, ConsoleActions {
  public readonly system = { name: 'Payments', region: 'eu-west-1', isLocal: false, providers: ['stripe', 'adyen', 'mollie'] };
  public readonly calls: string[] = [];
  public letters = [...LETTERS];
  public entries: ConsoleBlockedValue[] = [
    { kind: 'customer', value: 'stripe:cus_PqR7aJ2', reason: 'chargeback of order-9981' }, { kind: 'card', value: '49927398' }, { kind: 'email-domain', value: 'mail.example', reason: 'throwaway addresses' },
  ];
  public failure: Error | undefined;
  public bodyText = JSON.stringify(BODY);
  public remaining: readonly string[] = [];

  constructor(public transactions: readonly ConsoleTransaction[]) {}

  public async watch(report: (transactions: readonly ConsoleTransaction[]) => void): Promise<readonly string[]> {
    report(this.transactions);
    return this.remaining;
  }

  public async life({ transactionId, timestamp }: { readonly transactionId: string; readonly timestamp: string }): Promise<ConsoleLife | undefined> {
    this.fail();
    const transaction = this.transactions.find((each) => eventKeyOf(each) === eventKeyOf({ transactionId, timestamp }));
    return transaction && {
      transaction,
      others: transaction.kind === 'captured' && transaction.tier === 'high'
        ? [{ ...transaction, timestamp: `${transaction.timestamp}a`, kind: 'authorized', moneyMovement: false, providerEvent: 'payment_intent.requires_capture', verdict: undefined, closedAt: undefined }]
        : [],
      links: [{ label: 'Item in DynamoDB', url: 'https://eu-west-1.console.aws.amazon.com/dynamodbv2/home' }, { label: 'Execution', url: 'https://eu-west-1.console.aws.amazon.com/states/home' }],
      gaps: [],
    };
  }

  public async body(): Promise<ConsoleBody | undefined> {
    this.calls.push('body');
    return { text: this.bodyText, encoding: 'text', isCut: false };
  }

  public async deadLetters() {
    this.fail();
    return { letters: this.letters, total: this.letters.length };
  }

  public async blocklist() {
    return { entries: this.entries, isComplete: true };
  }

  public async alarms() {
    return ALARMS;
  }

  public async replay({ transactionId }: { readonly transactionId: string }): Promise<void> {
    this.fail();
    this.calls.push(`replay ${transactionId}`);
  }

  public async redrive(ids: readonly string[]) {
    this.calls.push(`redrive ${ids.join(' ')}`);
    this.letters = this.letters.filter(({ id }) => !ids.includes(id));
    return { redriven: ids, failures: [] };
  }

  public async block(entry: ConsoleBlockedValue): Promise<void> {
    this.calls.push(`block ${entry.kind} ${entry.value}`);
    this.entries = [...this.entries, entry];
  }

  public async unblock({ kind, value }: ConsoleBlockedValue): Promise<void> {
    this.calls.push(`unblock ${kind} ${value}`);
    this.entries = this.entries.filter((entry) => entry.value !== value);
  }

  private fail(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}
