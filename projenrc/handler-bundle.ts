import { chmodSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..');
/** A large package that one provider uses, at its first notification only. */
const SEPARATE_PACKAGES = /^fast-xml-parser$/;
/** The modules in the same folder, such as `./stripe`. */
const NEIGHBORS = /^\.\/[a-z-]+$/;
/** What these modules load by `require` has a file of its own: the providers, and the client of S3 for large bodies. */
const LOADERS = ['providers/registry.ts', 'ingest/transaction-writer.ts'].map((file) => join(ROOT, 'handlers', file));

/**
 * Bundles a module as Lambda loads it. CJS with the packages' ES modules loads
 * fastest: esbuild's Node defaults (`main` first) cost 50 ms more at every
 * cold start. Node 20 is the oldest runtime that the bundles must support, on
 * developers' machines; Lambda runs Node 24.
 *
 * Each provider, the writer of large bodies and each separate package has a file
 * of its own beside the bundle, which is loaded when it is first used: Node parses
 * a whole file when it loads it, used or not. What they share is in each of their
 * files, so shared modules must not keep state. Returns the inputs of all files.
 */
export async function bundleHandler(entryPoint: string, outfile: string, plugins: Plugin[] = []): Promise<Metafile> {
  const separate = new Map<string, string>();
  const bundles = [await build({ ...OPTIONS, entryPoints: [join(ROOT, entryPoint)], outfile, plugins: [...plugins, separateFiles(separate)] })];
  // A separate file can add others to the map while it is bundled.
  for (const [name, entry] of separate) {
    bundles.push(await build({ ...OPTIONS, entryPoints: [entry], outfile: join(dirname(outfile), `${name}.js`), plugins: [...plugins, separateFiles(separate)] }));
  }
  return {
    inputs: Object.assign({}, ...bundles.map(({ metafile }) => metafile.inputs)) as Metafile['inputs'],
    outputs: Object.assign({}, ...bundles.map(({ metafile }) => metafile.outputs)) as Metafile['outputs'],
  };
}

/** Bundles the command-line tool as one file that a shell can run. */
export async function bundleTool(entryPoint: string, outfile: string): Promise<Metafile> {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [join(ROOT, entryPoint)], outfile, banner: { js: '#!/usr/bin/env node' } });
  // npm makes it executable when it installs the package. The command of the Python package runs the file as it is packed.
  chmodSync(outfile, 0o755);
  return metafile;
}

/** Bundles a module that users import. */
export async function bundleLibrary(entryPoint: string, outfile: string): Promise<Metafile> {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [join(ROOT, entryPoint)], outfile });
  return metafile;
}

/** Bundles code for the functions of others as one file. Their runtime or their own bundle has the AWS SDK. */
export async function bundleConsumer(entryPoint: string, outfile: string): Promise<Metafile> {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [join(ROOT, entryPoint)], outfile, external: ['@aws-sdk/*'] });
  return metafile;
}

/** Bundles the page of the tool's console, with its style sheet beside it. The server serves both as they are. */
export async function bundlePage(script: string, style: string, outfile: string): Promise<Metafile> {
  const { metafile } = await build({
    ...OPTIONS,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    // Preact has a module in this field only.
    mainFields: ['browser', 'module', 'main'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: [script, style].map((file) => ({ in: join(ROOT, file), out: basename(outfile, '.js') })),
    outdir: dirname(outfile),
  });
  return metafile;
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
} as const satisfies BuildOptions & { metafile: true };

/** Imports lazy modules and separate packages from their own files, and records the entry point of each file by its name. */
function separateFiles(separate: Map<string, string>): Plugin {
  const importFrom = (name: string, entry: string) => {
    separate.set(name, entry);
    return { path: `./${name}.js`, external: true };
  };
  return {
    name: 'separate-files',
    setup({ onResolve }) {
      onResolve({ filter: SEPARATE_PACKAGES }, ({ path, kind }) => (kind === 'entry-point' ? undefined : importFrom(path, path)));
      onResolve({ filter: NEIGHBORS }, ({ path, kind, importer }) => (
        kind === 'require-call' && LOADERS.includes(importer) ? importFrom(basename(path), join(dirname(importer), path)) : undefined
      ));
    },
  };
}
