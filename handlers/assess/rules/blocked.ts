import { blocklistKey, blocklistKeys, type BlocklistHit } from './blocklist';
import { defineRule } from './rule';
import type { BlockedConfig, ListKind } from '../../../src/private/contract';

/** The maximum length of an operator's words in a reason, in characters. */
const MAX_REASON = 100;

/**
 * Fires when the customer, a country, the card's first digits or the email
 * address's domain is on the rule's own lists or on the operators' list. Entries
 * have the same meaning in both. The reason names each entry once, in a fixed order.
 */
export const blocked = defineRule({
  label: 'Blocked',
  applies: "the customer, a country, the card's first digits or the email's domain is on a list of the stack or on the "
    + '[blocklist in the table](#the-blocklist)',
  reads: 'the lists',
  needs: ['blocked'],
  evaluate(rule: BlockedConfig, { detail, blocked: found }) {
    const listed = listedKeys(rule);
    const hits = new Map<string, BlocklistHit>([
      ...[...blocklistKeys(detail)].filter(([key]) => listed.has(key)),
      ...found.map((hit): [string, BlocklistHit] => [blocklistKey(hit), hit]),
    ]);
    return hits.size > 0 ? `blocked ${[...hits.keys()].sort().map((key) => hitText(hits.get(key)!)).join(', ')}` : undefined;
  },
});

function listedKeys({ customers = [], countries = [], cards = [], emailDomains = [] }: BlockedConfig): ReadonlySet<string> {
  const lists: readonly [ListKind, readonly string[]][] = [
    ['customer', customers], ['country', countries], ['card', cards], ['email-domain', emailDomains],
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
