import { Attr } from '../../src/private/contract';
import { isErased, isTransaction, type StoredItem } from '../aws/stored-item';

/** Whether an event can have a label: it is a money movement or a declined payment, and its customer is not erased. */
export function canBeLabeled(event: StoredItem): boolean {
  const isPayment = event[Attr.MONEY_MOVEMENT]?.BOOL === true || event[Attr.OCCURRED_AT] !== undefined;
  return isPayment && isTransaction(event) && !isErased(event);
}
