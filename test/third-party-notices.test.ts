import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { HANDLER_ENTRIES } from '../projenrc/handler-entries';
import { bundledPackages } from '../projenrc/third-party-notices';
import { codeOf, type HandlerName } from '../src/private/contract';

const ROOT = join(__dirname, '..');

/** The packages whose modules esbuild reads for an entry point, by the `package.json` that is nearest to each module and has a name. */
async function packagesOf(entryPoint: string): Promise<string[]> {
  const modules = new Set<string>();
  await build({
    entryPoints: [join(ROOT, entryPoint)],
    bundle: true,
    write: false,
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [{
      name: 'modules',
      setup: ({ onLoad }) => onLoad({ filter: /node_modules/ }, ({ path }) => {
        modules.add(path);
        return undefined;
      }),
    }],
  });
  return [...new Set([...modules].map(packageOf))].sort();
}

function packageOf(module: string): string {
  let folder = dirname(module);
  for (; folder !== ROOT; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const { name, version } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string } : {};
    if (name && version) {
      return `${name} ${version}`;
    }
  }
  throw new Error(`${relative(ROOT, module)} belongs to no package`);
}

const namesIn = (file: string) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^(\S+ \d\S*) \([\w.-]+\)$/gm)].map(([, name]) => name);

/** The functions by the image that contains their bundles. */
const IMAGES = new Map<string, HandlerName[]>();
for (const handler of Object.keys(HANDLER_ENTRIES) as HandlerName[]) {
  const { image } = codeOf(handler);
  IMAGES.set(image, [...IMAGES.get(image) ?? [], handler]);
}

test.each([...IMAGES])('the notices of the image %s name each package that is bundled, and so do those of this package', async (image, handlers) => {
  const bundled = await Promise.all(handlers.map(async (handler) => packagesOf(HANDLER_ENTRIES[handler])));
  const packages = [...new Set(bundled.flat())].sort();

  expect(packages.length).toBeGreaterThan(10);
  expect(namesIn(join('assets', image, 'THIRD-PARTY-NOTICES')).sort()).toEqual(packages);
  expect(namesIn('THIRD-PARTY-NOTICES')).toEqual(expect.arrayContaining(packages));
});

test.each(['MIT', 'Apache-2.0'])('the text of a %s license follows its packages', (license) => {
  const sections = readFileSync(join(ROOT, 'THIRD-PARTY-NOTICES'), 'utf8').split(`${'-'.repeat(80)}\n`).filter((section) => section.includes(` (${license})\n`));

  expect(sections.length).toBeGreaterThan(0);
  expect(sections.filter((section) => !/permission is hereby granted|apache license/i.test(section))).toEqual([]);
  expect(sections.filter((section) => /<(year|copyright holders)>/.test(section))).toEqual([]);
});

test.each([...Object.keys(HANDLER_ENTRIES)])('the image of the %s contains the notices', (handler) => {
  expect(readFileSync(join(ROOT, 'assets', codeOf(handler as HandlerName).image, 'Dockerfile'), 'utf8')).toMatch(/^COPY .*\bTHIRD-PARTY-NOTICES\b/m);
});

test('a package whose license has other conditions is rejected', () => {
  const inputs = { 'node_modules/spdx-license-list/index.js': { bytes: 0, imports: [] } };

  expect(() => bundledPackages({ inputs, outputs: {} })).toThrow(/^spdx-license-list .* is bundled, but its license is not permitted: CC0-1.0$/);
});
