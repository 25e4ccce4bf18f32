import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addExampleTabs } from './example-tabs';
import { languageReferences } from './reference-pages';
import { repositoryPages } from './repository-pages';
import { SiteLinks } from './site-links';
import { withoutContents, type SitePage } from './site-page';
import { referenceSidebar, topicSidebar } from './site-sidebar';

/** The languages on the tabs of an example, beside TypeScript. The translated examples of Go do not compile. */
const TAB_LANGUAGES = ['Python', 'Java', 'C#'];

/** Writes the pages of the site and its navigation to `.site`, from which VitePress builds the site. */
async function assembleSite(root: string): Promise<void> {
  const output = join(root, '.site');
  const folder = join(output, 'pages');
  const { description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { description: string };
  const references = await languageReferences(root);
  const pages = repositoryPages(root);
  // The file in git is the reference of TypeScript in one page.
  const links = new SiteLinks(root, [...pages, { path: 'reference/typescript/index.md', markdown: '# The reference', source: 'API.md' }]);
  const original = references.find(({ name }) => name === 'TypeScript')!.readme;
  const translations = references.filter(({ name }) => TAB_LANGUAGES.includes(name)).map(({ name, readme }) => ({ name, markdown: readme }));

  rmSync(output, { recursive: true, force: true });
  for (const page of [...pages, ...references.flatMap((reference) => reference.pages)]) {
    const markdown = addExampleTabs(links.rewrite({ ...page, markdown: withoutContents(page.markdown) }), original, translations);
    const file = join(folder, page.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${frontMatter(page, description)}${page.path === 'index.md' ? withoutTitle(markdown) : markdown}`);
  }
  cpSync(join(root, 'projenrc/site/public'), join(folder, 'public'), { recursive: true });
  cpSync(join(root, 'docs/pictures'), join(folder, 'public/pictures'), { recursive: true, filter: (file) => !file.endsWith('.json') });
  cpSync(join(root, 'docs/architecture.svg'), join(folder, 'public/architecture.svg'));
  writeFileSync(join(output, 'navigation.json'), JSON.stringify({
    description,
    languages: references.map(({ name, folder: language }) => ({ text: name, link: `/reference/${language}/` })),
    sidebar: {
      ...Object.fromEntries(references.map((reference) => [`/reference/${reference.folder}/`, referenceSidebar(reference)])),
      '/': topicSidebar(pages),
    },
  }));
  console.log(`assembled ${pages.length} pages and ${references.length} references`);
}

/** JSON is YAML. */
function frontMatter({ path, editedFile, search, language }: SitePage, description: string): string {
  const home = {
    layout: 'home',
    hero: {
      name: 'Payment webhooks on AWS',
      tagline: description,
      image: { src: '/logo.svg', alt: '' },
      actions: [
        { theme: 'brand', text: 'Try it', link: '/guide/try-it' },
        { theme: 'alt', text: 'Deploy to AWS', link: '/guide/deploy-to-aws' },
        { theme: 'alt', text: 'Providers', link: '/providers/' },
      ],
    },
  };
  return `---\n${JSON.stringify({ editedFile, search, language, editLink: editedFile !== undefined, ...path === 'index.md' ? home : {} })}\n---\n\n`;
}

/** The home page has its title in the hero. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^# .+\n/, '');
}

void assembleSite(join(__dirname, '../..'));
