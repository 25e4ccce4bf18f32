import type { LanguageReference } from './reference-pages';
import { pageTitle, type SitePage } from './site-page';

/** An entry of the sidebar, in the form of VitePress. */
export interface SidebarItem {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items?: readonly SidebarItem[];
}

/** The topics of the sidebar: the pages of each, as a path or as a folder that ends with a slash. */
const TOPICS: ReadonlyArray<{ readonly text: string; readonly collapsed?: boolean; readonly pages: readonly string[] }> = [
  { text: 'Guide', pages: ['guide/'] },
  { text: 'Concepts', pages: ['architecture', 'events', 'payment-flows', 'fraud', 'fraud-data', 'fraud-measurements', 'reconciliation', 'reliability', 'scale', 'performance', 'cost', 'security', 'personal-data'] },
  { text: 'Operation', pages: ['runbook', 'command-line', 'changes'] },
  { text: 'Development', pages: ['testing', 'senders', 'versioning'] },
  { text: 'Providers', collapsed: true, pages: ['providers/index', 'providers/'] },
  { text: 'Decisions', collapsed: true, pages: ['decisions/index', 'decisions/'] },
  { text: 'Project', collapsed: true, pages: ['changelog', 'contributing', 'security-policy', 'code-of-conduct'] },
];

/** The sidebar of all pages except the references. Pages that no topic lists are under the last one. */
export function topicSidebar(pages: readonly SitePage[]): SidebarItem[] {
  const items = new Map(pages.filter(({ path }) => path !== 'index.md')
    .map((page) => [page.path.replace(/\.md$/, ''), { text: pageTitle(page).replace(/^(\d+)\\?\. /, '$1. '), link: sidebarLink(page.path) }]));
  const topics = TOPICS.map(({ pages: listed, ...topic }) => ({
    ...topic,
    items: listed.flatMap((path) => {
      const found = [...items].filter(([key]) => (path.endsWith('/') ? key.startsWith(path) : key === path));
      found.forEach(([key]) => items.delete(key));
      return found.map(([, item]) => item);
    }),
  }));
  topics.at(-1)!.items.push(...items.values());
  return topics;
}

export function referenceSidebar({ name, folder, groups }: LanguageReference): SidebarItem[] {
  return [{
    text: `${name} reference`,
    link: sidebarLink(`reference/${folder}/index.md`),
    items: groups.map(({ title, types }) => ({
      text: title, collapsed: true, items: types.map((type) => ({ text: type.name, link: sidebarLink(type.path) })),
    })),
  }];
}

function sidebarLink(path: string): string {
  return `/${path.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')}`;
}
