import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..');

/**
 * Bundles a module as Lambda loads it. CJS with the packages' ES modules loads
 * fastest: esbuild's Node defaults (`main` first) cost 50 ms more at every
 * cold start. Node 20 is the oldest runtime that the bundles must support, on
 * developers' machines; Lambda runs Node 24. Returns the inputs of the bundle.
 */
export async function bundleHandler(entryPoint: string, outfile: string, plugins: Plugin[] = []): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [join(ROOT, entryPoint)],
    outfile,
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
    plugins,
  });
  return metafile;
}
