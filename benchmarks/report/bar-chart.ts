import { scaleLinear } from 'd3-scale';
import type { FigureTable, Row } from '../figures';
import { formatFigure, formatRatio } from './format';

const WIDTH = 720;
const ROW = 30;
const BAR = 18;
const LABELS = 270;
const VALUES = 130;
const MARGIN = 10;
/** The colors keep their contrast on the light and the dark background of a page. */
const STYLE = 'text{font:13px sans-serif;fill:#59636e}.bar{fill:#8c959f}.ours{fill:#0969da}.range{stroke:#59636e;stroke-width:1.5}'
  + '@media (prefers-color-scheme:dark){text{fill:#9198a1}.range{stroke:#9198a1}.ours{fill:#4493f8}}';

/** Draws the figures of a table as bars, with their ranges. */
export function barChart({ title, rows }: FigureTable): string {
  const height = rows.length * ROW + 2 * MARGIN;
  const x = scaleLinear([0, Math.max(...rows.map(({ figure }) => figure.high))], [LABELS, WIDTH - VALUES]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapedText(title)}">`,
    `<style>${STYLE}</style>`,
    ...rows.map((row, index) => bar(row, MARGIN + index * ROW, x)),
    '</svg>\n',
  ].join('\n');
}

function bar({ id, label, unit, figure, ratio }: Row, top: number, x: (value: number) => number): string {
  const middle = top + ROW / 2;
  const [left, end, low, high] = [0, figure.value, figure.low, figure.high].map((value) => Number(x(value).toFixed(1)));
  const value = `${formatFigure(figure.value, unit)}${ratio ? ` (${formatRatio(ratio.value)})` : ''}`;
  return [
    `<text x="${LABELS - 10}" y="${middle + 4}" text-anchor="end">${escapedText(label)}</text>`,
    `<rect class="${isOurs(id) ? 'ours' : 'bar'}" x="${left}" y="${middle - BAR / 2}" width="${Number((end - left).toFixed(1))}" height="${BAR}" rx="2"/>`,
    low === high ? '' : `<line class="range" x1="${low}" y1="${middle}" x2="${high}" y2="${middle}"/>`,
    `<text x="${high + 8}" y="${middle + 4}">${escapedText(value)}</text>`,
  ].join('');
}

/** Whether a row is this system, such as `cold/load/ours-all`. */
function isOurs(id: string): boolean {
  return /\/ours(-|\/|$)/.test(id);
}

function escapedText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
