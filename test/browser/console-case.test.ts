import type { Browser, Page } from 'playwright-core';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PHOTO } from '../support/archive-journey.ts';
import { openBrowser, picture } from '../support/browser.ts';
import { PEOPLE, signedIn, startConsole } from '../support/console.ts';
import { COMPLAINT } from '../support/journey.ts';
import { ADMINISTRATOR, localAssembly, type World } from '../support/world.ts';

/** One restaurant of all, which the lead section approves and to which the unit sends people of its choice. */
const BY_HAND = {
  name: '转办抽查',
  effectiveFrom: '2026-01-01',
  when: 'false',
  draw: {
    items: ['YS-GXJ-003'],
    criteria: { industry: ['H62'] },
    quota: { mode: 'count', count: 1, weights: { A: 1, B: 1, C: 1, D: 1 } },
    beacon: { preferred: { kind: 'sealed' } },
    approval: 'lead-section',
    staffing: 'direct',
    teamSize: 2,
  },
};

let world: World;
let browser: Browser;
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  world = await startConsole({ assembly: await localAssembly(), restaurants: 12 });
  closing.push(async () => world.stop());
  const adopted = await world.as(ADMINISTRATOR).put('/policies/by-hand', BY_HAND);
  if (adopted.status !== 201) throw new Error(`the policy was answered with ${JSON.stringify(adopted)}`);
}, 180_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

/** Somebody's own browser, in which they say yes to whatever they are asked. */
async function desk(staffNo: string, width: number): Promise<Page> {
  const { page } = await signedIn(browser, world, staffNo, { width });
  page.on('dialog', (dialog) => {
    void dialog.accept();
  });
  return page;
}

/** Sends the form of an action and waits until it is done and everything that follows from it has happened. */
async function give(page: Page, action: string): Promise<void> {
  await page.locator(`#${action} button[type=submit]`).first().click();
  await done(page);
}

/** The page that an action led to says so; a refusal is told by its words. */
async function done(page: Page): Promise<void> {
  const outcome = page.locator('.said, .refused').first();
  await outcome.waitFor();
  expect(await outcome.getAttribute('class')).toBe('said');
  await world.runner.settle();
}

const go = async (page: Page, path: string) => (await page.goto(world.runner.url + path))?.status();

let reports = 0;
/** A report that no rule fires by itself. */
async function reported(title: string): Promise<string> {
  reports += 1;
  const { body } = await world.report(`referral-${reports}`, { ...COMPLAINT, category: 'referral', title });
  await world.runner.settle();
  return z.object({ trigger: z.string() }).parse(body).trigger;
}

/** What a paper says when it is printed on A4: its words, without the breaks of lines. */
async function printed(page: Page, path: string): Promise<string> {
  expect(await go(page, path)).toBe(200);
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: true });
  return text.replaceAll(/\s+/g, '');
}

/** A text as a PDF may give it back: fonts name some characters by the code of a radical that looks the same. */
function asPrinted(text: string): RegExp {
  return new RegExp(Array.from(text, (character) => `[\u2E80-\u2FDF${character}]`).join(''));
}

describe.each([
  ['a desktop', 1280],
  ['a phone', 360],
])('one whole case on %s, by people of six roles', (_, width) => {
  const shot = async (page: Page, name: string) => picture(page, `case-${width}-${name}`);
  const title = `后厨卫生转办 ${width}`;
  let draw = '';
  let visit = '';
  let subject = '';
  let team: string[] = [];

  it('the lead section decides about the report and fires a draw', async () => {
    await reported(title);
    const lead = await desk(PEOPLE['lead-section'], width);
    await go(lead, '/console/triggers?status=triaging');
    await shot(lead, '01-triggers');
    await lead.getByRole('link', { name: title }).first().click();
    await lead.getByRole('link', { name: '选择其他规则' }).click();
    await lead.locator('form.action select').first().selectOption('by-hand');
    await shot(lead, '02-fire');
    await lead.locator('form.action button[type=submit]').first().click();
    await done(lead);
    expect(await lead.locator('main').innerText()).toContain('by-hand');
    await shot(lead, '03-fired');
  });

  it('approves it, and it is drawn; the supervisor watches', async () => {
    const lead = await desk(PEOPLE['lead-section'], width);
    await go(lead, '/console/draws?status=proposed');
    await lead.locator('.list a[href^="/console/draws/D-"]').first().click();
    draw = new URL(lead.url()).pathname.split('/').at(-1) ?? '';
    await shot(lead, '04-proposed');
    await give(lead, 'draw-approve');
    const watching = await desk(PEOPLE.supervisor, width);
    expect(await go(watching, `/console/draws/${draw}`)).toBe(200);
    expect(await watching.locator('main').innerText()).toContain('明抽〔2026〕');
    await shot(watching, '05-drawn');
  });

  it('article 7(4): the unit chooses two people for it', async () => {
    const unit = await desk(PEOPLE.unit, width);
    expect(await go(unit, `/console/draws/${draw}/teams`)).toBe(200);
    const boxes = unit.locator('#draw-teams input[type=checkbox]');
    team = await boxes.evaluateAll((all) => all.slice(0, 2).map((one) => one.getAttribute('value') ?? ''));
    for (const at of [0, 1]) await boxes.nth(at).check();
    const object = await unit.locator('#draw-teams legend').first().innerText();
    subject = object.split('（')[0] ?? '';
    await unit.locator('#draw-teams textarea').fill('熟悉该片区餐饮单位');
    await shot(unit, '06-teams');
    await give(unit, 'draw-teams');
    expect(team).toHaveLength(2);
  });

  it('article 10: both accept; one of them begins, keeps a photo and ends', async () => {
    for (const staffNo of team.toReversed()) {
      const inspector = await desk(staffNo, width);
      await go(inspector, '/console/inspections?group=unrecorded');
      await inspector.getByRole('link', { name: subject }).click();
      expect(await inspector.locator('h1').innerText()).toContain(subject);
      visit = new URL(inspector.url()).pathname.split('/').at(-1) ?? '';
      await give(inspector, 'accept');
    }
    const inspector = await desk(team[0] ?? '', width);
    await go(inspector, `/console/inspections/${visit}`);
    await give(inspector, 'begin');
    await shot(inspector, '07-begun');

    await go(inspector, `/console/inspections/${visit}/evidence`);
    const file = inspector.locator('#upload input[type=file]');
    const sent: string[] = [];
    inspector.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    await file.setInputFiles({ name: '过大.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(4_000_001) });
    await inspector.locator('#upload button').click();
    expect(await file.evaluate((input) => input.matches(':invalid'))).toBe(true);
    // Too large a file is refused before a byte of it leaves.
    expect(sent).toEqual([]);
    await file.setInputFiles({ name: '后厨.jpg', mimeType: 'image/jpeg', buffer: PHOTO });
    await give(inspector, 'upload');
    await shot(inspector, '08-evidence');

    await go(inspector, `/console/inspections/${visit}`);
    await give(inspector, 'end');
  });

  it('article 7(6): whoever inspected drafts the record, enters it and publishes it', async () => {
    const inspector = await desk(team[0] ?? '', width);
    await go(inspector, `/console/inspections/${visit}/record`);
    await inspector.locator('[name="signature.by"]').fill('经营者');
    await inspector.locator('button[value=draft]').click();
    await done(inspector);
    await go(inspector, `/console/inspections/${visit}/record`);
    expect(await inspector.locator('[name="signature.by"]').inputValue()).toBe('经营者');

    await inspector.locator('[name="allNothing"]').check();
    await inspector.locator('[name="findings.0.checked"]').check();
    await inspector.locator('[name="methods"][value="on-site"]').check();
    await inspector.locator('[name="results"][value="1"]').check();
    await inspector.locator('[name="followUps"][value="none"]').check();
    await inspector.locator('[name="evidence"]').first().check();
    await inspector.locator('[name="signature.signed"]').selectOption('yes');
    await inspector.locator('[name="signature.capacity"]').selectOption('legal-representative');
    await shot(inspector, '09-record');
    await inspector.locator('button[value=enter]').click();
    await done(inspector);
    await give(inspector, 'publish');
    await shot(inspector, '10-published');
  });

  it('article 14: everybody reads the result, and staff see it counted and written down', async () => {
    const { status, text } = await world.anyone(`/public/inspections/${visit}`, { accept: 'text/html' });
    expect([status, text.includes(subject)]).toEqual([200, true]);

    const supervisor = await desk(PEOPLE.supervisor, width);
    expect(await go(supervisor, '/console/figures/results')).toBe(200);
    await shot(supervisor, '11-figures');

    const administrator = await desk(PEOPLE.administrator, width);
    expect(await go(administrator, `/console/history/inspection/${visit}`)).toBe(200);
    const trail = await administrator.locator('main').innerText();
    for (const type of [
      'inspection.begun',
      'inspection.ended',
      'inspection.recorded',
      'inspection.published',
    ]) {
      expect(trail).toContain(type);
    }
    await shot(administrator, '12-history');

    const business = await desk(PEOPLE['business-section'], width);
    expect(await go(business, '/console/scans')).toBe(200);
    expect(await go(business, `/console/inspections/${visit}`)).toBe(403);
  });

  it('its papers are printed on A4 with what belongs on them', async () => {
    const unit = await desk(PEOPLE.unit, width);
    const form = await printed(unit, `/console/inspections/${visit}/form`);
    for (const part of ['执法检查登记表', subject, 'YS-GXJ-003']) expect(form).toMatch(asPrinted(part));
    const notice = await printed(unit, `/console/inspections/${visit}/notice`);
    for (const part of ['随机抽查通知书', subject]) expect(notice).toMatch(asPrinted(part));
    const summary = await printed(unit, `/console/draws/${draw}/summary`);
    expect(summary).toMatch(asPrinted(subject));
  });
});

/** Goes on by the tabulator until what is wanted has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 200; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`the tabulator never came to ${selector}`);
}

describe('without a mouse', () => {
  it('the lead section finds a report and dismisses it with a reason', async () => {
    const trigger = await reported('键盘操作');
    const { context, page } = await signedIn(browser, world, PEOPLE['lead-section'], {
      to: '/console/triggers?status=triaging',
    });
    page.on('dialog', (dialog) => {
      void dialog.accept();
    });
    await tabTo(page, `a[href="/console/triggers/${trigger}"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/console/triggers/${trigger}`);
    await tabTo(page, '#trigger-dismiss textarea');
    await page.keyboard.type('重复转办');
    await tabTo(page, '#trigger-dismiss button');
    await page.keyboard.press('Enter');
    await done(page);
    expect(await page.locator('main').innerText()).toContain('重复转办');
    await context.close();
  });
});
