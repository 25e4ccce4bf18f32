import { bundleIfStale } from '../../projenrc/stale-bundles';

/** Jest runs it once before all tests: the bundles that some of them run are then up to date. */
export default async function globalSetup(): Promise<void> {
  await bundleIfStale();
}
