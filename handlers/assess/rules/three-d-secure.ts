import { defineRule } from './rule';
import type { ThreeDSecureConfig } from '../../../src/private/contract';

/** Fires on an outcome of 3-D Secure. Does not fire if the provider states no outcome. */
export const threeDSecure = defineRule({
  label: '3-D Secure',
  applies: 'the outcome of 3-D Secure is one of `outcomes`',
  reads: 'the transaction; payments whose provider states no outcome never match',
  needs: [],
  evaluate({ outcomes }: ThreeDSecureConfig, { detail: { three_d_secure: outcome } }) {
    return outcome !== undefined && outcomes.includes(outcome) ? `3-D Secure ${outcome}` : undefined;
  },
});
