import type { ArchivePlace } from './archive-lookup';
import { executionLink, transactionLink } from '../../handlers/alerts/console-links';
import { paymentUrl } from '../../handlers/alerts/payment-pages';
import { moneyOf, type StoredItem } from '../../handlers/aws/stored-item';
import { eventAmount, tierOf, toDecimal, withThousands } from '../../handlers/domain/money';
import type { PublishingConfig } from '../../handlers/publish/events/event-entry';
import { Attr, NO_CURRENCY, SWEEP_ATTEMPTS, type Tier } from '../../src/private/contract';

/** `unknown` if nothing is recorded about a step, and `problem` if it needs an operator. */
export type StepState = 'done' | 'open' | 'unknown' | 'problem';

/** A step in the life of a transaction. */
export interface LifeStep {
  readonly step: 'received' | 'stored' | 'published' | 'claimed' | 'swept' | 'given up' | 'assessed' | 'shadow' | 'alerted' | 'closed' | 'archived' | 'erased';
  readonly state: StepState;
  /** ISO 8601. */
  readonly at?: string;
  readonly text: string;
}

/** What is known about one event of a payment. Texts are unchanged: make them printable before you show them. */
export interface TransactionLife {
  readonly transaction_id: string;
  readonly timestamp: string;
  readonly event_id?: string;
  readonly provider: string;
  readonly provider_event?: string;
  readonly kind?: string;
  readonly live?: boolean;
  readonly money_movement?: boolean;
  readonly amount?: string;
  readonly currency?: string;
  readonly tier?: Tier;
  readonly reference?: string;
  readonly customer_id?: string;
  readonly verdict?: string;
  readonly label?: string;
  readonly labeled_by?: string;
  readonly labeled_at?: string;
  readonly steps: readonly LifeStep[];
  readonly links: { readonly payment?: string; readonly item?: string; readonly execution?: string };
}

/** What a life is made of, beside the item. */
export interface LifeContext {
  readonly settings: PublishingConfig;
  readonly tableName: string;
  /** Its partition and Region are those of the links to the console. */
  readonly workflowArn: string;
  /** Whether the console of AWS has the system. */
  readonly inConsole: boolean;
}

/** The life of a stored transaction. Nothing in it is a guess: what the table does not record is `unknown`. */
export function lifeOf(item: StoredItem, archive: ArchivePlace | undefined, context: LifeContext): TransactionLife {
  const [id, timestamp, provider] = [Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.PROVIDER].map((name) => item[name].S!);
  const money = moneyIn(item);
  const currency = text(item, Attr.CURRENCY);
  const tier = money && item[Attr.MONEY_MOVEMENT]?.BOOL
    ? tierOf(eventAmount(money.minor, money.exponent), currency ?? NO_CURRENCY, context.settings.tiers) : undefined;
  return {
    transaction_id: id,
    timestamp,
    provider,
    event_id: text(item, Attr.EVENT_ID),
    provider_event: text(item, Attr.PROVIDER_EVENT),
    kind: text(item, Attr.KIND),
    live: item[Attr.LIVE]?.BOOL,
    money_movement: item[Attr.MONEY_MOVEMENT]?.BOOL,
    amount: money && withThousands(toDecimal(money.minor, money.exponent)),
    currency,
    tier,
    reference: text(item, Attr.REFERENCE),
    customer_id: text(item, Attr.CUSTOMER_ID),
    verdict: text(item, Attr.VERDICT),
    label: text(item, Attr.LABEL),
    labeled_by: text(item, Attr.LABELED_BY),
    labeled_at: text(item, Attr.LABELED_AT),
    steps: [
      { step: 'received', state: 'done', at: text(item, Attr.RECEIVED_AT), text: item[Attr.FETCHED]?.BOOL ? 'fetched from the API of the provider' : 'webhook' },
      { step: 'stored', state: 'done', text: item[Attr.BODY_KEY] ? `body in S3: ${text(item, Attr.BODY_KEY)}` : item[Attr.BODY] ? 'with its body' : 'without its body' },
      ...text(item, Attr.ERASED_AT) ? [] : processingSteps(item, tier),
      ...archive ? [archiveStep(archive)] : [],
      ...dated(item, Attr.ERASED_AT, 'erased', 'the data of the customer is erased. The transaction is never published again'),
    ],
    links: linksOf({ id, timestamp, provider }, item, context),
  };
}

/** What happens to a transaction after it is stored. The workflow records only what it assesses. */
function processingSteps(item: StoredItem, tier: Tier | undefined): LifeStep[] {
  const verdict = text(item, Attr.VERDICT);
  const closedAt = text(item, Attr.CLOSED_AT);
  const wasClaimed = item[Attr.CLAIMED_AT] !== undefined || verdict !== undefined || closedAt !== undefined;
  const sweeps = Number(item[Attr.SWEEPS]?.N ?? 0);
  return [
    wasClaimed
      ? { step: 'published', state: 'done', text: 'the workflow got the event' }
      : { step: 'published', state: 'unknown', text: 'not recorded. The relay publishes each transaction within seconds' },
    ...dated(item, Attr.CLAIMED_AT, 'claimed', `by ${text(item, Attr.CLAIM_OWNER) ?? 'an execution'}`, closedAt ? 'done' : 'open'),
    ...sweeps > 0 ? [{ step: 'swept', state: 'done', text: `published again ${sweeps} of ${SWEEP_ATTEMPTS} times` } as const] : [],
    ...dated(item, Attr.GIVEN_UP_AT, 'given up', 'not assessed and alerted. Fix the cause, and redrive it', 'problem'),
    ...verdict === undefined ? [] : [{ step: 'assessed', state: 'done', at: text(item, Attr.ASSESSED_AT), text: assessmentText(item, verdict) } as const],
    ...shadowStep(item),
    alertStep({ tier, isOpen: item[Attr.SWEEP_AT] !== undefined, closedAt, verdict }),
    ...closedAt === undefined ? openStep(item) : [{ step: 'closed', state: 'done', at: closedAt, text: 'the workflow is finished' } as const],
  ];
}

/** The attributes of an assessment. */
interface AssessedBy { readonly score: string; readonly reasons: string; readonly ruleSet: string }

const LIVE: AssessedBy = { score: Attr.SCORE, reasons: Attr.REASONS, ruleSet: Attr.RULE_SET };
const SHADOW: AssessedBy = { score: Attr.SHADOW_SCORE, reasons: Attr.SHADOW_REASONS, ruleSet: Attr.SHADOW_RULE_SET };

function assessmentText(item: StoredItem, verdict: string, by = LIVE): string {
  const reasons = (item[by.reasons]?.L ?? []).flatMap(({ S }) => S ?? []);
  const because = reasons.length > 0 ? ` because: ${reasons.join('; ')}` : '';
  return `${verdict}, score ${item[by.score]?.N ?? '?'}, rules ${text(item, by.ruleSet) ?? '?'}${because}`;
}

function shadowStep(item: StoredItem): LifeStep[] {
  const verdict = text(item, Attr.SHADOW_VERDICT);
  return verdict === undefined ? [] : [{ step: 'shadow', state: 'done', text: `without effect: ${assessmentText(item, verdict, SHADOW)}` }];
}

interface AlertLook {
  readonly tier: Tier | undefined;
  /** Whether the workflow must finish it. */
  readonly isOpen: boolean;
  readonly closedAt: string | undefined;
  readonly verdict: string | undefined;
}

function alertStep({ tier, isOpen, closedAt, verdict }: AlertLook): LifeStep {
  const isAlarming = verdict !== undefined && verdict !== 'approve';
  if (closedAt !== undefined && (tier === 'high' || isAlarming)) {
    const ofVerdict = `the verdict ${verdict}`;
    return {
      step: 'alerted',
      state: 'done',
      text: tier !== 'high' ? `the alert of ${ofVerdict}` : isAlarming ? `the alerts of the tier and of ${ofVerdict}` : 'the alert of the tier',
    };
  }
  if (closedAt === undefined && (tier === 'high' || isOpen)) {
    return { step: 'alerted', state: 'open', text: 'the workflow has not finished' };
  }
  switch (tier) {
    case 'medium':
      return { step: 'alerted', state: 'unknown', text: 'not recorded. A rule of the bus alerts medium-value transactions' };
    default:
      return { step: 'alerted', state: 'done', text: tier === 'low' ? 'no alert: low-value' : 'no alert: not a money movement' };
  }
}

function openStep(item: StoredItem): LifeStep[] {
  const sweepAt = text(item, Attr.SWEEP_AT);
  return sweepAt === undefined || item[Attr.GIVEN_UP_AT] ? [] : [{ step: 'closed', state: 'open', text: `not yet. The sweep publishes it again at ${sweepAt}` }];
}

function archiveStep(place: ArchivePlace): LifeStep {
  switch (place.state) {
    case 'archived':
      return { step: 'archived', state: 'done', text: `s3://${place.bucket}/${place.key}` };
    case 'not-yet':
      return { step: 'archived', state: 'open', text: 'not found yet. The archival writes every five minutes' };
    case 'not-found':
      return { step: 'archived', state: 'unknown', text: `not found in ${place.read} objects of the hour after the receipt. It can have been archived later` };
    default:
      return { step: 'archived', state: 'unknown', text: `not read: ${place.reason}` };
  }
}

/** The step of an attribute with a time, if the item has it. */
function dated(item: StoredItem, attribute: string, step: LifeStep['step'], what: string, state: StepState = 'done'): LifeStep[] {
  const at = text(item, attribute);
  return at === undefined ? [] : [{ step, state, at, text: what }];
}

function linksOf(
  { id, timestamp, provider }: { id: string; timestamp: string; provider: string }, item: StoredItem,
  { settings, tableName, workflowArn, inConsole }: LifeContext,
): TransactionLife['links'] {
  const live = item[Attr.LIVE]?.BOOL === true;
  const payment = paymentUrl({ transaction_id: id, provider, live, account: text(item, Attr.ACCOUNT) }, settings.schemes);
  const [execution, startedAt] = [text(item, Attr.CLAIM_OWNER), text(item, Attr.CLAIMED_AT)];
  return {
    payment,
    ...inConsole && { item: transactionLink({ transaction_id: id, timestamp }, { tableName, execution: workflowArn, startedAt: '' }) },
    ...inConsole && execution && startedAt && { execution: executionLink({ tableName, execution, startedAt }) },
  };
}

/** The amount. An item that was changed by hand is shown without it. */
function moneyIn(item: StoredItem): ReturnType<typeof moneyOf> {
  try {
    return moneyOf(item);
  } catch {
    return undefined;
  }
}

function text(item: StoredItem, name: string): string | undefined {
  return item[name]?.S;
}
