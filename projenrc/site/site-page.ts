/** A page of the documentation site. */
export interface SitePage {
  /** The path below the site's root, such as `guide/deploy-to-aws.md`. */
  readonly path: string;
  /** The Markdown, which begins with the heading of the page. */
  readonly markdown: string;
  /** The file of the repository that links on the page start from. Links to this file lead to the page. */
  readonly source?: string;
  /** The file that a reader edits to change the page. Generated pages have none. */
  readonly editedFile?: string;
  /** `headings` keeps the text of the page out of the search index. */
  readonly search?: 'headings';
  /** The programming language of a page of the reference. */
  readonly language?: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** The lines of a page, each with its place: inside a code block or outside of it. */
export function markdownLines(markdown: string): Array<{ readonly line: string; readonly isCode: boolean }> {
  let fence = '';
  return markdown.split('\n').map((line) => {
    const [, mark = ''] = FENCE.exec(line.trimStart()) ?? [];
    const isCode = fence !== '' || mark !== '';
    if (fence === '') {
      fence = mark;
    } else if (mark.startsWith(fence) && line.trim() === mark) {
      fence = '';
    }
    return { line, isCode };
  });
}

/** The anchor that GitHub gives to a heading. */
export function headingAnchor(heading: string): string {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
}

/** The anchors of all headings of a page. GitHub numbers those that repeat. */
export function headingAnchors(markdown: string): string[] {
  const counts = new Map<string, number>();
  return markdownLines(markdown)
    .flatMap(({ line, isCode }) => (isCode ? [] : /^#{1,6} (.+)$/.exec(line)?.[1] ?? []))
    .map((heading) => {
      const anchor = headingAnchor(heading);
      const count = counts.get(anchor) ?? 0;
      counts.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    });
}

/** The heading of a page as plain text. */
export function pageTitle({ markdown, path }: SitePage): string {
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (title === undefined) {
    throw new Error(`The page ${path} of the site has no heading.`);
  }
  return title.replaceAll('`', '');
}

/** A page without the list of its headings, which the site shows beside it. */
export function withoutContents(markdown: string): string {
  const start = markdown.indexOf('\n## ');
  return start < 0 ? markdown : markdown.slice(0, start).replace(/\n(?: *- \[[^\]]+\]\(#[^)]+\)\n){3,}/, '\n') + markdown.slice(start);
}

/** A part of a page, from a heading of the second level to the next one. */
export interface PageSection {
  readonly title: string;
  /** The Markdown with the heading of the section, one level up. */
  readonly markdown: string;
}

/** Splits a page at its headings of the second level. */
export function splitSections(markdown: string): { readonly intro: string; readonly sections: readonly PageSection[] } {
  const parts: string[][] = [[]];
  for (const { line, isCode } of markdownLines(markdown)) {
    if (!isCode && line.startsWith('## ')) {
      parts.push([]);
    }
    parts.at(-1)!.push(!isCode && parts.length > 1 ? line.replace(/^#(#+ )/, '$1') : line);
  }
  const [intro, ...sections] = parts.map((lines) => `${lines.join('\n').trim()}\n`);
  return { intro, sections: sections.map((section) => ({ title: /^# (.+)$/m.exec(section)![1], markdown: section })) };
}
