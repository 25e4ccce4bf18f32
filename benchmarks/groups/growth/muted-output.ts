/** Calls a function without the log lines and metrics that the handlers write to the standard output. */
export async function withMutedOutput<T>(use: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await use();
  } finally {
    process.stdout.write = write;
  }
}
