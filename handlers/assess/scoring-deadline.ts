/**
 * The result of some work, or another value if the work is not done in time. The signal asks the work to stop, but nothing
 * waits for that: a socket or a credentials provider can ignore it. The work must not reject after the deadline.
 */
export async function withinDeadline<T>(millis: number, work: (signal: AbortSignal) => Promise<T>, ifLate: T): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      resolve(ifLate);
      controller.abort();
    }, millis);
  });
  try {
    return await Promise.race([work(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
