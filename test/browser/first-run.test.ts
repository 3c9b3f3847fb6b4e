import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { later } from '#domain/time/time.ts';
import type { Runner } from '#infra/local/runner.ts';
import { ARRANGEMENT_2027, arrangementCsv } from '../support/arrangements.ts';
import { openBrowser, picture } from '../support/browser.ts';
import { PEOPLE, pick, signedIn } from '../support/console.ts';
import { root } from '../support/sources.ts';
import { localAssembly, startEmpty } from '../support/world.ts';

/** An installation in which nothing is, and the people who can sign in at its issuer. */
let runner: Runner;
let browser: Browser;
let page: Page;
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  const people = Object.values(PEOPLE).map((id) => ({ id, name: id, role: id }));
  runner = await startEmpty({ assembly: await localAssembly(), runner: { issuer: { people } } });
  closing.push(async () => runner.stop());
  page = await desk(PEOPLE.administrator);
}, 480_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

/** Somebody's own browser, in which they say yes to whatever they are asked. */
async function desk(staffNo: string): Promise<Page> {
  const { page: own } = await signedIn(browser, { runner }, staffNo);
  own.on('dialog', (dialog) => {
    void dialog.accept();
  });
  return own;
}

const shot = async (of: Page, name: string) => picture(of, `first-run-${name}`);
const go = async (of: Page, to: string) => (await of.goto(runner.url + to))?.status();
const words = async (of: Page, selector = 'main') => of.locator(selector).first().innerText();

/** The steps of the guide with their badge, as the page says them. */
async function guide(): Promise<{ readonly progress: string; readonly steps: readonly string[] }> {
  await go(page, '/console/first-run');
  const badges = page.locator('main ol h2');
  const steps = await badges.evaluateAll((all) => all.map((one) => one.textContent ?? ''));
  return {
    progress: (await words(page, 'main p')).split('。').slice(0, 2).join('。'),
    steps: steps.map((one) => one.split(' ')[0] + (/已完成|下一步|未完成/.exec(one)?.[0] ?? '')),
  };
}

/** Sends a file of test/fixtures/first-run by the form of the page, as a dry run or in earnest; gives what the page says came of it. */
async function sendFile(name: string, mode: 'try' | 'import'): Promise<string> {
  await page.locator('#importFile input[type=file]').setInputFiles(fixture(name));
  await page.locator('#importFile select').selectOption(mode);
  await page.locator('#importFile button[type=submit]').click();
  await page.locator('#importFile .outcome').waitFor();
  await runner.settle();
  return words(page, '#importFile .outcome');
}

const fixture = (name: string) => path.join(root, 'test/fixtures/first-run', name);

/** Comes to a library by the guide's own link. */
async function toStep(name: string): Promise<void> {
  await go(page, '/console/first-run');
  await page
    .locator('main ol > li')
    .filter({ hasText: name })
    .getByRole('link', { name: '办理 Do it' })
    .click();
  await page.waitForURL((url) => url.pathname !== '/console/first-run');
}

describe('an installation in which nothing is yet', { timeout: 180_000 }, () => {
  it('lets nobody in but the administrator whom its settings name', async () => {
    const context = await browser.newContext({ locale: 'zh-CN' });
    const other = await context.newPage();
    await other.goto(`${runner.url}/console`);
    await pick(other, PEOPLE['lead-section']);
    await other.getByRole('heading', { name: '未能登录' }).waitFor();
    expect(await words(other)).toContain('HP9001 不在人员库中');
    await shot(other, '00-not-yet');
    await context.close();
  });

  it('says on the first page that it is not set up, and what comes next', async () => {
    await shot(page, '01-today');
    expect(await words(page, '#first-run')).toContain('已完成 1 / 7 步；下一步：人员和单位');
    await page.getByRole('link', { name: '打开启用向导' }).click();
    await page.waitForURL('**/console/first-run');
    expect(await guide()).toEqual({
      progress: '已完成 1 / 7 步。下一步：人员和单位',
      steps: [
        '人员和单位下一步',
        '抽查事项清单未完成',
        '检查对象库未完成',
        '执法检查人员名录库未完成',
        '工作日历已完成',
        '触发规则未完成',
        '第一次演练抽取未完成',
      ],
    });
    await shot(page, '02-guide');
  });

  it('hands out a template of people with a sample row; the file with faults says which rows and why', async () => {
    await go(page, '/console/first-run');
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载模板 Download the template' }).first().click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('people-template.csv');
    expect(
      readFileSync(await download.path(), 'utf8')
        .replace('\uFEFF', '')
        .split('\r\n'),
    ).toEqual([
      '单位工号,姓名,角色,所在部门,邮箱',
      '案例（请删除）1001,张三,执法检查人员,商贸流通监管中队,zhangsan@example.org',
      '',
    ]);

    await toStep('人员和单位');
    await shot(page, '03-people');
    const tried = await sendFile('people-with-faults.csv', 'try');
    await shot(page, '04-people-tried');
    expect(tried).toContain('试导入，未写入 A dry run: nothing was written：people-with-faults.csv');
    expect(tried).toContain('下一步：在文件中改正下列行');
    const rows = await page.locator('#importFile .outcome tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split(/\t/).slice(0, 3))).toEqual([
      ['13', '角色', '检查员'],
      ['14', '姓名', ''],
    ]);
    const faults = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载错误文件' }).click();
    expect((await faults).suggestedFilename()).toBe('people-errors.csv');
    expect(readFileSync(await (await faults).path(), 'utf8')).toContain('13,角色,检查员');
    // Nothing was written: the step is as it was.
    expect((await guide()).steps[0]).toBe('人员和单位下一步');
  });

  it('takes the corrected people, units among them, the administrator too', async () => {
    await toStep('人员和单位');
    expect(await sendFile('people.xlsx', 'try')).toContain('下一步：文件无误');
    const imported = await sendFile('people.xlsx', 'import');
    await shot(page, '05-people-imported');
    expect(imported).toContain('已导入');
    expect(await go(page, '/console/people')).toBe(200);
    expect(await words(page)).toContain('单位：7 个');
    expect(await words(page)).toContain('HP9007');
    await shot(page, '06-people');
    expect((await guide()).progress).toBe('已完成 2 / 7 步。下一步：抽查事项清单');
  });

  it.each([
    ['抽查事项清单', 'items.csv', '4', '检查对象库', '已完成 3 / 7 步'],
    ['检查对象库', 'subjects.csv', '12', '执法检查人员名录库', '已完成 4 / 7 步'],
    ['执法检查人员名录库', 'inspectors.xlsx', '10', '触发规则', '已完成 5 / 7 步'],
  ])('takes %s from %s', async (step, file, rows, next, progress) => {
    await toStep(step);
    const tried = await sendFile(file, 'try');
    await shot(page, `07-${file}-tried`);
    expect(tried).toMatch(new RegExp(`合格的行[^\\d]*${rows}\\n`));
    const imported = await sendFile(file, 'import');
    await shot(page, `07-${file}-imported`);
    expect(imported).toContain('已导入');
    expect(imported).toMatch(new RegExp(`新增[^\\d]*${rows}\\n`));
    expect((await guide()).progress).toBe(`${progress}。下一步：${next}`);
    await shot(page, `08-guide-after-${file}`);
  });

  it('has this year’s calendar, and takes the next one when it is announced', async () => {
    await go(page, '/console/calendar');
    expect(await words(page)).toContain('随系统提供');
    const send = async (csv: string, mode: 'try' | 'import'): Promise<string> => {
      await page.locator('#adoptYear input[type=file]').setInputFiles({
        name: '2027.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(csv),
      });
      await page.locator('#adoptYear select').selectOption(mode);
      await page.locator('#adoptYear button[type=submit]').click();
      await page.locator('#adoptYear .outcome, #adoptYear .refused').waitFor();
      await runner.settle();
      return words(page, '#adoptYear');
    };
    const whole = arrangementCsv(ARRANGEMENT_2027);
    const refused = await send(whole.replace('元旦,2027-01-01,休\r\n', ''), 'try');
    await shot(page, '09-calendar-refused');
    expect(refused).toContain('缺少 2027-01-01，这一天是法定节假日');
    await send(whole, 'try');
    await shot(page, '09-calendar-tried');
    await send(whole, 'import');
    expect(await go(page, '/console/calendar?year=2027')).toBe(200);
    expect(await words(page)).toContain('导入，HP9007');
    await shot(page, '09-calendar-2027');
  });

  it('rehearses a policy and adopts it', async () => {
    await toStep('触发规则');
    await shot(page, '10-policies');
    await page.getByRole('link', { name: '触发规则 About triggers' }).click();
    const form = '#rehearse-policy';
    await page.locator(`${form} [name=id]`).fill('complaint-dining');
    await page.locator(`${form} [name=from]`).fill('2026-08-01');
    await page.locator(`${form} [name=through]`).fill('2026-08-31');
    await fillPolicy(form, 'policy.');
    await page.locator(`${form} button[type=submit]`).click();
    await page.locator(`${form} .outcome, ${form} .refused`).first().waitFor();
    await runner.settle();
    await shot(page, '11-policy-rehearsed');
    expect(await words(page, form)).toContain('试运行已开始');
    const opening = page.context().waitForEvent('page');
    await page.getByRole('link', { name: '查看进度和结果' }).click();
    const result = await opening;
    await result.waitForLoadState();
    expect(await words(result)).toContain('已完成 Finished');
    await shot(result, '12-policy-rehearsal');
    await result.close();

    // What was rehearsed stands in the other form, to be adopted.
    expect(await page.locator('#adopt-policy [name=name]').inputValue()).toBe('餐饮投诉');
    await page.locator('#adopt-policy button[type=submit]').click();
    await page.locator('.said, .refused').first().waitFor();
    await runner.settle();
    await shot(page, '13-policy-adopted');
    expect(await words(page, '.said')).toContain('规则已启用');
    expect((await guide()).progress).toBe('已完成 6 / 7 步。下一步：第一次演练抽取');
    await shot(page, '14-guide-last');
  });

  async function fillPolicy(form: string, prefix: string): Promise<void> {
    const typed = {
      name: '餐饮投诉',
      effectiveFrom: '2026-09-01',
      when: 'trigger.category == "complaint"',
      'draw.items': 'YS-GXJ-003',
      'draw.criteria': '{"industry":["H62"]}',
      'draw.beacon': '{"preferred":{"kind":"drand"}}',
      'draw.teamSize': '2',
    };
    for (const [name, value] of Object.entries(typed)) {
      await page.locator(`${form} [name="${prefix}${name}"]`).fill(value);
    }
    await page.locator(`${form} [name="${prefix}draw.approval"]`).selectOption('lead-section');
  }

  it('the lead section, who can sign in now, rehearses a draw to its end and voids it', async () => {
    const lead = await desk(PEOPLE['lead-section']);
    await lead.getByRole('link', { name: '拟定抽查' }).first().click();
    const folded = lead.locator('#draw-propose details:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
    await lead.locator('[name=title]').fill('启用演练');
    await lead.locator('[name=items][value="YS-GXJ-003"]').check();
    await lead.locator('[name="criteria.industry"]').fill('H62');
    await lead.locator('[name=staffing]').selectOption('direct');
    await lead.locator('[name="quota.mode"]').selectOption('count');
    await lead.locator('[name="quota.count"]').fill('1');
    for (const one of 'ABCD') await lead.locator(`[name="quota.weights.${one}"]`).fill('1');
    await lead.locator('button[name=preview]').click();
    await lead.waitForURL((url) => url.pathname === '/console/draws/new');
    await lead.locator('#draw-propose .outcome').getByText('仅按名录库现状计算').waitFor();
    await shot(lead, '15-previewed');
    expect(await words(lead, '#draw-propose .outcome')).toContain('仅按名录库现状计算');
    await lead.locator('#draw-propose button[type=submit]').last().click();
    await lead.locator('.said').waitFor();
    await shot(lead, '16-proposed');
    await lead.locator('#draw-approve button').click();
    await lead.locator('.said').waitFor();
    await runner.settle();
    const draw = new URL(lead.url()).pathname;
    await go(lead, draw);
    // On a machine that is busy the relay may not answer in its four seconds; the page says so, and people try again.
    for (let tried = 0; tried < 5 && (await lead.locator('#draw-freeze').count()) > 0; tried += 1) {
      await lead.locator('#draw-freeze button').click();
      await lead.locator('.said').waitFor();
      await runner.settle();
      await go(lead, draw);
    }
    await shot(lead, '17-committed');
    expect(await words(lead)).toContain('信标最早于此时可用');
    await runner.advance(later(runner.now(), 60 * 60_000));
    await go(lead, draw);
    await shot(lead, '18-drawn');
    expect(await words(lead)).toContain('抽中 1 户');
    await lead.getByRole('link', { name: '作废抽查' }).click();
    await lead.locator('#draw-void textarea').fill('启用演练，结果已核对');
    await shot(lead, '19-voiding');
    await lead.locator('#draw-void button').click();
    await lead.locator('.said, .refused').first().waitFor();
    await runner.settle();
    await shot(lead, '20-voided');
    expect(await words(lead)).toContain('启用演练，结果已核对');
  });

  it('is set up, and the first page says no more of it', async () => {
    expect(await guide()).toEqual({
      progress: '已完成 7 / 7 步。系统可以使用',
      steps: [
        '人员和单位已完成',
        '抽查事项清单已完成',
        '检查对象库已完成',
        '执法检查人员名录库已完成',
        '工作日历已完成',
        '触发规则已完成',
        '第一次演练抽取已完成',
      ],
    });
    await shot(page, '21-guide-done');
    await go(page, '/console');
    expect(await page.locator('#first-run').count()).toBe(0);
  });
});
