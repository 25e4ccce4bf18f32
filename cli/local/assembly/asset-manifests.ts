import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readAssembly, readJson } from './manifest';
import type { Template, Templates } from './template';

/** The assets of a stack, as https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema defines them. */
interface AssetManifest {
  readonly files?: { readonly [hash: string]: { readonly source: { readonly path?: string } } };
  readonly dockerImages?: { readonly [hash: string]: unknown };
}

/** A package of Lambda's Node.js runtime, where a bundle imports it. */
const RUNTIME_IMPORT = /(?:\brequire\s*\(|\bfrom|\bimport\s*\(?)\s*["'](@aws-sdk\/[a-z0-9-]+)["'/]/g;
/** A bundle of the SDK names these, and loads them only if they are installed. */
const OPTIONAL = /^@aws-sdk\/signature-v4/;
const CODE = /\.[cm]?js$/;

/** Removes the images of an assembly, because nothing builds or runs them locally. Returns their number. */
export function dropImages(folder: string): number {
  return readAssembly(folder).assetManifests.reduce((count, path) => {
    const manifest = readJson<AssetManifest>(folder, path);
    const images = Object.keys(manifest.dockerImages ?? {}).length;
    if (images > 0) {
      writeFileSync(join(folder, path), JSON.stringify({ ...manifest, dockerImages: {} }, undefined, 1));
    }
    return count + images;
  }, 0);
}

/**
 * The packages of AWS's SDK that the functions of an assembly load and do not contain. Lambda's Node.js runtime has them
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html).
 */
export function runtimePackages(folder: string, templates: Templates): string[] {
  const packages = functionFolders(folder, templates).flatMap(importsBelow);
  return [...new Set(packages)].sort();
}

/** The folders with the code of the functions in the templates. */
function functionFolders(folder: string, templates: Templates): string[] {
  const used = JSON.stringify([...templates.values()].flatMap(functionCode));
  const sources = readAssembly(folder).assetManifests.flatMap((path) => (
    Object.entries(readJson<AssetManifest>(folder, path).files ?? {})
      .filter(([hash, { source }]) => source.path !== undefined && used.includes(hash))
      .map(([, { source }]) => resolve(folder, dirname(path), source.path!))
  ));
  return [...new Set(sources)].filter((source) => existsSync(source) && statSync(source).isDirectory());
}

function functionCode({ Resources = {} }: Template): unknown[] {
  return Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function' || Type === 'AWS::Lambda::LayerVersion')
    .map(({ Properties }) => Properties?.Code ?? Properties?.Content ?? '');
}

function importsBelow(code: string): string[] {
  // A dependency that the code contains is found there.
  const files = readdirSync(code, { recursive: true, encoding: 'utf8' }).filter((file) => CODE.test(file) && !/(?:^|\/)node_modules\//.test(file));
  return files.flatMap((file) => [...readFileSync(join(code, file), 'utf8').matchAll(RUNTIME_IMPORT)].map(([, name]) => name))
    .filter((name) => !OPTIONAL.test(name) && !existsSync(join(code, 'node_modules', name)));
}
