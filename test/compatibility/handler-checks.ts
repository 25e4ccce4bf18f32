import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './guarded-command';
import type { InstalledFolders } from './installed-folders';
import type { MatrixCheck } from './matrix-check';
import { lambdaNodeVersion, ROOT } from './supported-versions';

const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const SUITES_MS = 1_200_000;
/** The tests of the providers, of what each handler does, and of the bundles as they are deployed. */
const SUITES = [
  // As an absolute path, so that it does not also match test/handlers/.
  `${join(ROOT, 'handlers')}/`,
  'test/handlers/bundled-events.test.ts', 'test/handlers/providers/bundle.test.ts', 'test/handlers/ingest/ingest.test.ts',
];

/** The tests of the handlers on the version of Node that Lambda runs. */
export function handlerChecks(folders: InstalledFolders): MatrixCheck[] {
  const version = lambdaNodeVersion();
  return [{
    dimension: 'Node.js of Lambda',
    version,
    check: 'the tests of the handlers and their bundles',
    run: async () => {
      const node = await folders.node(version);
      const report = await folders.tool('handlers.json');
      await runCommand(
        node, [JEST, '--ci', '--coverage=false', '--reporters=default', '--maxWorkers=1', '--json', `--outputFile=${report}`, ...SUITES],
        { cwd: ROOT, timeoutMs: SUITES_MS },
      );
      const { numPassedTests, numTotalTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as Readonly<Record<string, number>>;
      return `${numPassedTests} tests in ${numTotalTestSuites} files`;
    },
  }];
}
