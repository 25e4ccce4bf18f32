/**
 * Writes the part of the CDK that the generated code and the example name, as jsii assemblies to generate C# from.
 * NuGet's packages of the CDK are not needed, and the whole of it would take minutes to generate and to compile.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadAssemblyFromPath, type Assembly, type JsiiFeature, type Type } from '@jsii/spec';

const OWN_ASSEMBLY = '.jsii';
const EXAMPLE = 'examples/csharp/src/Shop/Program.cs';
const CDK = 'aws-cdk-lib';
const CONSTRUCTS = 'constructs';
/** What the CDK uses of jsii beyond its first version. */
const FEATURES: JsiiFeature[] = ['intersection-types', 'class-covariant-overrides'];

function main(folder: string): void {
  const example = readFileSync(EXAMPLE, 'utf8');
  const cdk = load(CDK);
  const constructs = load(CONSTRUCTS);
  const own = readFileSync(OWN_ASSEMBLY, 'utf8');
  const named = withAncestors(Object.values(cdk.types ?? {})
    .filter((type) => own.includes(`"fqn": "${type.fqn}"`) || isUsed(type, cdk, example))
    .map(({ fqn }) => fqn), cdk);
  // The types of arguments and results, except classes of CloudFormation.
  const signatures = [...named].flatMap((fqn) => typesIn(cdk.types![fqn])).filter((fqn) => !/\.Cfn\w+$/.test(fqn));
  const kept = withAncestors([...named, ...signatures], cdk);

  write(folder, withoutDocs(constructs));
  write(folder, {
    ...withoutDocs(cdk),
    dependencies: { [CONSTRUCTS]: cdk.dependencies![CONSTRUCTS] },
    dependencyClosure: { [CONSTRUCTS]: cdk.dependencyClosure![CONSTRUCTS] },
    types: Object.fromEntries([...kept].map((fqn) => [fqn, withoutDocs(withKeptMembers(cdk.types![fqn], kept))])),
  });
}

function load(name: string): Assembly {
  const validate = false;
  return loadAssemblyFromPath(dirname(require.resolve(`${name}/package.json`)), validate, FEATURES);
}

/** The example has the name of the type and its namespace. */
function isUsed({ name, namespace }: Type, { submodules, targets, name: assembly }: Assembly, example: string): boolean {
  const module = namespace ? submodules?.[`${assembly}.${namespace}`]?.targets : targets;
  return module?.dotnet !== undefined && example.includes(`using ${module.dotnet.namespace};`) && new RegExp(`\\b${name}\\b`).test(example);
}

/** The types of an assembly with these names, and the types that they extend. */
function withAncestors(names: readonly string[], { types = {} }: Assembly): Set<string> {
  const all = new Set(names.filter((fqn) => fqn in types));
  for (const fqn of all) {
    const type = types[fqn];
    const parents = type.kind === 'enum' ? [] : [...type.interfaces ?? [], ...'base' in type && type.base ? [type.base] : []];
    parents.filter((parent) => parent in types).forEach((parent) => all.add(parent));
  }
  return all;
}

function typesIn(type: Type): string[] {
  return membersOf(type).flatMap(namesIn);
}

function membersOf(type: Type): object[] {
  return type.kind === 'enum' ? [] : [...type.methods ?? [], ...type.properties ?? [], ...'initializer' in type ? [type.initializer!] : []];
}

/** A signature with a type that is left out would not compile. */
function withKeptMembers(type: Type, kept: ReadonlySet<string>): Type {
  const isKept = (member: object) => namesIn(member).every((fqn) => kept.has(fqn) || fqn.startsWith(`${CONSTRUCTS}.`));
  return type.kind === 'enum' ? type : {
    ...type,
    ...'initializer' in type && { initializer: isKept(type.initializer!) ? type.initializer : undefined },
    ...type.methods && { methods: type.methods.filter(isKept) },
    ...type.properties && { properties: type.properties.filter(isKept) },
  };
}

/** The names of all types in a signature. */
function namesIn(member: object): string[] {
  return [...JSON.stringify(member).matchAll(/"fqn":"([^"]+)"/g)].map(([, fqn]) => fqn);
}

function withoutDocs<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, (key, each) => (key === 'docs' || key === 'readme' ? undefined : each)));
}

function write(folder: string, assembly: Assembly): void {
  const { name, version, targets, dependencies } = assembly;
  const into = join(folder, 'node_modules', name);
  mkdirSync(into, { recursive: true });
  const own = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8'));
  writeFileSync(join(into, 'package.json'), JSON.stringify({
    name,
    version,
    main: 'index.js',
    types: 'index.d.ts',
    license: own.license,
    author: own.author,
    repository: own.repository,
    description: own.description,
    dependencies,
    jsii: { outdir: 'dist', targets },
  }));
  writeFileSync(join(into, '.jsii'), JSON.stringify(assembly));
  // jsii finds a package by its main file.
  writeFileSync(join(into, 'index.js'), '');
}

main(process.argv[2]);
