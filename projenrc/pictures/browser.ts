import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Picture } from './picture-list';

/** Debian's path, unless another one is set. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
/** Chromium must not look for updates or anything else on the network. */
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--force-color-profile=srgb', '--font-render-hinting=none',
];

/** Runs in the page. The texts that are wider or higher than their elements. */
const CUT_TEXTS = `[...document.querySelectorAll('.measured, .measured *')]
  .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
    || element.matches('.measured') && element.scrollHeight > element.clientHeight + 4)
  .map((element) => element.textContent.trim().slice(0, 80))`;

/** Draws pages as PNG files. Fails if a text does not fit in its element. */
export async function draw(pictures: readonly Picture[]): Promise<Array<Picture & { readonly png: Buffer }>> {
  if (!existsSync(CHROMIUM)) {
    const install = 'apt-get install -y --no-install-recommends chromium';
    throw new Error(`Chromium is not at ${CHROMIUM}. Install it (Debian: \`${install}\`), or set CHROMIUM_PATH.`);
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const drawn: Array<Picture & { readonly png: Buffer }> = [];
    for (const picture of pictures) {
      const { width, part } = picture;
      const tab = await browser.newPage({ viewport: { width, height: 100 }, offline: true });
      await tab.setContent(picture.html);
      await tab.evaluate('document.fonts.ready');
      if (picture.html.includes('<canvas')) {
        await tab.waitForSelector('body[data-drawn]', { state: 'attached' });
      }
      const cut = await tab.evaluate<string[]>(CUT_TEXTS);
      if (cut.length > 0) {
        throw new Error(`${picture.file} has texts that do not fit: ${cut.map((text) => `'${text}'`).join(', ')}`);
      }
      const clip = part && { x: 0, y: part.from, width, height: part.to - part.from };
      drawn.push({ ...picture, png: await tab.screenshot({ fullPage: true, clip }) });
      await tab.close();
    }
    return drawn;
  } finally {
    await browser.close();
  }
}
