import { historyContext } from './history-context';
import { readHistoryPage } from './history-page';
import { historyPartitions } from './history-partitions';
import { newestTimeOf } from './rules/history-bounds';
import { contextOf, type LoadedContext, type Need } from './rules/rule-context';
import type { StoredLists } from './stored-lists';
import type { TierConfig, TransactionDetail } from '../../src/private/contract';
import { errorName, log } from '../aws/telemetry';

/**
 * Reads the histories that a set of rules needs for a transaction, in parallel:
 * at most four pages. `lists` are the parts of the context that were read before.
 */
export async function loadRuleContext(
  detail: TransactionDetail, needs: ReadonlySet<Need>, tiers: TierConfig, lists: StoredLists,
): Promise<LoadedContext> {
  const to = newestTimeOf(detail);
  const pages = await Promise.all([...historyPartitions(detail, needs)]
    .map(async ([name, partition]) => [name, await readHistoryPage(partition, to)] as const));
  const histories = historyContext(Object.fromEntries(pages), (error) => log('WARN', 'skipped unreadable event', { error: errorName(error) }));
  return contextOf(detail, tiers, { ...lists, ...histories });
}
