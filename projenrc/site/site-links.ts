import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { headingAnchors, markdownLines, pageTitle, type SitePage } from './site-page';
import { REPOSITORY_URL } from './site-url';

const RAW_URL = `${REPOSITORY_URL.replace('github.com', 'raw.githubusercontent.com')}/main/`;
const FILE_URL = new RegExp(`^(?:${REPOSITORY_URL}/(?:blob|tree)/main/|${RAW_URL})`);
/** The pictures of the pages are copied to the site. */
const PICTURE = /^docs\/((?:pictures\/)?[^/]+\.(?:png|svg))$/;

/** A link whose text is the name of its file, such as `docs/events.md`. */
const NAMED_BY_FILE = /^(?:docs\/)?[\w-]+\.md$/;
interface SourcePage {
  readonly page: SitePage;
  readonly anchors: readonly string[];
}

/** Leads the links of the pages to pages of the site, and those to other files of the repository to GitHub. */
export class SiteLinks {
  private readonly pagesBySource = new Map<string, SourcePage[]>();

  constructor(private readonly root: string, pages: readonly SitePage[]) {
    for (const page of pages.filter(({ source }) => source !== undefined)) {
      const pagesOfSource = this.pagesBySource.get(page.source!) ?? [];
      this.pagesBySource.set(page.source!, [...pagesOfSource, { page, anchors: headingAnchors(page.markdown) }]);
    }
  }

  /** The Markdown of a page with the links of the site. A link that names the file of a page gets the title of the page. */
  rewrite({ markdown, source }: SitePage): string {
    return source === undefined ? markdown : markdownLines(markdown)
      .map(({ line, isCode }) => (isCode ? line : line.replace(/(\[[\w/.-]+)?\]\(([^)\s]+)\)/g, (_, start: string | undefined, link: string) => {
        const file = this.fileOf(source, link);
        const page = file === undefined ? undefined : this.pagesOf(file)?.[0].page;
        const text = start !== undefined && page !== undefined && NAMED_BY_FILE.test(start.slice(1)) ? `[${pageTitle(page)}` : start ?? '';
        return `${text}](${file === undefined ? link : this.linkTo(file, `${source} has the link ${link}`, link.split('#')[1])})`;
      })))
      .join('\n');
  }

  /** The file of the repository that a link leads to. */
  private fileOf(source: string, link: string): string | undefined {
    const [target] = link.split('#');
    if (FILE_URL.test(target)) {
      return target.replace(FILE_URL, '');
    }
    if (/^[a-z]+:/.test(target)) {
      return undefined;
    }
    return target === '' ? source : posix.join(posix.dirname(source), target);
  }

  private pagesOf(file: string): readonly SourcePage[] | undefined {
    return this.pagesBySource.get(file) ?? this.pagesBySource.get(posix.join(file, 'README.md'));
  }

  private linkTo(file: string, place: string, anchor?: string): string {
    const pages = this.pagesOf(file);
    return pages ? this.pageLink(pages, place, anchor) : this.fileLink(file, place, anchor);
  }

  private pageLink(pages: readonly SourcePage[], place: string, anchor?: string): string {
    const found = anchor === undefined ? pages[0] : pages.find(({ anchors }) => anchors.includes(anchor));
    if (!found) {
      throw new Error(`${place}, and no heading has this anchor.`);
    }
    const { page: { path }, anchors } = found;
    return `/${path}${anchor === undefined || anchor === anchors[0] ? '' : `#${anchor}`}`;
  }

  private fileLink(file: string, place: string, anchor?: string): string {
    if (!existsSync(join(this.root, file))) {
      throw new Error(`${place}, and the file does not exist.`);
    }
    const picture = PICTURE.exec(file)?.[1];
    const kind = statSync(join(this.root, file)).isDirectory() ? 'tree' : 'blob';
    return picture ? `/${picture}` : `${REPOSITORY_URL}/${kind}/main/${file}${anchor === undefined ? '' : `#${anchor}`}`;
  }
}
