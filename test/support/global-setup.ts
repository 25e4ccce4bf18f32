import { bundleIfStale } from '../../projenrc/stale-bundles';

/** Jest runs it once before all tests, so that the bundles that some tests run are up to date. */
export default async function globalSetup(): Promise<void> {
  await bundleIfStale();
}
