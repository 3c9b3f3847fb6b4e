/* oxlint-disable max-lines -- one world, which takes a minute to start, is walked from form to form */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pages } from '#console/pages.ts';
import { SAMPLE_POLICIES } from '#infra/sample/policies.ts';
import {
  actingOf,
  begun,
  followUpsIn,
  handOver,
  keepPhoto,
  OUTSIDE,
  publishFound,
} from '../support/archive-journey.ts';
import { openBrowser, picture } from '../support/browser.ts';
import { PEOPLE, signedIn, startConsole } from '../support/console.ts';
import { allInspections, COMPLAINT, until, type InspectionView } from '../support/journey.ts';
import { addSecondUnit, SECOND_HEAD, SECOND_UNIT } from '../support/staffing-journey.ts';
import { INSPECTORS, LEAD_SECTION, localAssembly, UNIT_HEAD, type World } from '../support/world.ts';

const { administrator: ADMINISTRATOR, supervisor: SUPERVISOR } = PEOPLE;

let world: World;
let browser: Browser;
/** Something was found there, it is published, and everything hangs off it. */
let visit: InspectionView;
let acting: string;
let evidence: string;
/** A clue that was handed over to an authority. */
let outside: string;
const contexts = new Map<string, Promise<BrowserContext>>();
/** Every action that was carried out by its form in this file. */
const sent = new Set<string>();
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  const people = [...Object.values(PEOPLE), SECOND_HEAD, ...INSPECTORS.slice(1)].map((id) => ({
    id,
    name: id,
    role: id,
  }));
  world = await startConsole({
    assembly: await localAssembly(),
    restaurants: 12,
    runner: { issuer: { people } },
  });
  closing.push(async () => world.stop());
  await addSecondUnit(world);
  visit = await begun(world);
  acting = actingOf(visit);
  evidence = await keepPhoto(world, visit);
}, 480_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

/** Somebody's own browser, in which they are signed in. */
async function contextOf(staffNo: string): Promise<BrowserContext> {
  const known = contexts.get(staffNo) ?? signedIn(browser, world, staffNo).then(({ context }) => context);
  contexts.set(staffNo, known);
  return known;
}

/** A page of somebody's own browser, in which they say yes to whatever they are asked. */
async function opened(staffNo: string, path: string): Promise<Page> {
  const page = await (await contextOf(staffNo)).newPage();
  page.on('dialog', (dialog) => {
    void dialog.accept();
  });
  expect((await page.goto(`${world.runner.url}/console${path}`))?.status()).toBe(200);
  // A form that stands in a part to be opened is filled in like the others.
  await page.locator('main details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
  return page;
}

type Typed = Readonly<Record<string, string>>;

async function fill(page: Page, action: string, typed: Typed): Promise<void> {
  for (const [name, value] of Object.entries(typed)) {
    const field = page.locator(`#${action} [name="${name}"]`);
    const box = page.locator(`#${action} [type=checkbox][name="${name}"][value="${value}"]`);
    if ((await box.count()) > 0) await box.check();
    else if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Sends a form of a page as somebody; gives what the page that it led to says, after everything that follows has happened. */
async function give(staffNo: string, path: string, action: string, typed: Typed = {}): Promise<string> {
  const page = await opened(staffNo, path);
  await fill(page, action, typed);
  await page.locator(`#${action} button[type=submit]`).last().click();
  await page.locator('.said, .refused[role=alert], .outcome').first().waitFor();
  expect(await page.locator('.refused[role=alert]').allInnerTexts()).toEqual([]);
  await world.runner.settle();
  const said = (await page.locator('.said, .outcome').allInnerTexts()).join('\n');
  if (page.url().includes(`done=${action}`)) await page.goto(page.url());
  await picture(page, `form-${action}`);
  sent.add(action);
  const text = `${said}\n${await page.locator('main').innerText()}`;
  await page.close();
  return text;
}

/** Sends a form that the API refuses, without what the browser would ask for first; gives what stands beside the field. */
async function refused(
  staffNo: string,
  path: string,
  action: string,
  typed: Typed,
  field: string,
): Promise<string> {
  const page = await opened(staffNo, path);
  await page.locator(`#${action}`).evaluate((form) => {
    form.setAttribute('novalidate', '');
  });
  await fill(page, action, typed);
  await page.locator(`#${action} button[type=submit]`).last().click();
  await page.locator('.refused[role=alert]').waitFor();
  await picture(page, `form-${action}-refused`);
  const beside = page.locator(`[id="${action}-${field}-fault"]`);
  const text = (await beside.count()) === 0 ? '' : await beside.innerText();
  await page.close();
  return text;
}

const Triggers = z.object({ trigger: z.string() });

let reports = 0;
/** A report that no rule fires by itself. */
async function held(title: string, more: object = {}): Promise<string> {
  reports += 1;
  const { body } = await world.report(`held-${reports}`, {
    ...COMPLAINT,
    category: 'referral',
    title,
    ...more,
  });
  await world.runner.settle();
  return Triggers.parse(body).trigger;
}

/** The id in the only link of a list that leads below a path. */
async function idBelow(staffNo: string, path: string, at = 0): Promise<string> {
  const page = await opened(staffNo, path);
  const below = path.split('?')[0] ?? path;
  const href = await page.locator(`main a[href^="/console${below}/"]`).nth(at).getAttribute('href');
  await page.close();
  return decodeURIComponent(href?.split('/').at(-1)?.split('?')[0] ?? 'none');
}

const slow = { timeout: 240_000 };

describe('administration', slow, () => {
  it('a source is registered, its secret is renewed, and a message is tried', async () => {
    expect(
      await refused(ADMINISTRATOR, '/sources', 'register-source', { id: 'A B', name: '热线' }, 'id'),
    ).not.toBe('');
    expect(
      await give(ADMINISTRATOR, '/sources', 'register-source', { id: 'portal-1', name: '门户' }),
    ).toContain('密钥仅显示这一次');
    expect(await give(ADMINISTRATOR, '/sources/portal-1', 'rotate-source')).toContain('密钥仅显示这一次');
    await give(ADMINISTRATOR, '/sources/portal-1', 'test-source');
    expect(
      await refused(ADMINISTRATOR, '/sources/portal-1', 'test-source', { report: '{' }, 'report'),
    ).not.toBe('');
  });

  it('a channel is added and changed', async () => {
    const typed = {
      id: 'mail',
      name: '电子邮件',
      'settings.host': '127.0.0.1',
      'settings.port': '9',
      'settings.tls': 'none',
      'settings.from': 'mingchou@example.org',
    };
    const path = '/channels?new=mail';
    expect(
      await refused(
        ADMINISTRATOR,
        path,
        'set-new-channel',
        { ...typed, 'settings.from': '无' },
        'settings.from',
      ),
    ).not.toBe('');
    expect(await give(ADMINISTRATOR, path, 'set-new-channel', typed)).toContain('渠道已新增');
    expect(await give(ADMINISTRATOR, '/channels/mail', 'set-channel', { name: '邮件服务器' })).toContain(
      '邮件服务器',
    );
  });

  it('an uploaded file is announced, and started by its number; a number of nothing is refused', async () => {
    expect(await give(ADMINISTRATOR, '/libraries/signals', 'announceUpload', { size: '100' })).toContain(
      '上传编号',
    );
    expect(
      await refused(ADMINISTRATOR, '/libraries/signals', 'announceUpload', { size: '0' }, 'size'),
    ).not.toBe('');
  });

  it('a file of policies is checked', async () => {
    const page = await opened(ADMINISTRATOR, '/policies');
    const [sample] = SAMPLE_POLICIES;
    await page.locator('#import-policies input[type=file]').setInputFiles({
      name: '规则.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ policies: [sample] })),
    });
    await page.locator('#import-policies button').click();
    await page.locator('.outcome, .refused[role=alert]').first().waitFor();
    await picture(page, 'form-import-policies');
    expect(await page.locator('.outcome').innerText()).toContain('检查结果，尚未启用');
    sent.add('import-policies');
    await page.close();
  });

  it('the rules of a deadline get their next version', async () => {
    const path = '/deadline-rules/triage';
    const typed = { effectiveFrom: '2026-10-01', 'rules.triage.workingDays': '3' };
    expect(
      await refused(
        ADMINISTRATOR,
        path,
        'adoptRules',
        { ...typed, 'rules.triage.workingDays': '0' },
        'rules.triage.workingDays',
      ),
    ).not.toBe('');
    expect(await give(ADMINISTRATOR, path, 'adoptRules', typed)).toContain('2026-10-01');
  });
});

describe('what is told to whom', slow, () => {
  it('messages are seen, ways of being told are chosen, and a calendar link comes and goes', async () => {
    await give(UNIT_HEAD, '/messages', 'messages-seen');
    expect(await give(UNIT_HEAD, '/preferences', 'preferences', { language: 'zh' })).toContain(
      '接收方式已保存',
    );
    expect(
      await refused(
        UNIT_HEAD,
        '/preferences',
        'preferences',
        { 'quiet.from': '25:00', 'quiet.to': '26:00' },
        'quiet.from',
      ),
    ).not.toBe('');
    expect(await give(UNIT_HEAD, '/preferences', 'calendar-link')).toContain('/calendars/');
    expect(await give(UNIT_HEAD, '/preferences', 'drop-calendar-link')).toContain('日历链接已撤销');
  });
});

describe('triggers', slow, () => {
  it('one is merged into another with a reason', async () => {
    await held('先到的转办');
    const second = await held('后到的转办');
    const page = await opened(LEAD_SECTION, `/triggers/${second}/merge`);
    const into = await page
      .locator('#trigger-merge select option:not([value=""])')
      .first()
      .getAttribute('value');
    await page.close();
    expect(
      await refused(
        LEAD_SECTION,
        `/triggers/${second}/merge`,
        'trigger-merge',
        { into: into ?? '' },
        'reason',
      ),
    ).toContain('请填写 Required');
    expect(
      await give(LEAD_SECTION, `/triggers/${second}/merge`, 'trigger-merge', {
        into: into ?? '',
        reason: '同一事项',
      }),
    ).toContain('已并入');
  });
});

describe('a draw', slow, () => {
  const proposal = {
    title: '专项抽查',
    items: 'YS-GXJ-003',
    'criteria.industry': 'H62',
    'quota.mode': 'count',
    'quota.count': '1',
    'quota.weights.A': '1',
    'quota.weights.B': '1',
    'quota.weights.C': '1',
    'quota.weights.D': '1',
    staffing: 'direct',
    'beacon.preferred.kind': 'announced',
    'beacon.preferred.source': '福彩双色球开奖号码',
    'beacon.preferred.weekdays': '2',
    'beacon.preferred.time': '10:00',
  };

  it('waits for a value that two people enter, and is voided and drawn again', async () => {
    expect(
      await refused(
        LEAD_SECTION,
        '/draws/new',
        'draw-propose',
        { ...proposal, 'beacon.preferred.time': '10点' },
        'beacon.preferred.time',
      ),
    ).not.toBe('');
    expect(await give(LEAD_SECTION, '/draws/new', 'draw-propose', proposal)).toContain('抽查已拟定');
    const draw = await idBelow(LEAD_SECTION, '/draws?status=proposed', 1);
    const path = `/draws/${draw}`;
    expect(await give(LEAD_SECTION, path, 'draw-approve')).toContain('已公布承诺');
    await until(world, '2026-09-01T02:30:00.000Z');
    const value = { value: '03 11 19 22 27 30 + 08' };
    expect(await give(LEAD_SECTION, `${path}/beacon`, 'draw-beacon', value)).toContain('已录入');
    await give(SUPERVISOR, `${path}/beacon`, 'draw-beacon', value);
    const page = await opened(LEAD_SECTION, path);
    expect(await page.locator('main').innerText()).toContain('抽中 1 户');
    await page.close();
    expect(await refused(LEAD_SECTION, `${path}/void`, 'draw-void', { reason: '' }, 'reason')).toContain(
      '请填写 Required',
    );
    expect(await give(LEAD_SECTION, `${path}/void`, 'draw-void', { reason: '名录有误' })).toContain(
      '名录有误',
    );
    expect(
      await give(LEAD_SECTION, `${path}/redraw`, 'draw-again', { 'beacon.preferred.kind': 'sealed' }),
    ).toContain(draw);
  });
});

describe('an inspection', slow, () => {
  it('an inspector declares whom they must not check, and steps back from a visit', async () => {
    const other = (await allInspections(world)).find(({ status }) => status === 'assigned');
    if (other === undefined) throw new Error('a second inspection was expected');
    const [stepping] = other.team;
    expect(
      await give(stepping?.inspector ?? '', `/inspections/${other.id}`, 'recuse', {
        kind: 'kinship',
        reason: '近亲属经营',
      }),
    ).not.toContain('未办理');
    const declared = { subject: visit.subject.id, kind: 'kinship', reason: '近亲属' };
    expect(
      await refused(acting, '/recusals', 'declareRecusal', { ...declared, subject: '123' }, 'subject'),
    ).not.toBe('');
    expect(await give(acting, '/recusals', 'declareRecusal', declared)).toContain('近亲属');
  });

  it('an expert is invited, a clue is raised and sent, and given back', async () => {
    const path = `/inspections/${visit.id}`;
    const guest = { name: '王专家', organisation: '质检院', role: '食品' };
    await give(UNIT_HEAD, path, 'invite', guest);
    const clue = {
      clue: '油桶无标识',
      field: '成品油市场管理',
      'receiver.kind': 'unit',
      'receiver.unit': SECOND_UNIT,
    };
    expect(await refused(acting, `${path}/handover`, 'raise', { ...clue, clue: '' }, 'clue')).toContain(
      '请填写 Required',
    );
    await give(acting, `${path}/handover`, 'raise', clue);
    const id = await idBelow(acting, '/handovers');
    await give(acting, `/handovers/${id}`, 'handover-send', { letter: '移字〔2026〕2号' });
    expect(
      await give(SECOND_HEAD, `/handovers/${id}`, 'handover-return', { reason: '不属本单位职责' }),
    ).toContain('不属本单位职责');
  });

  it('the receipt of another authority is entered, and the clue is done with', async () => {
    outside = await handOver(world, visit, OUTSIDE);
    const path = `/handovers/${outside}`;
    expect(
      await refused(UNIT_HEAD, path, 'handover-receive', { number: '', on: '2026-09-01' }, 'number'),
    ).toContain('请填写 Required');
    expect(
      await give(UNIT_HEAD, path, 'handover-receive', { number: '收字〔2026〕8号', on: '2026-09-01' }),
    ).toContain('收字〔2026〕8号');
    expect(await give(UNIT_HEAD, path, 'handover-close', { note: '对方已立案' })).toContain('对方已立案');
  });

  it('and all of it is there for its unit only: another head and an inspector who was not sent find nothing', async () => {
    await publishFound(world, visit, [evidence]);
    const [followUp] = await followUpsIn(world, visit);
    const words = { name: '企业代表', contact: '13800000000', wrong: '企业名称', right: '更正后的内容' };
    const asked = await world.tell(`/public/inspections/${visit.id}/corrections`, words);
    const { receipt } = z.object({ receipt: z.string() }).parse(asked.body);
    const outsider = INSPECTORS.find((one) => !visit.team.some(({ inspector }) => inspector === one));
    const below = ['', '/record', '/form', '/notice', '/records', '/handover', '/archive', '/package'];
    const paths = [
      ...below.map((part) => `/inspections/${visit.id}${part}`),
      `/inspections/${visit.id}/evidence`,
      `/inspections/${visit.id}/evidence/${evidence}`,
      `/follow-ups/${followUp?.id ?? 'none'}`,
      `/handovers/${outside}`,
      `/corrections/${receipt}`,
    ];
    for (const staffNo of [SECOND_HEAD, outsider ?? 'none']) {
      const context = await contextOf(staffNo);
      const statuses: [string, number][] = [];
      for (const path of paths) {
        const answer = await context.request.get(`${world.runner.url}/console${path}`);
        statuses.push([path, answer.status()]);
      }
      expect(statuses).toEqual(paths.map((path) => [path, 404]));
    }
  });

  it('what was found is followed up: offered, declined, offered, taken over, noted and closed', async () => {
    const [first] = await followUpsIn(world, visit);
    const path = `/follow-ups/${first?.id ?? 'none'}`;
    expect(await give(UNIT_HEAD, path, 'follow-up-note', { text: '已约谈经营者' })).toContain('已约谈经营者');
    expect(
      await refused(
        UNIT_HEAD,
        path,
        'follow-up-document',
        { document: 'rectification-order', number: '责改〔2026〕1号', on: '' },
        'on',
      ),
    ).toContain('请填写 Required');
    expect(
      await give(UNIT_HEAD, path, 'follow-up-document', {
        document: 'rectification-order',
        number: '责改〔2026〕1号',
        on: '2026-09-01',
      }),
    ).toContain('责改〔2026〕1号');
    const due = { due: '2026-09-18', reason: '法定整改期限' };
    expect(await give(UNIT_HEAD, path, 'follow-up-set-due', due)).toContain('2026-09-18');
    const offer = { to: SECOND_UNIT, reason: '属其管辖' };
    await give(UNIT_HEAD, path, 'follow-up-offer', offer);
    // Whoever declined has no more to do with it, and is led to the list.
    expect(await give(SECOND_HEAD, path, 'follow-up-decline', { reason: '不属本单位' })).toContain(
      '不予接收',
    );
    await give(UNIT_HEAD, path, 'follow-up-offer', offer);
    expect(await give(SECOND_HEAD, path, 'follow-up-accept')).toContain('已接收');
    await give(SECOND_HEAD, path, 'follow-up-evidence', { reference: '复查照片' });
    expect(
      await give(SECOND_HEAD, path, 'follow-up-close', { outcome: 'rectified', text: '复查合格' }),
    ).toContain('复查合格');
  });
});

describe('what was published', slow, () => {
  it('article 16: staff ask for a correction; it is refused, granted, or the result is withdrawn', async () => {
    const path = `/inspections/${visit.id}`;
    const ask = { wrong: '企业名称', right: '更正后的名称' };
    expect(await refused(acting, path, 'correct', { ...ask, right: '' }, 'right')).toContain(
      '请填写 Required',
    );
    await give(acting, path, 'correct', ask);
    const first = await idBelow(UNIT_HEAD, '/corrections');
    expect(
      await refused(UNIT_HEAD, `/corrections/${first}`, 'refuse-correction', { reason: '' }, 'reason'),
    ).toContain('请填写 Required');
    expect(
      await give(UNIT_HEAD, `/corrections/${first}`, 'refuse-correction', { reason: '原公示无误' }),
    ).toContain('原公示无误');
  });

  it('is filed for the national system; what was refused is owed again, and the next file is confirmed', async () => {
    await give(LEAD_SECTION, '/exports', 'make');
    const first = await idBelow(LEAD_SECTION, '/exports');
    const path = `/exports/${first}`;
    expect(await refused(LEAD_SECTION, path, 'reject', { reason: '' }, 'reason')).toContain(
      '请填写 Required',
    );
    expect(await give(LEAD_SECTION, path, 'reject', { reason: '列名不符' })).toContain('列名不符');
    await give(LEAD_SECTION, '/exports', 'make');
    // Both were made in one moment of a clock that stands, so either may come first.
    const both = [await idBelow(LEAD_SECTION, '/exports'), await idBelow(LEAD_SECTION, '/exports', 1)];
    const second = both.find((id) => id !== first) ?? 'none';
    expect(await give(LEAD_SECTION, `/exports/${second}`, 'confirm')).toContain('已确认接收');
  });
});

describe('who is checked, and who checks', slow, () => {
  it('a signal of a subject is recorded', async () => {
    const path = `/subjects/${visit.subject.id}`;
    const signal = { kind: 'penalty', on: '2026-08-20', reference: '罚字〔2026〕1号' };
    expect(
      await refused(LEAD_SECTION, path, 'record-signal', { ...signal, on: '2027-01-01' }, 'on'),
    ).not.toBe('');
    expect(await give(LEAD_SECTION, path, 'record-signal', signal)).toContain('罚字〔2026〕1号');
  });
});

/** What the other files of this folder send by its form. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  'console-case': [
    'trigger-fire-by',
    'draw-approve',
    'draw-teams',
    'accept',
    'begin',
    'upload',
    'end',
    'draft',
    'enter',
    'publish',
    'trigger-dismiss',
  ],
  'console-dead-letters': ['redrive-letters', 'discard-letters'],
  'console-signin': ['deadline-extend'],
  'first-run': ['importFile', 'adoptYear', 'rehearse-policy', 'adopt-policy', 'draw-propose', 'draw-void'],
};

/** Forms that no test sends: each is one too many until it is gone from here. */
const UNSENT = [
  'accept-delivery',
  'acknowledge-warning',
  'archive',
  'assign',
  'deadline-approve',
  'deadline-pause',
  'deadline-refuse',
  'deadline-resume',
  'dismiss-warning',
  'draw-freeze',
  'draw-match',
  'grant',
  'recordTraining',
  'replace',
  'resend-delivery',
  'setLeave',
  'startUpload',
  'trigger-fire',
  'withdraw',
];

describe('the actions of all pages', () => {
  it('are each sent by their form in a test', () => {
    const declared = new Set(pages.flatMap(({ actions = {} }) => Object.keys(actions)));
    const walked = new Set([...sent, ...Object.values(ELSEWHERE).flat(), ...UNSENT]);
    expect([...walked].toSorted()).toEqual([...declared].toSorted());
    expect(UNSENT.filter((action) => sent.has(action))).toEqual([]);
  });
});
