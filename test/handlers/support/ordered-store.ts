import { Readable } from 'node:stream';

type Done<Value = undefined> = (error: null, value?: Value) => void;

interface KeyRange {
  readonly gte?: string;
  readonly gt?: string;
  readonly lte?: string;
  readonly lt?: string;
  /** A negative value means no limit. */
  readonly limit: number;
  readonly reverse: boolean;
}

/**
 * Values by their keys, with the methods that dynalite calls on a database. Each
 * method calls back before it returns. Therefore a write is atomic, and a test
 * can check the table between two statements.
 */
export class OrderedStore<Value extends object> {
  /** As JSON, so that callers cannot change the stored values. */
  private readonly values: Map<string, string>;
  private sortedKeys?: readonly string[];

  constructor(entries: Iterable<readonly [string, string]> = []) {
    this.values = new Map(entries);
  }

  public copy(): OrderedStore<Value> {
    return new OrderedStore(this.values);
  }

  /** The values, in the order of their first writes. */
  public all(): Value[] {
    return [...this.values.values()].map((value) => JSON.parse(value) as Value);
  }

  /** No lock is necessary, because all methods are synchronous. */
  public lock(_: string, work: (release: <Callback>(callback: Callback) => Callback) => void): void {
    work((callback) => callback);
  }

  public get(key: string, done: Done<Value>): void {
    const value = this.values.get(key);
    done(null, value && JSON.parse(value));
  }

  public put(key: string, value: Value, done: Done): void {
    if (!this.values.has(key)) {
      this.sortedKeys = undefined;
    }
    this.values.set(key, JSON.stringify(value));
    done(null);
  }

  public del(key: string, done: Done): void {
    this.values.delete(key);
    this.sortedKeys = undefined;
    done(null);
  }

  public createValueStream({ gte = '', gt, lte, lt, limit, reverse }: KeyRange): Readable {
    this.sortedKeys ??= [...this.values.keys()].sort();
    const keys = this.sortedKeys.filter((key) => (
      key >= gte && (gt === undefined || key > gt) && (lte === undefined || key <= lte) && (lt === undefined || key < lt)
    ));
    const ordered = reverse ? keys.reverse() : keys;
    return Readable.from(ordered.slice(0, limit < 0 ? undefined : limit).map((key) => JSON.parse(this.values.get(key)!) as Value));
  }
}
