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
  private readonly values = new Map<string, string>();
  private readonly sortedKeys: string[] = [];

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
      this.sortedKeys.splice(this.positionOf(key), 0, key);
    }
    this.values.set(key, JSON.stringify(value));
    done(null);
  }

  public del(key: string, done: Done): void {
    if (this.values.delete(key)) {
      this.sortedKeys.splice(this.positionOf(key), 1);
    }
    done(null);
  }

  public createValueStream({ gte = '', gt, lte, lt, limit, reverse }: KeyRange): Readable {
    const [from, to] = [gt ?? gte, lt ?? lte].map((end) => end === undefined ? this.sortedKeys.length : this.positionOf(end));
    const keys = this.sortedKeys.slice(from, to + 1).filter((key) => (
      key >= gte && (gt === undefined || key > gt) && (lte === undefined || key <= lte) && (lt === undefined || key < lt)
    ));
    const ordered = reverse ? keys.reverse() : keys;
    return Readable.from(ordered.slice(0, limit < 0 ? undefined : limit).map((key) => JSON.parse(this.values.get(key)!) as Value));
  }
  /** The number of keys before this one. */
  private positionOf(key: string): number {
    let [from, to] = [0, this.sortedKeys.length];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (this.sortedKeys[middle] < key) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
