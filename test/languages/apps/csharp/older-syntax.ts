/**
 * Copies generated C# 8 as C# 7, which is the newest that Mono's compiler reads. The copy has the same types and members,
 * without the annotations of nullable references, the bodies of interface members and the proxies of interfaces.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The question mark of these is part of the type. */
const VALUE_TYPES = ['double', 'bool', 'System.DateTime'];

function main(target: string, folders: readonly string[]): void {
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })
    // Two assemblies in one compilation have one set of attributes.
    .filter((name) => name.endsWith('.cs') && !name.endsWith('AssemblyInfo.cs'))
    .map((name) => ({ name, source: readFileSync(join(folder, name), 'utf8') })));
  const enums = files.flatMap(({ source }) => {
    const [, namespace] = /^namespace ([\w.]+)/m.exec(source) ?? [];
    const [, name] = /^\s*public enum (\w+)/m.exec(source) ?? [];
    return name ? [`${namespace}.${name}`] : [];
  });
  const valueTypes = new Set([...VALUE_TYPES, ...enums]);
  for (const { name, source } of files) {
    const file = join(target, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, (/^ {4}public interface /m.test(source) ? withoutBodies(source) : source)
      .replace(/([\w.]*[\w>\]])\?(?=[\s,)>[])/g, (text, type) => (valueTypes.has(type) ? text : type))
      .replace(/!(?=[;,)])/g, ''));
  }
}

/** jsii indents a type with four spaces and its members with eight. */
function withoutBodies(source: string): string {
  return source
    .replace(/^ {8}\[JsiiTypeProxy[^]*?^ {8}\}\n/gm, '')
    .replace(/\bget\s*\{\s*return null;\s*\}/g, 'get;')
    .replace(/\bset\s*\{\s*throw [^}]*\}/g, 'set;');
}

main(process.argv[2], process.argv.slice(3));
