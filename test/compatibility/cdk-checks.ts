import { join } from 'node:path';
import { runCommand } from './guarded-command';
import type { InstalledFolders } from './installed-folders';
import type { MatrixCheck } from './matrix-check';
import { ROOT } from './supported-versions';
import { APPS, type AppName, installedVersion, templateOf } from './synthesis';
import { describeDifference, type Template } from './template-difference';

const CDK = join(ROOT, 'node_modules', '.bin', 'cdk');
/** Checks each template against CloudFormation's own rules. Older versions ignore it. */
const VALIDATE = ['--context', '@aws-cdk/core:validateAgainstDefaultRules=true'];

/** Both apps with the oldest and the newest CDK, by the tool of the CDK, and what differs between their templates. */
export function cdkChecks(folders: InstalledFolders, report: (line: string) => void): MatrixCheck[] {
  const synthesized = new Map<string, Promise<Template>>();
  const check = (version: 'oldest' | 'newest', app: AppName): MatrixCheck => ({
    dimension: 'aws-cdk-lib',
    version,
    check: `the ${app} app`,
    run: async () => {
      // The comparison can start before the folder is installed.
      const template = folders[version].then(async (folder) => synthesizeWithTool(folder, app));
      synthesized.set(`${version} ${app}`, template);
      const count = Object.keys((await template).Resources).length;
      const folder = await folders[version];
      return `${installedVersion(folder, 'aws-cdk-lib')}, constructs ${installedVersion(folder, 'constructs')}, ${count} resources`;
    },
  });
  const compare = (app: AppName): MatrixCheck => ({
    dimension: 'aws-cdk-lib',
    version: 'both',
    check: `differences of the ${app} app`,
    run: async () => {
      const [older, newer] = await Promise.all([synthesized.get(`oldest ${app}`), synthesized.get(`newest ${app}`)]);
      if (!older || !newer) {
        throw new Error('one of the versions did not synthesize');
      }
      const difference = describeDifference(older, newer);
      difference.forEach((line) => report(`  ${app}: ${line}`));
      return difference.length === 0 ? 'none' : `${difference.length} types of resources, listed above`;
    },
  });
  return [...APPS.flatMap((app) => [check('newest', app), check('oldest', app)]), ...APPS.map(compare)];
}

async function synthesizeWithTool(folder: string, app: AppName): Promise<Template> {
  const output = `cdk.out.${app}`;
  await runCommand(CDK, ['synth', '--quiet', '--app', `node ${app}.mjs`, '--output', output, ...VALIDATE], { cwd: folder });
  return templateOf(folder, app, output);
}
