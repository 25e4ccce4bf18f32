import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { LanguageTablet, type SnippetLocation } from 'jsii-rosetta';
import { LANGUAGES } from './languages';

/** Writes the translated examples below a folder, one file each. Returns where each is from, by file. */
export async function writeExamples(tablet: string, folder: string): Promise<Map<string, string>> {
  const { translatedSnippets } = await LanguageTablet.fromFile(tablet);
  const locations = new Map<string, string>();
  rmSync(folder, { recursive: true, force: true });
  for (const { target, extension, toSource } of LANGUAGES) {
    mkdirSync(`${folder}/${target}`, { recursive: true });
    for (const snippet of translatedSnippets) {
      const location = nameOf(snippet.snippet.location);
      const file = `${folder}/${target}/${location.replace(/\W/g, '-')}${extension}`;
      const translation = snippet.get(target);
      if (!translation || locations.has(file)) {
        throw new Error(`${location} must have one translation to ${target}`);
      }
      writeFileSync(file, toSource(translation.source));
      locations.set(file, `the example at ${location}, translated to ${target}`);
    }
  }
  return locations;
}

/** The line of a page, or the name of the API that the docstring documents. */
function nameOf({ api, field }: SnippetLocation): string {
  const line = field?.field === 'markdown' ? `:${field.line}` : '';
  if (api.api === 'moduleReadme') {
    return `README.md${line}`;
  }
  const path = api.api === 'file' ? api.fileName : api.fqn.slice(api.fqn.indexOf('.') + 1);
  const member = api.api === 'member' ? `.${api.memberName}` : '';
  return `${path}${member}${line}`;
}

/** Writes the Python examples of the documentation below a folder, one file each. Returns where each is from, by file. */
export function writePythonOfPages(pages: string, folder: string): Map<string, string> {
  const locations = new Map<string, string>();
  for (const page of readdirSync(pages).filter((name) => name.endsWith('.md'))) {
    const text = readFileSync(`${pages}/${page}`, 'utf8');
    for (const { 1: example, index } of text.matchAll(/^```python\n([^]*?)^```$/gm)) {
      const line = text.slice(0, index).split('\n').length;
      const file = `${folder}/python/${page.replace(/\W/g, '-')}-${line}.py`;
      writeFileSync(file, example);
      locations.set(file, `the example in ${pages}/${page}, line ${line}`);
    }
  }
  return locations;
}
