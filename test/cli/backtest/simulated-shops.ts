import { RandomNumbers } from './random-numbers';
import { paymentEventOf } from '../../../cli/backtest/history/event-line';
import { sortedByReceipt, type PaymentEvent } from '../../../cli/backtest/history/payment-event';

const START = Date.parse('2026-01-01T00:00:00Z');
const DAY = 86_400_000;
const DAYS = 150;

type Line = Record<string, unknown>;

/** Lines of a file of events. */
class ShopLedger {
  public readonly lines: Line[] = [];
  private count = 0;

  public add(day: number, amount: number, rest: Line): void {
    this.lines.push({
      transaction_id: `pay_${this.count++}`,
      kind: 'captured',
      currency: 'EUR',
      amount_minor: Math.round(amount * 100),
      event_time: new Date(START + Math.floor(day * DAY)).toISOString(),
      ...rest,
    });
  }

  public events(): PaymentEvent[] {
    return sortedByReceipt(this.lines.flatMap((line, index) => paymentEventOf(line, index + 1) ?? []));
  }
}

/** Registered customers with usual amounts. Fraud: new customers with stolen cards, taken accounts, and tested cards. */
export function accountShop(seed: number): PaymentEvent[] {
  const random = new RandomNumbers(seed);
  const ledger = new ShopLedger();
  const customers = [...Array(900).keys()].map((number) => ({
    customer_id: `c${number}`,
    country: random.pick(['DE', 'FR', 'NL']),
    card_bin: String(400_000 + random.below(80)),
    card_fingerprint: `card${number}`,
    usual: random.amount(60, 0.8),
    since: random.chance(0.6) ? 0 : random.next() * DAYS,
    every: 2 + 20 * random.next(),
  }));
  for (const { usual, since, every, ...customer } of customers) {
    for (let day = since; day < DAYS; day += every * -Math.log(1 - random.next())) {
      const isLarge = random.chance(0.03);
      const isAbroad = random.chance(0.04);
      const hasNewCard = random.chance(0.03);
      ledger.add(day, random.amount(usual * (isLarge ? 8 : 1), 0.5), {
        ...customer, card_country: isAbroad ? 'US' : customer.country, risk_score: random.below(60), ...hasNewCard && { card_fingerprint: `other${random.below(1e6)}` },
      });
    }
  }
  for (let number = 0; number < 260; number++) {
    const day = random.next() * DAYS;
    const fraud = { label: 'fraud', risk_score: Math.min(100, random.below(90) + 10) };
    const kind = number % 3;
    if (kind === 0) {
      const thief = { customer_id: `thief${number}`, country: random.pick(['DE', 'FR', 'NL', 'GB']), card_country: random.pick(['DE', 'US', 'BR']), card_fingerprint: `stolen${number}`, card_bin: '422222' };
      [0, 0.02, 0.05].slice(0, 1 + random.below(3)).forEach((later) => ledger.add(day + later, random.amount(260, 0.6), { ...thief, ...fraud }));
    } else if (kind === 1) {
      const { usual, since, every, ...victim } = random.pick(customers);
      ledger.add(Math.max(day, since), random.amount(Math.max(120, usual * 4), 0.5), { ...victim, card_fingerprint: `stolen${number}`, card_country: random.pick(['US', 'BR', victim.country]), ...fraud });
    } else {
      const tester = { customer_id: `tester${number}`, country: 'DE', card_country: random.pick(['DE', 'US']) };
      [...Array(3).keys()].forEach((attempt) => ledger.add(day + attempt / 500, 5, { ...tester, kind: 'failed', card_fingerprint: `tested${number}-${attempt}` }));
      ledger.add(day + 0.02, random.amount(180, 0.7), { ...tester, card_fingerprint: `tested${number}`, ...fraud });
    }
  }
  return ledger.events();
}

/** Guests who are known by their card and email address. Fraud: rings with many cards for one address, and cards of several addresses. */
export function guestShop(seed: number): PaymentEvent[] {
  const random = new RandomNumbers(seed);
  const ledger = new ShopLedger();
  for (let number = 0; number < 9_000; number++) {
    const buyer = random.below(4_000);
    ledger.add(random.next() * DAYS, random.amount(random.chance(0.06) ? 300 : 45, 0.9), {
      email_hash: `mail${buyer}`,
      card_fingerprint: `card${buyer}`,
      country: random.pick(['US', 'US', 'CA', 'GB']),
      card_country: random.pick(['US', 'US', 'US', 'CA']),
      ...random.chance(0.5) && { three_d_secure: random.chance(0.7) ? 'authenticated' : 'attempted' },
    });
  }
  for (let ring = 0; ring < 70; ring++) {
    const day = random.next() * (DAYS - 2);
    const [addresses, cards] = random.chance(0.5) ? [1, 5] : [4, 2];
    for (let payment = 0; payment < 2 + random.below(4); payment++) {
      ledger.add(day + random.next(), random.amount(220, 0.8), {
        email_hash: `ring${ring}-${random.below(addresses)}`, card_fingerprint: `ring${ring}-${random.below(cards)}`, country: 'US', card_country: random.pick(['US', 'MX']), label: 'fraud',
      });
    }
  }
  return ledger.events();
}
