import { overLimit } from './amount-limit';
import { formatAge, formatDuration } from './duration';
import { defineRule } from './rule';
import { occurredAt } from './rule-context';
import type { NewCustomerAboveConfig } from '../../../src/private/contract';

/**
 * Fires on an amount over the rule's amount if the customer's first transaction
 * is younger than `ageSeconds` or does not exist. Does not fire without a
 * customer, because the age is unknown.
 */
export const newCustomerAbove = defineRule({
  label: 'New customer above',
  applies: "the amount is above a number or a multiple of the high threshold, and the customer's first transaction was less than `age` before",
  reads: "the customer's oldest money movement",
  needs: ['firstSeenAt'],
  evaluate(rule: NewCustomerAboveConfig, { detail, tiers, firstSeenAt }) {
    const over = overLimit(rule, detail, tiers);
    if (over === undefined || detail.customer_id === undefined) {
      return undefined;
    }
    // The oldest event can be the present one, or a later one that arrived first.
    const milliseconds = firstSeenAt === undefined ? 0 : Date.parse(occurredAt(detail)) - Date.parse(firstSeenAt);
    if (milliseconds >= rule.ageSeconds * 1000) {
      return undefined;
    }
    const seen = milliseconds > 0 ? `first seen ${formatAge(milliseconds / 1000)} before` : 'not seen before';
    return `${over} and the customer was ${seen} (new for ${formatDuration(rule.ageSeconds)})`;
  },
});
