/** Ends a call and what follows it, such as reading its answer, after a time in milliseconds. */
export async function withDeadline<Result>(millis: number, call: (abortSignal: AbortSignal) => Promise<Result>): Promise<Result> {
  const abortSignal = AbortSignal.timeout(millis);
  let onAbort: () => void;
  const ended = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortSignal.reason as Error);
    abortSignal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([call(abortSignal), ended]);
  } finally {
    abortSignal.removeEventListener('abort', onAbort!);
  }
}
