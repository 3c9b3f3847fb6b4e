import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { root } from './sources.ts';

const CHROMIUM = '/usr/bin/chromium';

/** Starts Debian's Chromium. @throws Error naming what to install where it is missing: a test that is skipped would look like one that passed */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `The browser tests need ${CHROMIUM}; install it and a Chinese font with: apt-get install chromium fonts-noto-cjk`,
    );
  }
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
    ],
  });
}

/** A page of which everything is noted that a reader would not want to happen behind their back. */
export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Addresses of every request since `forget`. */
  readonly requests: string[];
  /** Errors, warnings and violations of the page's policy: what its console and its script said. */
  readonly complaints: string[];
}

/** Opens a page of so many pixels in width and notes its requests and complaints. */
export async function watchedPage(browser: Browser, width: number): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, requests, complaints };
}

/** Keeps a picture of the whole page under `.artifacts/`, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = path.join(root, '.artifacts');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
