import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Debian's path, unless another one is set. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--force-color-profile=srgb', '--font-render-hinting=none',
];

export async function startChromium(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`Chromium is not at ${CHROMIUM}. Install it (Debian: \`apt-get install -y --no-install-recommends chromium\`), or set CHROMIUM_PATH.`);
  }
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page of the console, and what went wrong in it. */
export interface OpenedConsole {
  readonly page: Page;
  readonly problems: readonly string[];
  /** Requests that left this machine. */
  readonly foreignRequests: readonly string[];
}

export async function openConsole(browser: Browser, url: string, options: BrowserContextOptions = {}, now?: number): Promise<OpenedConsole> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  const foreignRequests: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) {
      foreignRequests.push(request.url());
    }
  });
  if (now !== undefined) {
    await page.clock.setFixedTime(now);
  }
  await page.goto(url);
  return { page, problems, foreignRequests };
}
