import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, picture, watchedPage } from '../support/browser.ts';
import { cleanRecord, complain, step } from '../support/journey.ts';
import { auditPage, figuresOf } from '../support/page-audit.ts';
import { localAssembly, startWorld, type World } from '../support/world.ts';

/** What a reader's connection and machine are asked for when a page is first seen. */
const BUDGET = { html: 100_000, script: 30_000, style: 30_000, requests: 3 };

let world: World;
let browser: Browser;
/** The addresses of all pages of the portal, by what they show. */
const pages = new Map<string, string>();
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  world = await startWorld({ assembly: await localAssembly(), restaurants: 60 });
  closing.push(async () => world.stop());
  const [visit] = await complain(world, 'complaint-1');
  if (visit === undefined) throw new Error('no inspection came of the complaint');
  for (const command of ['accept', 'begin', 'end']) await step(world, visit, command);
  await step(world, visit, 'record', cleanRecord(visit));
  await step(world, visit, 'publish');
  const draw = `/public/draws/${visit.draws[0]?.id}`;
  const result = `/public/inspections/${visit.id}`;
  for (const [name, at] of [
    ['start', '/public'],
    ['items', '/public/items'],
    ['directory', '/public/directory'],
    ['plans', '/public/plans'],
    ['draws', '/public/draws'],
    ['draw', draw],
    ['explanation', `${draw}/explanation`],
    ['inclusion', `${draw}/inclusion?code=${visit.subject.id}`],
    ['results', '/public/inspections'],
    ['search-not-taken', '/public/inspections?q=x&from=2026-13'],
    ['nothing-found', '/public/inspections?q=%E6%B2%A1%E6%9C%89'],
    ['result', result],
    ['verify', '/public/verify'],
    ['ledger', '/public/ledger'],
  ] as const) {
    pages.set(name, world.runner.url + at);
  }
}, 120_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

const addressOf = (name: string): string => pages.get(name) ?? `no page is called ${name}`;

describe.each([1280, 320])('every page of the portal, %i px wide', (width) => {
  it.each([
    'start',
    'items',
    'directory',
    'plans',
    'draws',
    'draw',
    'explanation',
    'inclusion',
    'results',
    'search-not-taken',
    'nothing-found',
    'result',
    'verify',
    'ledger',
  ])('%s meets WCAG 2.2 AA and its budget', async (name) => {
    const { context, page, complaints } = await watchedPage(browser, width);
    await page.goto(addressOf(name));
    expect(await auditPage(page, BUDGET)).toEqual([]);
    await picture(page, `portal-${name}-${width}`);
    await context.close();
    expect(complaints.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
  });
});

describe('the form for a correction', () => {
  it('article 16: that was not taken leads from its summary to each field, and meets WCAG 2.2 AA', async () => {
    for (const width of [1280, 320]) {
      const { context, page } = await watchedPage(browser, width);
      await page.goto(addressOf('result'));
      await page.locator('#wrong').fill('x');
      await page.locator('form').evaluate((form) => {
        form.setAttribute('novalidate', '');
      });
      await page.getByRole('button', { name: '提交申请' }).click();
      await page.locator('.verdict.failed').waitFor();
      expect(await auditPage(page, BUDGET)).toEqual([]);
      await page.locator('.verdict a', { hasText: '正确内容' }).click();
      expect(page.url()).toContain('#right');
      await picture(page, `portal-correction-${width}`);
      await context.close();
    }
  });
});

describe('the verification page', () => {
  it('loads 2 KB of script at first, and the verifier when its button is pressed', async () => {
    const { context, page, requests } = await watchedPage(browser, 1280);
    await page.goto(addressOf('verify'));
    const { script } = await figuresOf(page);
    expect([script > 200, script < 2_048]).toEqual([true, true]);
    requests.length = 0;
    await page.getByRole('button', { name: '打开核验程序' }).click();
    await page.locator('#proof').waitFor();
    expect(requests.map((url) => new URL(url).pathname)).toEqual(['/public/verifier.js']);
    expect(await page.evaluate('document.activeElement.id')).toBe('proof');
    // Once it is open it is a page as any other, but for the script that was asked for.
    expect(await auditPage(page, { ...BUDGET, script: 400_000 })).toEqual([]);
    await context.close();
  });
});

describe('every page', () => {
  it('begins with a link over its head, which the keyboard meets first', async () => {
    const { context, page } = await watchedPage(browser, 1280);
    await page.goto(addressOf('plans'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('跳到正文 Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await context.close();
  });

  it('leads from the start page to all others without any script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(addressOf('start'));
    const links = await page
      .locator('.doors a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links).toHaveLength(9);
    for (const link of links) {
      expect([link, (await page.goto(world.runner.url + link))?.status()]).toEqual([link, 200]);
    }
    await context.close();
  });
});
