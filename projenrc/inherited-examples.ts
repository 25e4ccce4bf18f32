/**
 * Adds the examples of inherited members to the tablet of translations.
 *
 * jsii-rosetta translates an example once, for the type that has it. The packages for Go and .NET also show it at each type
 * that inherits the member, and look for the translation under the name of that type.
 */
import { readFileSync } from 'node:fs';
import { LanguageTablet, type TranslatedSnippet } from 'jsii-rosetta';

const TABLET = '.jsii.tabl.json';

interface JsiiType {
  readonly base?: string;
  readonly interfaces?: readonly string[];
}

const { types } = JSON.parse(readFileSync('.jsii', 'utf8')) as { types: { readonly [fqn: string]: JsiiType } };

/** The types of this package that a type inherits from. */
function ancestorsOf(fqn: string): string[] {
  const { base, interfaces = [] } = types[fqn];
  const parents = [...base === undefined ? [] : [base], ...interfaces].filter((parent) => parent in types);
  return [...parents, ...parents.flatMap(ancestorsOf)];
}

function copiesForHeirs(snippet: TranslatedSnippet): TranslatedSnippet[] {
  const { api, field } = snippet.snippet.location;
  if (api.api !== 'member') {
    return [];
  }
  const heirs = Object.keys(types).filter((fqn) => ancestorsOf(fqn).includes(api.fqn));
  return heirs.map((fqn) => snippet.withLocation({ api: { ...api, fqn }, field }));
}

async function translateInherited(): Promise<void> {
  const tablet = await LanguageTablet.fromFile(TABLET);
  const examples = tablet.translatedSnippets.flatMap(copiesForHeirs);
  tablet.addSnippets(...examples);
  await tablet.save(TABLET);
  console.log(`added the translations of ${examples.length} inherited examples`);
}

void translateInherited();
