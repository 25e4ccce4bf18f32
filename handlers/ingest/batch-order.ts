/** How the items of a batch are processed. */
export interface BatchOptions<Item, Result> {
  /** The position of the item to start with. Those before it follow the last one. */
  readonly first: number;
  /** The number of items that are processed at a time. */
  readonly limit: number;
  readonly process: (item: Item) => Promise<Result>;
  /** Not set: every item is started. */
  readonly deadline?: BatchDeadline<Result>;
}

/** When a batch starts no more items. As many as `limit` are always started. */
export interface BatchDeadline<Result> {
  readonly isLate: () => boolean;
  /** The result of an item that was not started. */
  readonly notStarted: () => Result;
}

/** Processes a limited number of items at a time. Returns the results in the order of the items. */
export async function processBatch<Item, Result>(
  items: readonly Item[], { first, limit, process, deadline }: BatchOptions<Item, Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const waiting = items.map((_, index) => (index + first) % items.length);
  const processInTurn = async (started: number): Promise<void> => {
    results.set(started, await process(items[started]));
    const next = deadline?.isLate() ? undefined : waiting.shift();
    return next === undefined ? undefined : processInTurn(next);
  };
  await Promise.all(waiting.splice(0, limit).map(processInTurn));
  // Only for those: an error with its stack trace takes a twentieth of the processor time of a webhook.
  return items.map((_, index) => (results.has(index) ? results.get(index) as Result : deadline!.notStarted()));
}
