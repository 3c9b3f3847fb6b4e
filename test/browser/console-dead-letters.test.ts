import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, picture } from '../support/browser.ts';
import { PEOPLE, signedIn, startConsole } from '../support/console.ts';
import { COMPLAINT } from '../support/journey.ts';
import { auditPage } from '../support/page-audit.ts';
import { localAssembly, type World } from '../support/world.ts';

const BUDGET = { html: 100_000, script: 30_000, style: 30_000, requests: 6 };

let world: World;
let page: Page;
/** The function that fails at whatever it does. */
let broken: string | undefined;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const browser = await openBrowser();
  closing.push(async () => browser.close());
  world = await startConsole({
    assembly: await localAssembly(),
    restaurants: 3,
    runner: {
      intercept: (call) =>
        broken !== undefined && call.function.includes(`${broken}Function`) ? 'kill-before' : 'pass',
    },
  });
  closing.push(async () => world.stop());
  for (const id of ['uncounted-1', 'uncounted-2']) {
    broken = 'figures';
    await world.report(id, { ...COMPLAINT, category: 'referral' });
    await world.runner.settle();
    broken = undefined;
  }
  ({ page } = await signedIn(browser, world, PEOPLE.administrator, { to: '/console/dead-letters' }));
}, 240_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

const main = async () => page.locator('main').innerText();

describe('what could not be done, on its pages', () => {
  it('is found from the list, and stays where it is when no letter or no reason is given', async () => {
    expect(await page.locator('main table.list tbody tr').count()).toBe(1);
    await page.locator('main table.list').getByRole('link', { name: 'figures' }).click();
    expect(await page.locator('main table.list tbody tr').count()).toBe(2);
    await page.locator('#discard-letters-reason').fill('不补记');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.locator('#discard-letters button').click();
    await page.waitForSelector('.refused');
    expect(await page.locator('#discard-letters-letters-fault').innerText()).toContain('at least one letter');
    expect(await page.locator('#discard-letters-reason').inputValue()).toBe('不补记');
    await picture(page, 'console-dead-letters-refused');
    expect(world.runner.deadLetters().length).toBe(2);
  });

  it('is closed by one letter, and the other is sent again', async () => {
    await page.locator('#discard-letters input[type=checkbox]').first().check();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.locator('#discard-letters button').click();
    await page.waitForSelector('.said');
    expect(await main()).toContain('已结案');
    expect(world.runner.deadLetters().length).toBe(1);
    await page.locator('#redrive-letters-reason').fill('已修复');
    await page.locator('#redrive-letters button').click();
    await page.waitForSelector('main .none');
    expect(await main()).toContain('Nothing waits');
    expect(world.runner.deadLetters()).toEqual([]);
    await picture(page, 'console-dead-letters-none');
    expect(await auditPage(page, BUDGET)).toEqual([]);
    await page.getByRole('link', { name: /2026-09-01/ }).click();
    const trail = await main();
    expect([trail.includes('dead-letters.discarded'), trail.includes('dead-letters.redriven')]).toEqual([
      true,
      true,
    ]);
  });

  it('says which letters stay and why', async () => {
    broken = 'relay';
    await world.report('unrelayed-1', { ...COMPLAINT, category: 'referral' });
    await world.runner.settle();
    await page.goto(`${world.runner.url}/console/dead-letters/relay`);
    await page.locator('#redrive-letters-reason').fill('再试');
    await page.locator('#redrive-letters button').click();
    await page.waitForSelector('.outcome');
    broken = undefined;
    expect(await page.locator('.outcome').innerText()).toContain('The function failed again');
    await picture(page, 'console-dead-letters-kept');
    expect(await auditPage(page, BUDGET)).toEqual([]);
    await page.goto(`${world.runner.url}/console/dead-letters`);
    await page.locator('summary').click();
    await picture(page, 'console-dead-letters-all');
  }, 120_000);
});
