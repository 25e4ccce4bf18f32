import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

/**
 * Large packages that few functions use. Each has a file of its own beside the bundle, which is read with the first use:
 * Node parses a whole file when it loads it, used or not.
 */
const SEPARATE_PACKAGES: readonly string[] = ['fast-xml-parser'];
const ROOT = join(__dirname, '..');

/**
 * Bundles a module as Lambda loads it. CJS with the packages' ES modules loads
 * fastest: esbuild's Node defaults (`main` first) cost 50 ms more at every
 * cold start. Node 20 is the oldest runtime that the bundles must support, on
 * developers' machines; Lambda runs Node 24. Returns the inputs of the bundle
 * and of the separate packages that it uses.
 */
export async function bundleHandler(entryPoint: string, outfile: string, plugins: Plugin[] = []): Promise<Metafile> {
  const used = new Set<string>();
  const { metafile } = await build({ ...OPTIONS, entryPoints: [join(ROOT, entryPoint)], outfile, plugins: [...plugins, separatePackages(used)] });
  const separate = await Promise.all([...used].map(async (name) => (
    build({ ...OPTIONS, entryPoints: [name], outfile: join(dirname(outfile), `${name}.js`), plugins })
  )));
  return {
    inputs: Object.assign({}, metafile.inputs, ...separate.map((each) => each.metafile.inputs)) as Metafile['inputs'],
    outputs: Object.assign({}, metafile.outputs, ...separate.map((each) => each.metafile.outputs)) as Metafile['outputs'],
  };
}

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  mainFields: ['module', 'main'],
  // THIRD-PARTY-NOTICES contains the license comments.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Imports the separate packages from their files, and records which ones are used. */
function separatePackages(used: Set<string>): Plugin {
  return {
    name: 'separate-packages',
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^(?:${SEPARATE_PACKAGES.join('|')})$`) }, ({ path }) => {
        used.add(path);
        return { path: `./${path}.js`, external: true };
      });
    },
  };
}
