import type { PublishedEvent } from './aws-services';
import { EVENT_SOURCE } from './function-settings';
import type { WorkflowExecutions } from './workflow-executions';
import type { TransactionDetail } from '../../src/private/contract';
import { tierPattern } from '../../src/private/tier-patterns';
import { TIERS } from '../handlers/support/items';
import type { Dice } from '../simulation/marketplace-random';
import { matches } from '../support/event-pattern';

/** The share of the events that EventBridge delivers twice. */
const REPEATED = 0.1;

function isOfTier(tier: 'high' | 'medium', { Source: source, DetailType: type, Detail }: PublishedEvent): boolean {
  const { detailType, ...rest } = tierPattern(tier, EVENT_SOURCE, TIERS);
  return matches({ ...rest, 'detail-type': detailType }, { source, 'detail-type': type, 'detail': JSON.parse(Detail) });
}

/** The rules of the high and the medium tier, which deliver at least once. */
export class BusRules {
  private delivered = 0;

  constructor(private readonly events: readonly PublishedEvent[], private readonly workflow: WorkflowExecutions, private readonly dice: Dice) {}

  public get areBehind(): boolean {
    return this.delivered < this.events.length;
  }

  /** Delivers all events up to the present last one. */
  public async deliver(now: number): Promise<void> {
    while (this.areBehind) {
      const event = this.events[this.delivered++];
      const detail = JSON.parse(event.Detail) as TransactionDetail;
      for (let times = this.dice.chance(REPEATED) ? 2 : 1; times > 0; times--) {
        if (isOfTier('high', event)) {
          await this.workflow.start(detail, now);
        } else if (isOfTier('medium', event)) {
          this.workflow.alerts.push({ state: 'medium', transactionId: detail.transaction_id });
        }
      }
    }
  }
}
