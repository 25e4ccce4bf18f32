import { listMatches } from './list-matches';
import { defineRule } from './rule';
import type { AllowedConfig } from '../../../src/private/contract';

/** Matches like `blocked`. What a match does to the other rules is decided in `weighFindings`. */
export const allowed = defineRule({
  label: 'Allowed',
  applies: 'the same lists as for `blocked`, of the stack or the allowlist in the table: the other rules do not count, unless an entry '
    + 'of `blocked` matches too',
  reads: 'the lists',
  needs: ['allowed'],
  evaluate(rule: AllowedConfig, { detail, allowed: found }) {
    const matches = listMatches(rule, detail, found);
    return matches && `allowed ${matches}`;
  },
});
