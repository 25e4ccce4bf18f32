import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { serveSite } from './site-server';
import { SITE_BASE } from '../../projenrc/site/site-url';
import { startChromium } from '../console/support/console-browser';

const FOLDER = join(__dirname, '../../.site/html');
const PHONE = { viewport: { width: 375, height: 740 } };
/** The reference has the same pages in each language. One of them opens in each, and all in TypeScript. */
const REPEATED = /^reference\/(?!typescript\/)(?!\w+\/WebhookProcessingSystem$)/;

const SIDEWAYS = 'document.documentElement.scrollWidth - window.innerWidth';

/** Opens the pages of the built site in Chromium. Fails if one has an error, requests something from another host, or scrolls sideways on a phone. */
async function checkPages(): Promise<void> {
  const paths = (readdirSync(FOLDER, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => file.replace(/(?:(?<=^|\/)index)?\.html$/, ''))
    .filter((path) => !REPEATED.test(path));
  const problems: string[] = [];
  const site = await serveSite(FOLDER, SITE_BASE);
  const browser = await startChromium();
  try {
    const page = await openTab(browser, site.origin, problems);
    const open = async (path: string) => (await page.goto(`${site.origin}${SITE_BASE}${path}`, { waitUntil: 'load' }))!.status();
    for (const path of paths) {
      if (await open(path) !== 200) {
        problems.push(`${path}: not found`);
      }
      if (await page.evaluate<number>(SIDEWAYS) > 0) {
        problems.push(`${path}: is wider than a phone`);
      }
    }
    problems.push(...await checkSearch(page, open), ...await checkModes(page, open));
    const errors = problems.length;
    if (await open('no-such-page') !== 404 || await page.getByRole('link', { name: 'Go to the home page' }).count() !== 1) {
      problems.push('the page for unknown addresses does not open');
    }
    // The browser reports the status 404 as an error.
    problems.splice(errors, 1);
  } finally {
    await browser.close();
    site.close();
  }
  problems.forEach((problem) => console.error(problem));
  console.log(`${paths.length} pages opened, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function openTab(browser: Browser, origin: string, problems: string[]): Promise<Page> {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', ({ message }) => problems.push(`${page.url()}: ${message}`));
  page.on('console', (message) => message.type() === 'error' && problems.push(`${page.url()}: ${message.text()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
      problems.push(`${page.url()}: requests ${request.url()}`);
    }
  });
  return page;
}

/** The search finds a section of a page and opens it. */
async function checkSearch(page: Page, open: (path: string) => Promise<number>): Promise<string[]> {
  await open('');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('dead-letter queue');
  const result = page.locator('.VPLocalSearchBox .result').first();
  await result.waitFor();
  await result.click();
  await page.waitForURL(/#/);
  return await page.locator('h1').count() === 1 ? [] : ['the search opens no page'];
}

/** The dark mode changes the background. */
async function checkModes(page: Page, open: (path: string) => Promise<number>): Promise<string[]> {
  const backgrounds: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open('runbook');
    backgrounds.push(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor'));
  }
  return backgrounds[0] === backgrounds[1] ? ['the dark mode does not change the background'] : [];
}

void checkPages();
