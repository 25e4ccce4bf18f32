import { markdownLines } from './site-page';

/** A README with its examples in one language. */
export interface TranslatedReadme {
  /** The language's name on the tab. */
  readonly name: string;
  readonly markdown: string;
}

interface CodeBlock {
  /** What follows the fence: the language, and parameters. */
  readonly info: string;
  readonly code: string;
}

/**
 * Shows each TypeScript example of a page also in other languages, on tabs. jsii
 * translates the examples of the README. An example that it did not translate
 * stays as it is.
 */
export function addExampleTabs(markdown: string, original: string, translations: readonly TranslatedReadme[]): string {
  const positions = new Map(codeBlocks(original).map(({ code }, position) => [code, position]));
  const translated = translations.map(({ name, markdown: readme }) => ({ name, blocks: codeBlocks(readme) }));
  return markdown.replace(/^( *)```ts\b.*\n([\s\S]*?)^\1```$/gm, (block, indent: string, code: string) => {
    const position = positions.get(withoutIndent(code, indent));
    if (position === undefined) {
      return block;
    }
    const tabs = [
      { name: 'TypeScript', info: 'ts', code: withoutIndent(code, indent) },
      ...translated.map(({ name, blocks }) => ({ name, info: blocks[position].info, code: blocks[position].code })),
    ];
    const lines = ['::: code-group', ...tabs.flatMap((tab) => [`\`\`\`${tab.info} [${tab.name}]`, ...tab.code.trimEnd().split('\n'), '```']), ':::'];
    return lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n');
  });
}

function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let lines: string[] | undefined;
  let indent = '';
  for (const { line, isCode } of [...markdownLines(markdown), { line: '', isCode: false }]) {
    const fence = isCode ? /^( *)```(.*)$/.exec(line) : null;
    if (fence && !lines) {
      indent = fence[1];
      lines = [fence[2]];
    } else if (fence && lines) {
      const [info, ...code] = lines;
      blocks.push({ info, code: withoutIndent(code.map((each) => `${each}\n`).join(''), indent) });
      lines = undefined;
    } else {
      lines?.push(line);
    }
  }
  return blocks;
}

function withoutIndent(code: string, indent: string): string {
  return code.split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}
