/** The key of an erased item, and when it was erased. */
export interface Tombstone {
  readonly transactionId: string;
  readonly timestamp: string;
  readonly erasedAt: string;
}

/** What a run erases: the transactions of the customer, and what is left of earlier erasures. */
export class ErasureTargets {
  /** The transactions that mention the customer. All events of them are erased, also those without the customer's id. */
  public readonly transactionIds = new Set<string>();
  /**
   * The tombstones in the table, by their keys as text. An earlier run that was interrupted can have left lines of them in the
   * archive, which this run completes.
   */
  public readonly tombstones = new Map<string, Tombstone>();

  public addTombstone(tombstone: Tombstone): void {
    this.tombstones.set(keyText(tombstone.transactionId, tombstone.timestamp), tombstone);
  }

  public hasKey(transactionId: string, timestamp: string): boolean {
    return this.transactionIds.has(transactionId) || this.tombstones.has(keyText(transactionId, timestamp));
  }
}

/** The key of an item as one text. */
export function keyText(transactionId: string, timestamp: string): string {
  return JSON.stringify([transactionId, timestamp]);
}
