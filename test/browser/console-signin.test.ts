import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openBrowser, watchedPage } from '../support/browser.ts';
import { PEOPLE, pick, signedIn, signIn, startConsole } from '../support/console.ts';
import { COMPLAINT, until } from '../support/journey.ts';
import { LEAD_SECTION, localAssembly, type World } from '../support/world.ts';

let world: World;
let browser: Browser;
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  world = await startConsole({ assembly: await localAssembly(), restaurants: 12 });
  closing.push(async () => world.stop());
}, 180_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

const Deadlines = z.object({
  deadlines: z.array(z.object({ id: z.string(), of: z.object({ id: z.string() }) })),
});
const Asked = z.object({ request: z.object({ reason: z.string(), by: z.string() }).optional() });

let reports = 0;
/** A report that no rule fires, and the page of the deadline by which the lead section decides on it. */
async function waiting(): Promise<{ readonly id: string; readonly path: string }> {
  reports += 1;
  const { body } = await world.report(`held-${reports}`, {
    ...COMPLAINT,
    category: 'referral',
    title: `转办${reports}`,
  });
  await world.runner.settle();
  const { trigger } = z.object({ trigger: z.string() }).parse(body);
  const lead = world.as(LEAD_SECTION);
  const { deadlines } = Deadlines.parse((await lead.get('/deadlines?kind=triage')).body);
  const id = deadlines.find(({ of }) => of.id === trigger)?.id ?? 'none';
  return { id, path: `/console/deadlines/${id}` };
}

const reasonOf = async (deadline: string): Promise<string | undefined> =>
  Asked.parse((await world.as(LEAD_SECTION).get(`/deadlines/${deadline}`)).body).request?.reason;

describe('signing in', () => {
  it.each([
    ['HP9001', '牵头科室'],
    ['HP9003', '业务科室'],
    ['HP1000', '承担单位'],
    ['HP1001', '执法检查人员'],
    ['HP9005', '分管领导/督查'],
    ['HP9007', '系统管理员'],
  ])('%s comes in through the issuer as %s, and out again', async (staffNo, role) => {
    const { context, page, complaints } = await signedIn(browser, world, staffNo);
    expect(await page.locator('.who').textContent()).toContain(role);
    await page.getByRole('button', { name: '退出 Sign out' }).click();
    await page.waitForURL(`${world.runner.url}/console/signed-out**`);
    expect(await page.locator('h1').textContent()).toBe('已退出登录');
    await page.goto(`${world.runner.url}/console`);
    expect(await page.locator('h1').textContent()).toBe('选择身份 Who are you?');
    // The first page of a browser asks for an icon, which the issuer has not.
    expect(complaints.filter((text) => !text.includes('404 (Not Found)'))).toEqual([]);
    await context.close();
  });

  it('leads on to the page that was asked for, with what was asked of it', async () => {
    const { context, page } = await watchedPage(browser, 1280);
    await signIn(page, world, LEAD_SECTION, '/console/deadlines?kind=triage');
    expect(page.url()).toBe(`${world.runner.url}/console/deadlines?kind=triage`);
    await context.close();
  });

  it('works without any script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page, world, LEAD_SECTION);
    expect(await page.locator('.who').textContent()).toContain('牵头科室');
    await context.close();
  });
});

describe('a form', () => {
  it('that the session ended under keeps what was typed, and is sent after signing in again in another tab', async () => {
    const { id, path } = await waiting();
    const { context, page } = await signedIn(browser, world, LEAD_SECTION, { to: path });
    await page.locator('#deadline-extend-workingDays').fill('2');
    await page.locator('#deadline-extend-reason').fill('待上级答复 <与否>');
    await until(world, '2026-09-01T13:00:00.000Z');
    await page.locator('#deadline-extend button').click();
    expect(await page.locator('h1').textContent()).toBe('登录已过期');
    expect(await reasonOf(id)).toBeUndefined();

    const opening = context.waitForEvent('page');
    await page.getByRole('link', { name: '1. 重新登录 Sign in' }).click();
    const tab = await opening;
    await pick(tab, LEAD_SECTION);
    await tab.waitForURL(`${world.runner.url}/console`);
    await page.getByRole('button', { name: '2. 提交 Send' }).click();
    await page.waitForURL(`${world.runner.url}${path}?done=deadline-extend`);
    expect(await page.locator('.said').textContent()).toContain('已申请延期');
    expect(await reasonOf(id)).toBe('待上级答复 <与否>');
    await context.close();
  });

  it('that is double-clicked where no script runs, and loaded again, is carried out once', async () => {
    const { id, path } = await waiting();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page, world, LEAD_SECTION, path);
    await page.locator('#deadline-extend-workingDays').fill('1');
    await page.locator('#deadline-extend-reason').fill('只申请一次');
    await page.locator('#deadline-extend button').dblclick();
    await page.waitForURL(`${world.runner.url}${path}?done=deadline-extend`);
    await page.reload();
    // A second request would be refused, since one waits already: the form that was sent again was known again.
    expect(await page.locator('.refused').count()).toBe(0);
    expect(await reasonOf(id)).toBe('只申请一次');
    await page.goBack();
    // The page before tells how things are, and not how they were.
    expect(await page.locator('#deadline-extend').count()).toBe(0);
    await context.close();
  });

  it('that is sent by two tabs at the same time is carried out once', async () => {
    const { id, path } = await waiting();
    const { context, page } = await signedIn(browser, world, LEAD_SECTION, { to: path });
    const form = {
      '.action': 'deadline-extend',
      '.once': (await page.locator('#deadline-extend input[name=".once"]').getAttribute('value')) ?? '',
      workingDays: '1',
      reason: '同时提交',
    };
    const answers = await Promise.all(
      [1, 2].map(async () =>
        context.request.post(world.runner.url + path, {
          form,
          headers: { 'sec-fetch-site': 'same-origin' },
          maxRedirects: 0,
        }),
      ),
    );
    expect(answers.map((answer) => [answer.status(), answer.headers()['location']])).toEqual([
      [303, `${path}?done=deadline-extend`],
      [303, `${path}?done=deadline-extend`],
    ]);
    expect(await reasonOf(id)).toBe('同时提交');
    await context.close();
  });

  it('that is refused comes back with what was typed, what is wrong beside each field, and the way to it', async () => {
    const { path } = await waiting();
    const { context, page } = await signedIn(browser, world, LEAD_SECTION, { to: path });
    await page.locator('#deadline-extend').evaluate((form) => {
      form.setAttribute('novalidate', '');
    });
    await page.locator('#deadline-extend-workingDays').fill('0');
    await page.locator('#deadline-extend-reason').fill('太短');
    await page.locator('#deadline-extend button').click();
    await page.locator('.refused').waitFor();
    expect(await page.title()).toMatch(/^有误：/);
    expect(await page.locator('#deadline-extend-workingDays').inputValue()).toBe('0');
    expect(await page.locator('#deadline-extend-reason').inputValue()).toBe('太短');
    expect(await page.locator('#deadline-extend-workingDays').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate("document.activeElement.classList.contains('refused')")).toBe(true);
    await page.locator('.refused a').first().click();
    expect(page.url()).toContain('#deadline-extend-workingDays');
    await context.close();
  });
});

describe('a secret', () => {
  const SECRET = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=not-for-the-page';

  it('that was typed is not sent back, neither with what was refused nor when the session has ended', async () => {
    const to = '/console/channels?new=wecom';
    const { context, page } = await signedIn(browser, world, PEOPLE.administrator, { to });
    const address = page.locator('[id="set-new-channel-settings.url"]');
    const send = page.locator('#set-new-channel button');
    await page.locator('#set-new-channel-id').fill('Not An Id');
    await page.locator('#set-new-channel-name').fill('执法群');
    await address.fill(SECRET);
    await send.click();
    await page.locator('.refused').waitFor();
    expect(await page.locator('#set-new-channel-name').inputValue()).toBe('执法群');
    expect([await address.getAttribute('type'), await address.inputValue()]).toEqual(['password', '']);
    expect(await page.content()).not.toContain('not-for-the-page');

    await page.locator('#set-new-channel-id').fill('wecom');
    await address.fill(SECRET);
    await until(world, '2026-09-03T13:00:00.000Z');
    await send.click();
    expect(await page.locator('h1').textContent()).toBe('登录已过期');
    expect(await page.content()).toContain('执法群');
    expect(await page.content()).not.toContain('not-for-the-page');
    await context.close();
  });
});

describe('what is not there and what is not theirs', () => {
  it('look the same: nobody learns by asking what there is', async () => {
    const { id } = await waiting();
    const { context, page } = await signedIn(browser, world, PEOPLE.inspector);
    const seen: [number | undefined, string][] = [];
    for (const asked of [id, 'L-000000000000000000000000']) {
      const answer = await page.goto(`${world.runner.url}/console/deadlines/${asked}`);
      seen.push([answer?.status(), (await page.locator('main').innerText()).replaceAll(asked, 'ID')]);
    }
    expect(seen[0]?.[0]).toBe(404);
    expect(seen[1]).toEqual(seen[0]);
    await context.close();
  });
});
