import { hitsText, listHits } from './list-matches';
import { defineRule } from './rule';
import type { BlockedConfig } from '../../../src/private/contract';

/** Fires when something about the transaction is on the rule's own lists or on the operators' list. */
export const blocked = defineRule({
  label: 'Blocked',
  applies: 'the customer, a country, the card, its first digits, the email address or its domain is on a list of the stack or on the '
    + '[blocklist in the table](#the-blocklist)',
  reads: 'the lists',
  needs: ['blocked'],
  evaluate(rule: BlockedConfig, { detail, blocked: found }) {
    const matches = hitsText(listHits(rule, detail, found));
    return matches && `blocked ${matches}`;
  },
});
