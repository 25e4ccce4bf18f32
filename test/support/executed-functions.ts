import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of a folder whose functions the given work executes, each with the names of these functions. V8 counts the calls. */
export async function executedFunctions(root: string, folder: string, work: () => Promise<unknown>): Promise<ReadonlyMap<string, readonly string[]>> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    // Each answer resets the counts, so that earlier calls are not in the next one.
    await session.post('Profiler.takePreciseCoverage');
    await work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return new Map(result
      .map(({ url, functions }) => [
        relative(root, url.startsWith('file:') ? fileURLToPath(url) : url),
        // The function without a name is the module itself, which runs when it is loaded.
        functions.filter(({ functionName, ranges: [{ count }] }) => count > 0 && functionName !== '').map(({ functionName }) => functionName),
      ] as const)
      .filter(([file, names]) => file.startsWith(`${folder}/`) && names.length > 0));
  } finally {
    session.disconnect();
  }
}
