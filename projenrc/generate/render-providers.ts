import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inlineSection, markdownSection, markdownTable, type GeneratedFile } from './generated-file';
import { SCHEME_NAMES } from '../../handlers/providers/registry';

const FOLDER = join(__dirname, '../../handlers/providers');
const PAGE = 'docs/providers.md';

/** A provider's page: `handlers/providers/<name>/README.md`. */
interface ProviderPage {
  readonly title: string;
  /** A row of the page's table, by its first cell. */
  readonly fact: (name: string) => string;
  readonly body: string;
}

/** docs/providers.md and the README's list, from the READMEs of the provider folders. */
export function providerFiles(): GeneratedFile[] {
  const pages = SCHEME_NAMES.map((name) => ({ name, ...readProviderPage(name) }));
  const rows = pages.map(({ name, title, fact }) => (
    [`[${title}](#${anchor(title)})`, fact('factory'), `\`${name}\``, fact('secret'), fact('tested against')]
  ));
  return [
    markdownSection(PAGE, 'overview', markdownTable(['provider', 'factory', 'default name', 'secret', 'tested against'], rows)),
    markdownSection(PAGE, 'providers', pages.map(({ title, body }) => `## ${title}\n\n${body}`).join('\n\n')),
    inlineSection('README.md', 'providers', pages.map(({ title }) => title).join(', ')),
  ];
}

/** Reads a page. Its links lead from its folder, those of docs/providers.md from docs/. */
function readProviderPage(name: string): ProviderPage {
  const file = join(FOLDER, name, 'README.md');
  const text = readFileSync(file, 'utf8');
  const [, title, body] = /^# (.+)\n\n([\s\S]+)$/.exec(text)!;
  const facts = new Map([...body.matchAll(/^\| ([^|]+) \| (.+) \|$/gm)].map(([, fact, value]) => [fact, value]));
  const factOf = (fact: string) => {
    if (!facts.has(fact)) {
      throw new Error(`${file} has no row "${fact}" in its table`);
    }
    return facts.get(fact)!;
  };
  return { title, fact: factOf, body: body.trim().replaceAll('](../../../docs/', '](').replaceAll('](../../../', '](../').replaceAll('](providers.md#', '](#') };
}

function anchor(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-');
}
