import { listMatches } from './list-matches';
import { defineRule } from './rule';
import type { AllowedConfig } from '../../../src/private/contract';

/** Matches like `blocked`. `weighFindings` decides the effect of a match on the other rules. */
export const allowed = defineRule({
  label: 'Allowed',
  applies: 'one of the values of `blocked` is on a list of the stack or on the [allowlist in the table](#the-allowlist); the other rules '
    + 'then do not count, unless an entry of `blocked` matches too',
  reads: 'the lists',
  needs: ['allowed'],
  evaluate(rule: AllowedConfig, { detail, allowed: found }) {
    const matches = listMatches(rule, detail, found);
    return matches && `allowed ${matches}`;
  },
});
