import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './guarded-command';
import type { InstalledFolders } from './installed-folders';
import type { MatrixCheck } from './matrix-check';
import { NODE_VERSIONS, PACKAGE_VERSION } from './supported-versions';
import { synthesize } from './synthesis';

const TOOL = 'node_modules/cdk-webhook-processing-system/assets/cli/cdk-webhooks.js';
/** Later versions load an ES module with `require`. */
const FIRST_MAJOR_WITH_REQUIRE_ESM = 22;

/** The installed package on each version of Node. */
export function nodeChecks(folders: InstalledFolders): MatrixCheck[] {
  return NODE_VERSIONS.flatMap((version) => {
    const check = (name: string, run: (node: string, folder: string) => Promise<string | void>): MatrixCheck => (
      { dimension: 'Node.js', version, check: name, run: async () => run(await folders.node(version), await folders.newest) }
    );
    return [
      check('both apps, the command', async (node, folder) => {
        await synthesize(folder, 'full', [node], `cdk.out.full.node-${version}`);
        await synthesize(folder, 'smallest', [node], `cdk.out.node-${version}`);
        await commandWorks([node, TOOL], folder, `cdk.out.node-${version}/Payments.template.json`);
        return (await runCommand(node, ['--version'], { cwd: folder })).trim();
      }),
      check('the subpaths from CommonJS', async (node, folder) => {
        await runCommand(node, ['subpaths.cjs'], { cwd: folder });
      }),
      check('the subpaths from ES modules', async (node, folder) => {
        const esModule = `subpaths.node-${version}.mjs`;
        writeFileSync(join(folder, esModule), toEsModule(readFileSync(join(folder, 'subpaths.cjs'), 'utf8')));
        await runCommand(node, [esModule], { cwd: folder });
      }),
      ...(Number.parseInt(version, 10) < FIRST_MAJOR_WITH_REQUIRE_ESM ? [] : [
        check('the subpaths from ES modules by require', async (node, folder) => {
          await runCommand(node, ['require-esm.cjs'], { cwd: folder });
        }),
      ]),
    ];
  });
}

/** Runs commands of the tool that need no deployed system. */
export async function commandWorks(
  [command, ...args]: readonly string[], folder: string, template: string, env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const tool = async (...more: readonly string[]) => runCommand(command, [...args, ...more], { cwd: folder, env: { NO_COLOR: '1', ...env } });
  const version = (await tool('--version')).trim();
  if (version !== PACKAGE_VERSION) {
    throw new Error(`expected the version ${PACKAGE_VERSION}, got ${version}`);
  }
  const cost = await tool('cost', '--template', template, '--webhooks', '1000000');
  if (!cost.includes('A month with 1,000,000 webhooks')) {
    throw new Error(`expected the cost of a month, got ${cost.split('\n')[0]}`);
  }
}

function toEsModule(source: string): string {
  return source.replace(/^const (.*) = require\((.*)\);$/gm, 'const $1 = await import($2);').replaceAll('require.resolve(', 'import.meta.resolve(');
}
