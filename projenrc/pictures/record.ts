import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Picture } from './picture-list';
import type { PictureSources } from './sources';

export const PICTURES_FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');
/** Is beside the pictures, so that a test finds those that are out of date without drawing them. */
export const RECORD_FILE = 'pictures.json';

/** What the pictures are drawn from. The pages are recorded without the libraries and the font, whose updates change no content. */
export function recordOf(sources: PictureSources, pictures: readonly Picture[]) {
  const pages = Object.fromEntries(pictures.map(({ file, html, part }) => (
    [file, hashOf(JSON.stringify(part) + html.replace(/<script>.*?<\/script>|url\(data:[^)]*\)/gs, ''))]
  )));
  return { pages, sources };
}

export function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
