import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of a folder in which some work executes a function, each with the names of those functions, as V8 counts the calls. */
export async function executedFunctions(root: string, folder: string, work: () => Promise<unknown>): Promise<ReadonlyMap<string, readonly string[]>> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    // Each answer starts the counts anew: what was executed before must not be in the next one.
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
