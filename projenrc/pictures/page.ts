import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = join(__dirname, '..', '..', 'node_modules');

/** A file of a package, for a page that must not load anything. */
export function packageFile(path: string): Buffer {
  return readFileSync(join(MODULES, path));
}

/** The font of the AWS console, so that a picture does not depend on the fonts of the machine. */
const FONT = 'Open Sans';

/** A complete page with its font. */
export function page(title: string, style: string, body: string): string {
  const faces = [400, 600, 700].map((weight) => {
    const font = packageFile(`@fontsource/open-sans/files/open-sans-latin-${weight}-normal.woff2`).toString('base64');
    return `@font-face { font-family: '${FONT}'; font-weight: ${weight}; src: url(data:font/woff2;base64,${font}); }`;
  });
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>
${faces.join('\n')}
* { box-sizing: border-box; }
body { margin: 0; font: 13px/1.45 '${FONT}', sans-serif; color: #16191f; -webkit-font-smoothing: antialiased; }
a { color: #0073bb; text-decoration: none; }
${style}</style></head><body>${body}</body></html>`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
