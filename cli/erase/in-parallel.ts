/** Processes the values of a sequence, a limited number of them at once. Reads no further after a failure, and throws it when all are finished. */
export async function inParallel<T>(values: AsyncIterable<T> | Iterable<T>, limit: number, work: (value: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const running = new Set<Promise<void>>();
  for await (const value of values) {
    const task: Promise<void> = work(value).catch((error: unknown) => {
      failures.push(error);
    }).finally(() => running.delete(task));
    running.add(task);
    if (running.size >= limit) {
      await Promise.race(running);
    }
    if (failures.length > 0) {
      break;
    }
  }
  await Promise.all(running);
  failures.forEach((failure) => {
    throw failure;
  });
}
