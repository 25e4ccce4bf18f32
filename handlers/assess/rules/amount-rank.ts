import { percentText } from './figures';
import { defineRule } from './rule';
import { amountOf, moneyText } from './rule-amounts';
import { presentEvent } from './rule-context';
import { shopRankOf } from './shop-rank';
import type { AmountRankConfig } from '../../../src/private/contract';
import { withThousands } from '../../domain/money';

/** Fires on a payment that is larger than most of the shop's. It has no amount of its own, so it adapts to each shop and currency. */
export const amountRank = defineRule({
  label: 'Amount rank',
  applies: "more than the share `above` of the shop's assessed payments in the currency were smaller, and at least 100 are counted",
  reads: 'the counts of payments by amount, of this month and the last one',
  needs: ['shopAmounts'],
  evaluate({ above }: AmountRankConfig, context) {
    const place = shopRankOf(context);
    return place && place.rank > above
      ? `amount ${moneyText(amountOf(presentEvent(context.detail))!, context.detail.currency)} is above ${percentText(place.rank)} of `
        + `${withThousands(String(place.counted))} payments of the shop, over ${percentText(above)}`
      : undefined;
  },
});
