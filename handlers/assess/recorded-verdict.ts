import { Attr, type AssessmentResult } from '../../src/private/contract';
import { isErased, requiredText, requiredTexts, scoreOf, verdictOf, type StoredItem } from '../aws/stored-item';

/** The verdict that a transaction's item has; undefined if it has no verdict, or if the customer was erased. Throws if it cannot be read. */
export function recordedVerdict(item: StoredItem): AssessmentResult | undefined {
  return isErased(item) ? undefined : item[Attr.VERDICT] && {
    verdict: verdictOf(item), score: scoreOf(item), reasons: requiredTexts(item, Attr.REASONS), rule_set: requiredText(item, Attr.RULE_SET),
  };
}
