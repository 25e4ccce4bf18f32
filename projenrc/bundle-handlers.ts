import { bundleChangedHandlers } from './handler-bundles';

bundleChangedHandlers().then(
  (isNew) => process.stdout.write(isNew ? 'bundled the handlers\n' : 'the bundles are up to date\n'),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
