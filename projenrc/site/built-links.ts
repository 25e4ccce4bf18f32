/** A page of the built site. */
export interface BuiltPage {
  /** The path below the root, such as `guide/install.html`. */
  readonly file: string;
  readonly html: string;
}

/** What the links of the site can lead to. */
export interface LinkTargets {
  /** The path of the site on its host, with a slash at each end. */
  readonly base: string;
  /** The paths of all files of the site. */
  readonly files: ReadonlySet<string>;
  /** The address of the repository. */
  readonly repository: string;
  readonly isInRepository: (file: string) => boolean;
}

const HOST = 'https://site.invalid';

/** The links to pages, anchors and files that do not exist, and the anchors that a page has twice. One line for each. */
export function brokenLinks(pages: readonly BuiltPage[], targets: LinkTargets): string[] {
  const anchors = new Map(pages.map(({ file, html }) => [file, attributeValues(html, 'id')]));

  const explain = ({ file }: BuiltPage, link: string): string | undefined => {
    const url = new URL(link, `${HOST}${targets.base}${file.replace(/(?:(?<=^|\/)index)?\.html$/, '')}`);
    const anchor = decodeURIComponent(url.hash.slice(1));
    if (url.origin !== HOST) {
      const path = new RegExp(`^${targets.repository}/(?:blob|tree|edit)/main/([^#]+)`).exec(url.href)?.[1];
      return path === undefined || targets.isInRepository(decodeURIComponent(path)) ? undefined : 'the repository has no such file';
    }
    if (!url.pathname.startsWith(targets.base)) {
      return 'the link leads out of the site';
    }
    const path = decodeURIComponent(url.pathname.slice(targets.base.length));
    const target = [path, `${path}.html`, `${path}index.html`].find((each) => targets.files.has(each));
    if (target === undefined) {
      return 'the site has no such page';
    }
    return anchor === '' || anchors.get(target)?.includes(anchor) ? undefined : 'the page has no such anchor';
  };

  return pages.flatMap((page) => {
    const links = new Set([...attributeValues(page.html, 'href'), ...attributeValues(page.html, 'src')]);
    const problems = [...links].map((link) => [link, explain(page, link)] as const).filter(([, problem]) => problem !== undefined);
    return [
      ...problems.map(([link, problem]) => `${page.file}: ${link}: ${problem}`),
      ...repeated(anchors.get(page.file)!).map((anchor) => `${page.file}: the anchor #${anchor} is there twice`),
    ];
  });
}

/** The values of an attribute in all tags. In the text of a page, quotes and angle brackets are escaped. */
function attributeValues(html: string, attribute: string): string[] {
  const withoutScripts = html.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, (script) => script.slice(0, script.indexOf('>') + 1));
  return [...withoutScripts.matchAll(/<[a-z][^<>]*>/gi)]
    .flatMap(([tag]) => [...tag.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value]) => value.replaceAll('&amp;', '&')));
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, position) => values.indexOf(value) !== position))];
}
