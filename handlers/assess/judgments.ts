import { isDeepStrictEqual } from 'node:util';
import { applyRules, type Judgment } from './apply-rules';
import { storeRuleSet } from './assessments';
import { functionScores } from './function-scores';
import { loadRuleContext } from './load-rule-context';
import { needsOf } from './needs';
import type { LoadedContext, Need } from './rules/rule-context';
import type { StoredLists } from './stored-lists';
import type { FraudConfig, RuleSetConfig, TransactionDetail } from '../../src/private/contract';
import { errorName, log } from '../aws/telemetry';

/** The judgments of all rules of a deployment. */
export interface Judgments {
  readonly live: Judgment;
  /** Missing without shadow rules, or if they could not be evaluated. Its rule set is stored. */
  readonly shadow?: Judgment;
}

/** Applies the live rules and the shadow rules to the same context. A failure of the shadow rules is logged and stops nothing. */
export async function judgmentsOf(detail: TransactionDetail, config: FraudConfig, lists: StoredLists): Promise<Judgments> {
  const { shadow: configured, ...live } = config;
  const load: Load = async (needs) => loadRuleContext(detail, needs, live.tiers, lists);
  const { context: loaded, shadow } = await loadShared(load, live, configured);
  const context = { ...loaded, scores: await functionScores(loaded, live.rules, shadow?.rules) };
  return {
    live: applyRules(context, live),
    shadow: shadow && await unlessItFails(async () => {
      const judgment = applyRules(context, { ...live, ...shadow });
      await storeRuleSet(judgment.ruleSet);
      return judgment;
    }),
  };
}

type Load = (needs: ReadonlySet<Need>) => Promise<LoadedContext>;

interface SharedContext {
  readonly context: LoadedContext;
  /** The shadow rules, if the context has what they need. */
  readonly shadow?: RuleSetConfig;
}

/**
 * Loads the data once for both sets. If the image does not support a shadow rule, or if data that only shadow rules need
 * cannot be loaded, it loads the data of the live rules alone. A failure of the same reads is not repeated: the time of an
 * assessment is limited.
 */
async function loadShared(load: Load, live: FraudConfig, shadow: RuleSetConfig | undefined): Promise<SharedContext> {
  const own = needsOf(live.rules);
  const all = shadow && await unlessItFails(async () => needsOf([...live.rules, ...shadow.rules]));
  if (!all || isDeepStrictEqual(all, own)) {
    return { context: await load(own), shadow: all && shadow };
  }
  const context = await unlessItFails(async () => load(all));
  return context ? { context, shadow } : { context: await load(own) };
}

async function unlessItFails<T>(evaluate: () => Promise<T>): Promise<T | undefined> {
  try {
    return await evaluate();
  } catch (error) {
    log('WARN', 'failed to evaluate the shadow rules', { error: errorName(error) });
    return undefined;
  }
}
