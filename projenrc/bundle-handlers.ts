import { bundleIfStale } from './stale-bundles';

// The output of a task after this one can be JSON.
bundleIfStale().then(
  (wasStale) => process.stderr.write(wasStale ? 'bundled the handlers\n' : 'the bundles are up to date\n'),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
