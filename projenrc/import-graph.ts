import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import * as ts from 'typescript';

/** A file and what it imports: another file of the project, or a module such as `node:zlib`. Types count too. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isModule: boolean;
}

/** The imports of a graph by what imports: files or folders. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The imports that folders are limited to. */
export interface ImportLimits {
  readonly folders: { readonly [folder: string]: readonly string[] };
  /** The modules that a folder can import. A folder that is not listed can import any module. */
  readonly modules: { readonly [folder: string]: readonly string[] };
  /** The packages that no file below a folder can import. */
  readonly bannedPackages: { readonly [folder: string]: readonly string[] };
}

/** The samples in the folders of the providers. */
export const PROVIDER_SAMPLES = 'handlers/providers/*/samples';
/** The simulators in the folders of the providers. */
export const PROVIDER_SIMULATORS = 'handlers/providers/*/simulator';
/** The simulators of all providers. */
export const SIMULATOR_REGISTRY = 'handlers/providers/simulators';

const RESOLUTION: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

/** The TypeScript files below some folders, with paths from the root; without tests. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.endsWith('.test.ts'))
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.ts$/.test(name))
    .map((name) => join(folder, name)))
    .sort();
}

/** The imports of files, each pair of files once, found by TypeScript's own parser. Throws if the file of a relative import does not exist. */
export function readImports(root: string, files: readonly string[]): Import[] {
  return files.flatMap((from) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, from), 'utf8'), true, true);
    return [...new Set(importedFiles.map(({ fileName }) => fileName))].map((name) => (
      name.startsWith('.') ? { from, to: resolveImport(root, from, name), isModule: false } : { from, to: name, isModule: true }
    ));
  });
}

function resolveImport(root: string, from: string, name: string): string {
  const { resolvedModule } = ts.resolveModuleName(name, join(root, from), RESOLUTION, ts.sys);
  if (!resolvedModule) {
    throw new Error(`${from} imports '${name}', which does not exist`);
  }
  return relative(root, resolvedModule.resolvedFileName);
}

/** Which file imports which. */
export function fileGraph(imports: readonly Import[]): ImportGraph {
  return graphOf(imports.filter(({ isModule }) => !isModule).map(({ from, to }) => [from, to]));
}

/**
 * The folder of a file. The folders of the providers count as one, because the same rules apply to each. Their samples
 * and simulators count as separate folders, because they are not deployed.
 */
export function folderOf(file: string): string {
  const folder = dirname(file).replace(/^(handlers\/providers)\/(?!shared(?:$|\/))[^/]+$/, '$1/*');
  const name = basename(file);
  if (folder === 'handlers/providers') {
    return name === 'simulators.ts' ? SIMULATOR_REGISTRY : folder;
  }
  if (folder !== 'handlers/providers/*') {
    return folder;
  }
  return /^samples?[.-]/.test(name) ? PROVIDER_SAMPLES : name === 'simulator.ts' ? PROVIDER_SIMULATORS : folder;
}

/** Which folder imports which other one, with one entry for each import between their files. */
export function folderGraph(imports: readonly Import[]): ImportGraph {
  return graphOf(imports.filter(({ isModule }) => !isModule)
    .map(({ from, to }) => [folderOf(from), folderOf(to)] as const)
    .filter(([from, to]) => from !== to));
}

function graphOf(edges: ReadonlyArray<readonly [string, string]>): ImportGraph {
  const graph = new Map<string, string[]>();
  edges.forEach(([from, to]) => graph.set(from, [...graph.get(from) ?? [], to]));
  return graph;
}

/** Cycles of a graph, such as `['a', 'b', 'a']`. An empty list means that there are no cycles. */
export function findCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (node: string, above: readonly string[]) => {
    if (above.includes(node)) {
      cycles.push([...above.slice(above.indexOf(node)), node]);
    } else if (!done.has(node)) {
      new Set(graph.get(node)).forEach((other) => visit(other, [...above, node]));
      done.add(node);
    }
  };
  [...graph.keys()].forEach((node) => visit(node, []));
  return cycles;
}

/** The imports that the limits do not allow. */
export function forbiddenImports(imports: readonly Import[], { folders, modules, bannedPackages }: ImportLimits): Import[] {
  const isBanned = (from: string, module: string) => Object.entries(bannedPackages).some(([folder, packages]) => (
    from.startsWith(`${folder}/`) && packages.some((name) => `${module}/`.startsWith(`${name}/`))
  ));
  return imports.filter(({ from, to, isModule }) => {
    const folder = folderOf(from);
    return isModule
      ? isBanned(from, to) || !(modules[folder]?.includes(to) ?? true)
      : (dirname(from) !== dirname(to) || folder !== folderOf(to)) && !folders[folder]?.includes(folderOf(to));
  });
}

/** What the limits allow and no file imports. */
export function unusedLimits(imports: readonly Import[], { folders, modules }: Pick<ImportLimits, 'folders' | 'modules'>): string[] {
  const used = new Set(imports.map(({ from, to, isModule }) => `${folderOf(from)} → ${isModule ? to : folderOf(to)}`));
  return [folders, modules]
    .flatMap((allowed) => Object.entries(allowed).flatMap(([from, others]) => others.map((to) => `${from} → ${to}`)))
    .filter((each) => !used.has(each));
}
