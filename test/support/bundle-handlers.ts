import { bundleChangedHandlers } from '../../projenrc/handler-bundles';

/** Jest runs it once before all tests: they get the bundles of the present sources. */
export default async function bundle(): Promise<void> {
  await bundleChangedHandlers();
}
