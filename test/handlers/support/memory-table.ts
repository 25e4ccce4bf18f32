import batchGetItem from 'dynalite/actions/batchGetItem';
import deleteItem from 'dynalite/actions/deleteItem';
import getItem from 'dynalite/actions/getItem';
import putItem from 'dynalite/actions/putItem';
import query from 'dynalite/actions/query';
import updateItem from 'dynalite/actions/updateItem';
import { checkTypes, checkValidations } from 'dynalite/validations';
import * as batchGetItemChecks from 'dynalite/validations/batchGetItem';
import * as deleteItemChecks from 'dynalite/validations/deleteItem';
import * as getItemChecks from 'dynalite/validations/getItem';
import * as putItemChecks from 'dynalite/validations/putItem';
import * as queryChecks from 'dynalite/validations/query';
import * as updateItemChecks from 'dynalite/validations/updateItem';
import { OrderedStore } from './ordered-store';
import { ServiceError } from './service-error';
import { TABLE_SCHEMA } from './table-schema';
import type { WireItem } from './wire-item';

const OPERATIONS = {
  BatchGetItem: { action: batchGetItem, checks: batchGetItemChecks },
  DeleteItem: { action: deleteItem, checks: deleteItemChecks },
  GetItem: { action: getItem, checks: getItemChecks },
  PutItem: { action: putItem, checks: putItemChecks },
  Query: { action: query, checks: queryChecks },
  UpdateItem: { action: updateItem, checks: updateItemChecks },
};
const ITEMS = 'items';
const MAX_ITEM_BYTES = 400 * 1024;

const CONDITION_FAILED = 'ConditionalCheckFailedException';

/** The operations that the handlers use. dynalite does not have the last one. */
export type Operation = keyof typeof OPERATIONS | 'TransactWriteItems';
type Callback = (error: unknown, result?: object) => void;
interface Put {
  readonly TableName: string;
  readonly Item: WireItem;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}
interface Transaction { readonly TransactItems: readonly { readonly Put: Put }[] }

/**
 * The table, under any name, in the memory of the test. The code of dynalite
 * checks each request and evaluates its expressions. It runs without the server
 * and the database of dynalite, because a write over HTTP takes about five times
 * as long. dynalite has no transactions, so they are made of single puts here. It
 * does not return the item of a failed condition, so that is added here too.
 */
export class MemoryTable {
  private readonly stores = new Map<string, OrderedStore<WireItem>>();
  private readonly storage = {
    options: { maxItemSize: MAX_ITEM_BYTES },
    getTable: (TableName: string, callback: (error: null, table: object) => void) => callback(null, { TableName, ...TABLE_SCHEMA }),
    getItemDb: () => this.storeOf(ITEMS),
    getIndexDb: (_type: string, _table: string, index: string) => this.storeOf(index),
  };

  /** The items, in the order of their arrival. */
  public get items(): WireItem[] {
    return this.storeOf(ITEMS).all();
  }

  public clear(): void {
    this.stores.clear();
  }

  /** Performs a request before it returns, except `Query`, which returns a promise. Throws a `ServiceError`. */
  public perform(operation: Operation, request: object): object {
    if (operation === 'TransactWriteItems') {
      return this.transact(request as Transaction);
    }
    if (operation === 'Query') {
      return new Promise((resolve, reject) => {
        this.run(operation, request, (error, result) => error ? reject(serviceError(error)) : resolve(result!));
      });
    }
    let answer: object;
    let failure: unknown;
    this.run(operation, request, (error, result) => {
      failure = error;
      answer = result!;
    });
    if (failure) {
      throw this.withItem(serviceError(failure), request as Put);
    }
    return answer!;
  }

  /** The error with the stored item, if its condition failed and the request asks for it. */
  private withItem(error: unknown, { TableName, Item: item, ReturnValuesOnConditionCheckFailure: returned }: Put): unknown {
    if (!(error instanceof ServiceError) || error.code !== CONDITION_FAILED || returned !== 'ALL_OLD') {
      return error;
    }
    return new ServiceError(error.code, error.message, this.perform('GetItem', { TableName, Key: keyOf(item) }));
  }

  private run(operation: keyof typeof OPERATIONS, request: object, callback: Callback): void {
    const { action, checks: { types, custom } } = OPERATIONS[operation];
    let checked: object;
    try {
      // It deletes the parameters that it does not know.
      checked = checkTypes({ ...request }, types);
      checkValidations(checked, types, custom, this.storage);
    } catch (error) {
      callback(error);
      return;
    }
    action(this.storage, checked, callback);
  }

  /** Writes all items or no item. A copy of the table for each transaction would take most of the time of a long test. */
  private transact({ TransactItems }: Transaction): object {
    const before = TransactItems.map(({ Put: put }) => this.find(put));
    try {
      const reasons = TransactItems.map(({ Put: put }) => this.reasonOf(put));
      if (reasons.some(({ Code }) => Code !== 'None')) {
        throw cancellation(reasons);
      }
      return {};
    } catch (error) {
      TransactItems.forEach(({ Put: put }, index) => this.restore(put, before[index]));
      throw error;
    }
  }

  private find({ TableName, Item }: Put): WireItem | undefined {
    return (this.perform('GetItem', { TableName, Key: keyOf(Item) }) as { readonly Item?: WireItem }).Item;
  }

  private restore({ TableName, Item: item }: Put, before: WireItem | undefined): void {
    if (before) {
      this.perform('PutItem', { TableName, Item: before });
    } else {
      this.perform('DeleteItem', { TableName, Key: keyOf(item) });
    }
  }

  private reasonOf(put: Put): Reason {
    try {
      this.perform('PutItem', put);
      return { Code: 'None' };
    } catch (error) {
      const { code, fields } = error as ServiceError;
      if (code !== CONDITION_FAILED) {
        throw error;
      }
      return { Code: 'ConditionalCheckFailed', ...fields };
    }
  }

  private storeOf(name: string): OrderedStore<WireItem> {
    const store = this.stores.get(name) ?? new OrderedStore<WireItem>();
    this.stores.set(name, store);
    return store;
  }
}

function keyOf({ transaction_id, timestamp }: WireItem): WireItem {
  return { transaction_id, timestamp };
}

/** Why a part of a transaction was canceled. */
export interface Reason {
  readonly Code: string;
  readonly Item?: WireItem;
}

/** The error of a canceled transaction, with a reason for each of its items, in order. */
export function cancellation(reasons: readonly Reason[]): ServiceError {
  return new ServiceError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );
}

/** The `ServiceError` of an error response. Other errors are defects of the fake or of dynalite and stay unchanged. */
function serviceError(error: unknown): unknown {
  const { body } = error as { readonly body?: { readonly __type: string; readonly message?: string } };
  return body ? new ServiceError(body.__type.split('#')[1], body.message) : error;
}
