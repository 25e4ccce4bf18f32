import { blocklistKey, blocklistKeys, type BlocklistHit } from './blocklist';
import type { AllowedConfig, ListKind, TransactionDetail } from '../../../src/private/contract';

/** The lists of a rule. */
export type RuleLists = Omit<AllowedConfig, 'rule' | 'score'>;

/** The maximum length of an operator's words in a reason, in characters. */
const MAX_REASON = 100;

/**
 * The entries that match a transaction, from the rule's own lists and from the operators' list. Entries have the same meaning
 * in both. Each entry once, in a fixed order.
 */
export function listHits(lists: RuleLists, detail: TransactionDetail, found: readonly BlocklistHit[]): readonly BlocklistHit[] {
  const listed = listedKeys(lists);
  const hits = new Map<string, BlocklistHit>([
    ...[...blocklistKeys(detail)].filter(([key]) => listed.has(key)),
    ...found.map((hit): [string, BlocklistHit] => [blocklistKey(hit), hit]),
  ]);
  return [...hits.keys()].sort().map((key) => hits.get(key)!);
}

/** The text of entries for a reason: `customer stripe:cus_1, country KP (sanctions)`. Undefined without an entry. */
export function hitsText(hits: readonly BlocklistHit[]): string | undefined {
  return hits.length > 0 ? hits.map(hitText).join(', ') : undefined;
}

function listedKeys({ customers = [], countries = [], cards = [], cardFingerprints = [], emailDomains = [] }: RuleLists): ReadonlySet<string> {
  const lists: readonly [ListKind, readonly string[]][] = [
    ['customer', customers], ['country', countries], ['card', cards], ['card-fingerprint', cardFingerprints], ['email-domain', emailDomains],
  ];
  return new Set(lists.flatMap(([kind, values]) => values.map((value) => blocklistKey({ kind, value }))));
}

/** `country KP (sanctions)`. */
function hitText({ kind, value, reason }: BlocklistHit): string {
  return `${kind.replace('-', ' ')} ${value}${reason ? ` (${oneLine(reason)})` : ''}`;
}

/** Without parentheses, because the reason adds them. Shortened first: half of a surrogate pair is then replaced like a line break. */
function oneLine(text: string): string {
  return text.slice(0, MAX_REASON).replace(/[\p{C}()]/gu, ' ');
}
