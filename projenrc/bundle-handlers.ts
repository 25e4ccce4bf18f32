import { bundleIfStale } from './stale-bundles';

bundleIfStale().then(
  (wasStale) => process.stdout.write(wasStale ? 'bundled the handlers\n' : 'the bundles are up to date\n'),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
