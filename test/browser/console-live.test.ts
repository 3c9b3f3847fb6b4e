import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, picture } from '../support/browser.ts';
import { signedIn, signIn, startConsole } from '../support/console.ts';
import { LEAD_SECTION, localAssembly, type World } from '../support/world.ts';

const to = '/console/draws/new';
const RESTAURANTS = 12;

let world: World;
let browser: Browser;
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  world = await startConsole({ assembly: await localAssembly(), restaurants: RESTAURANTS });
  closing.push(async () => world.stop());
}, 180_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

const item = (page: Page) => page.locator('input[name="items"][value="YS-GXJ-003"]');
const industry = (page: Page) => page.locator('textarea[name="criteria.industry"]');
const outcome = (page: Page) => page.locator('#draw-propose .outcome');

/** How many objects the preview finds, all classes together. */
async function found(page: Page): Promise<number> {
  const sizes = await outcome(page).locator('tbody td:nth-of-type(2)').allTextContents();
  return sizes.reduce((sum, text) => sum + Number(/\d+/.exec(text)?.[0] ?? 'NaN'), 0);
}

async function until(page: Page, text: string): Promise<void> {
  await outcome(page).getByText(text).first().waitFor();
  await page.locator('#draw-propose .outcome:not([aria-busy])').waitFor();
}

describe('the preview of a draw', () => {
  it('follows what is chosen without a click, says what is missing, and draws nothing', async () => {
    const { context, page, complaints } = await signedIn(browser, world, LEAD_SECTION, { to });
    await until(page, '填选条件后自动预览');
    await industry(page).fill('H62');
    await until(page, '尚不能预览');
    expect(await outcome(page).textContent()).toContain('抽查事项');
    await item(page).check();
    await until(page, '名单与抽取数');
    expect(await found(page)).toBe(RESTAURANTS);
    await picture(page, 'console-draws-new-live');
    await industry(page).fill('H6299');
    await until(page, '没有符合条件的检查对象');
    expect((await world.as(LEAD_SECTION).get('/draws')).body).toEqual({ draws: [] });
    expect(complaints.filter((text) => !text.includes('422') && !text.includes('404'))).toEqual([]);
    await context.close();
  });

  it('gives up what was asked before, so that an old answer never comes last', async () => {
    const { context, page } = await signedIn(browser, world, LEAD_SECTION, { to });
    await item(page).check();
    await until(page, '名单与抽取数');
    let asked = 0;
    await page.route(`**${to}`, async (route) => {
      asked += 1;
      if (asked === 1) await new Promise((resolve) => setTimeout(resolve, 3_000));
      await route.continue().catch(() => 'given up by the page');
    });
    const first = page.waitForRequest((request) => request.method() === 'POST');
    await industry(page).fill('H6299');
    await first;
    await industry(page).fill('H62');
    await until(page, '名单与抽取数');
    await page.waitForTimeout(4_000);
    expect([asked, await found(page)]).toEqual([2, RESTAURANTS]);
    await context.close();
  });

  it('leaves it to the button where the answer is not to be had', async () => {
    const { context, page } = await signedIn(browser, world, LEAD_SECTION, { to });
    await page.route(`**${to}`, (route) => route.abort());
    await item(page).check();
    await until(page, '请点击预览');
    expect(await page.locator('#draw-propose button[name="preview"]').isEnabled()).toBe(true);
    await context.close();
  });

  it('is had by the button without any script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page, world, LEAD_SECTION, to);
    expect(await outcome(page).count()).toBe(0);
    await item(page).check();
    await page.locator('#draw-propose button[name="preview"]').click();
    await page.waitForLoadState();
    expect(await found(page)).toBe(RESTAURANTS);
    expect(await item(page).isChecked()).toBe(true);
    await context.close();
  });
});
