import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '#console/pages.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { openBrowser, picture } from '../support/browser.ts';
import { PEOPLE, signedIn, startConsole } from '../support/console.ts';
import { BROKEN, consoleDistrict, type ConsoleDistrict } from '../support/console-district.ts';
import { auditPage } from '../support/page-audit.ts';
import { COMPLAINT } from '../support/journey.ts';
import { localAssembly, type World } from '../support/world.ts';

/** What a page may weigh; beside it, its style and its script a page may ask for pictures of its figures. */
const BUDGET = { html: 100_000, script: 30_000, style: 30_000, requests: 6 };

const LETTERS = [
  ['L', 'lead-section'],
  ['B', 'business-section'],
  ['U', 'unit'],
  ['I', 'inspector'],
  ['S', 'supervisor'],
  ['A', 'administrator'],
] as const;

/**
 * Who sees each page of the district, by letter; of whom else it is the page although there is nothing to see, with what they
 * are answered. For everybody else it is 403.
 */
const TABLE: readonly (readonly [path: string, sees: string, otherwise?: number, who?: string])[] = [
  ['', 'LBUISA'],
  ['/deadlines', 'LUISA'],
  ['/deadlines/{id}', 'LUISA'],
  ['/inspections', 'LUISA'],
  ['/inspections/export', 'LUISA'],
  ['/inspections/assign', 'LU'],
  ['/inspections/{id}', 'LUISA'],
  ['/inspections/{id}/record', 'LUISA'],
  ['/inspections/{id}/form', 'LUISA'],
  ['/inspections/{id}/notice', 'LUISA'],
  ['/inspections/{id}/records', 'LUISA'],
  ['/inspections/{id}/history', 'LSA'],
  ['/inspections/{id}/handover', 'LUISA'],
  ['/inspections/{id}/archive', 'LUISA'],
  ['/inspections/{id}/package', '', 404, 'LUISA'],
  ['/inspections/{id}/evidence', 'LUISA'],
  ['/inspections/{id}/evidence/{evidence}', 'LUISA'],
  ['/follow-ups', 'LUISA'],
  ['/follow-ups/{id}', 'LUISA'],
  ['/handovers', 'LUISA'],
  ['/handovers/{id}', 'LUISA'],
  ['/corrections', 'LUSA'],
  ['/corrections/{id}', 'LUSA', 404, 'I'],
  ['/exports', 'LSA'],
  ['/exports/{id}', 'LSA'],
  ['/exports/{id}/file', 'LSA'],
  ['/messages', 'LBUISA'],
  ['/preferences', 'LBUISA'],
  ['/recusals', 'I'],
  ['/triggers', 'LSA'],
  ['/triggers/{id}', 'LSA'],
  ['/triggers/{id}/fire', 'L'],
  ['/triggers/{id}/merge', 'L'],
  ['/draws', 'LSA'],
  ['/draws/{id}', 'LSA'],
  ['/draws/{id}/summary', 'LUSA'],
  ['/draws/new', 'L'],
  ['/draws/{id}/void', 'L'],
  ['/draws/{id}/redraw', 'L'],
  ['/draws/{id}/beacon', 'LBS'],
  ['/draws/{id}/teams', '', 409, 'U'],
  ['/policies', 'A'],
  ['/policies/export', 'A'],
  ['/policies/draft/{kind}', 'A'],
  ['/policies/{id}', 'A'],
  ['/policies/{id}/rehearsals/{rehearsal}', 'LA'],
  ['/warnings', 'LBSA'],
  ['/warnings/{id}', '', 404, 'LBSA'],
  ['/scans', 'LBSA'],
  ['/scans/{id}', 'LBSA'],
  ['/subjects/{id}', 'LBSA', 404, 'UI'],
  ['/figures', 'LUSA'],
  ['/figures/deadlines', 'LUSA'],
  ['/figures/{name}', 'LSA'],
  ['/ledger', 'LBUISA'],
  ['/history', 'LSA'],
  ['/history/{kind}/{id}', 'LSA'],
  ['/libraries', 'LA'],
  ['/libraries/{library}', 'LA'],
  ['/libraries/{library}/imports/{id}', '', 404, 'LA'],
  ['/libraries/{library}/export', 'LA'],
  ['/first-run/templates/{library}', 'LA'],
  ['/people', 'LA'],
  ['/inspectors', 'LUA'],
  ['/inspectors/{staffNo}', 'LUA'],
  ['/first-run', 'A'],
  ['/calendar', 'LBUISA'],
  ['/calendar/export', 'LBUISA'],
  ['/deadline-rules', 'LBUISA'],
  ['/deadline-rules/{kind}', 'LBUISA'],
  ['/sources', 'A'],
  ['/sources/{id}', 'A'],
  ['/channels', 'A'],
  ['/channels/{id}', 'A'],
  ['/templates', 'LBUISA'],
  ['/deliveries', 'A'],
  ['/deliveries/{id}', '', 404, 'A'],
  ['/dead-letters', 'A'],
  ['/dead-letters/{queue}', 'A'],
];

const VIEWS = TABLE.map(([path, sees, otherwise = 403, who = '']) => ({ path, sees, otherwise, who }));

/** Papers that the API draws for A4; they are as wide as the sheet. */
const PAPERS = new Set(['/inspections/{id}/form', '/inspections/{id}/notice', '/draws/{id}/summary']);

/** Requests to the store that a page makes, all functions together. */
const MOST_REQUESTS = 5;

let world: World;
let browser: Browser;
let district: ConsoleDistrict;
const calls: InterceptedCall[] = [];
/** Whether a function fails at whatever it does, so that something waits in its dead-letter queue. */
let breaking = false;
const contexts = new Map<string, BrowserContext>();
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  world = await startConsole({
    assembly: await localAssembly(),
    restaurants: 12,
    runner: {
      intercept: (call) => {
        calls.push(call);
        return breaking && call.function.includes(`${BROKEN}Function`) ? 'kill-before' : 'pass';
      },
    },
  });
  closing.push(async () => world.stop());
  district = await consoleDistrict(world);
  breaking = true;
  await world.report('uncounted-1', { ...COMPLAINT, category: 'referral' });
  await world.runner.settle();
  breaking = false;
  const people = { ...PEOPLE, inspector: district.inspector };
  for (const [letter, role] of LETTERS) {
    contexts.set(letter, (await signedIn(browser, world, people[role])).context);
  }
}, 240_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
});

function contextOf(letter: string): BrowserContext {
  const context = contexts.get(letter);
  if (context === undefined) throw new Error(`nobody is signed in as ${letter}`);
  return context;
}

const addressOf = (path: string): string => `${world.runner.url}/console${district.addressOf(path)}`;

describe('the pages of the console', () => {
  it('are all in this table', () => {
    expect(VIEWS.map(({ path }) => path).toSorted()).toEqual(pages.map(({ path }) => path).toSorted());
  });

  it.each(VIEWS)('/console$path is seen by $sees', async ({ path, sees, otherwise, who }) => {
    const expected = LETTERS.map(([letter]) => [
      letter,
      sees.includes(letter) ? 200 : who.includes(letter) ? otherwise : 403,
    ]);
    const found: [string, number][] = [];
    const over: [string, number][] = [];
    for (const [letter] of LETTERS) {
      calls.length = 0;
      const answer = await contextOf(letter).request.get(addressOf(path), { maxRedirects: 0 });
      found.push([letter, answer.status()]);
      const requests = calls.filter(
        ({ delivery, service }) => delivery.kind === 'http' && service === 'dynamodb',
      ).length;
      if (requests > MOST_REQUESTS) over.push([letter, requests]);
    }
    expect(found).toEqual(expected);
    expect(over).toEqual([]);
  });
});

/** Pages that hand a file on, which has no look of its own. */
const FILES = new Set([
  '/inspections/export',
  '/policies/export',
  '/libraries/{library}/export',
  '/first-run/templates/{library}',
  '/calendar/export',
]);

describe.each([1280, 320])('a page of the console, %i px wide', (width) => {
  it.each(
    VIEWS.filter(({ path, sees }) => sees !== '' && !FILES.has(path) && !(width === 320 && PAPERS.has(path))),
  )(
    '/console$path, as the first of $sees sees it, meets WCAG 2.2 AA and its budget',
    async ({ path, sees }) => {
      const page = await contextOf(sees.slice(0, 1)).newPage();
      await page.setViewportSize({ width, height: 900 });
      await page.goto(addressOf(path));
      await picture(page, `console${path.replaceAll(/\W+/g, '-')}-${width}`);
      expect(await auditPage(page, BUDGET)).toEqual([]);
      await page.close();
    },
  );
});

describe('a file', () => {
  it.each([...FILES])('/console%s is handed on as it is', async (path) => {
    const sees = VIEWS.find((view) => view.path === path)?.sees ?? '';
    const answer = await contextOf(sees.slice(0, 1)).request.get(addressOf(path), { maxRedirects: 0 });
    expect([answer.status(), answer.headers()['content-type']]).toEqual([
      200,
      expect.stringMatching(/^(text\/csv|application\/(json|octet-stream|vnd\.))/),
    ]);
  });
});
