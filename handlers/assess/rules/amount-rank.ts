import { percentText } from './figures';
import { defineRule } from './rule';
import { amountOf, moneyText } from './rule-amounts';
import { presentEvent } from './rule-context';
import { shopRankOf } from './shop-rank';
import type { AmountRankConfig } from '../../../src/private/contract';
import { withThousands } from '../../domain/money';

/** Fires on a payment that is larger than most of the shop's. Needs no amount, so it follows each shop and currency. */
export const amountRank = defineRule({
  label: 'Amount rank',
  applies: "the payment is larger than the share `above` of the shop's assessed payments in its currency, of which at least 100 are counted",
  reads: 'how many payments of this month and the last one had which amount',
  needs: ['shopAmounts'],
  evaluate({ above }: AmountRankConfig, context) {
    const place = shopRankOf(context);
    return place && place.rank > above
      ? `amount ${moneyText(amountOf(presentEvent(context.detail))!, context.detail.currency)} is above ${percentText(place.rank)} of `
        + `${withThousands(String(place.counted))} payments of the shop, over ${percentText(above)}`
      : undefined;
  },
});
