import { mkdirSync, writeFileSync } from 'node:fs';
import type { LanguageTablet, SnippetLocation, TranslatedSnippet } from 'jsii-rosetta';
import type { ExampleLocations } from './example-source';
import { LANGUAGES } from './languages';
import { EXAMPLES } from './paths';

/** Writes the translated examples, one file each. Returns where each is from, by file. */
export function writeExamples(tablet: LanguageTablet): ExampleLocations {
  const snippets = distinctExamples(tablet);
  const locations = new Map<string, string>();
  for (const { target, extension, toSource } of LANGUAGES) {
    mkdirSync(`${EXAMPLES}/${target}`, { recursive: true });
    snippets.forEach((snippet, index) => {
      const location = nameOf(snippet.snippet.location);
      const file = `${EXAMPLES}/${target}/${location.replace(/\W/g, '-')}${extension}`;
      const translation = snippet.get(target);
      if (!translation || locations.has(file)) {
        throw new Error(`${location} must have one translation to ${target}`);
      }
      writeFileSync(file, toSource(translation.source, index));
      locations.set(file, `the example at ${location}, translated to ${target}`);
    });
  }
  return locations;
}

/** The examples of the README and of docstrings. An inherited one is in the tablet for each type that has the member. */
export function distinctExamples({ translatedSnippets }: LanguageTablet): TranslatedSnippet[] {
  const sources = translatedSnippets.map(({ originalSource }) => originalSource.source);
  return translatedSnippets.filter((_, index) => sources.indexOf(sources[index]) === index);
}

/** The line of the README, or the name of the API that the docstring documents. */
function nameOf({ api, field }: SnippetLocation): string {
  const line = field?.field === 'markdown' ? `:${field.line}` : '';
  if (api.api === 'moduleReadme') {
    return `README.md${line}`;
  }
  const path = api.api === 'file' ? api.fileName : api.fqn.slice(api.fqn.indexOf('.') + 1);
  const member = api.api === 'member' ? `.${api.memberName}` : '';
  return `${path}${member}${line}`;
}
