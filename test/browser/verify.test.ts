import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { poolText } from '#domain/draw/pool.ts';
import { Proof, proofText } from '#domain/draw/proof.ts';
import { openBrowser, picture, watchedPage, type Watched } from '../support/browser.ts';
import { complain } from '../support/journey.ts';
import { poolOf, proofFor, proposedDraw } from '../support/public-draw.ts';
import { localAssembly, startWorld, type World } from '../support/world.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'mingchou-browser-'));
let world: World;
let browser: Browser;
let draw: string;
let proof: Proof;
let pool: string;
let watched: Watched;
/** What was opened, and only that: a browser that could not be started must be the only thing that is complained of. */
const closing: (() => Promise<void>)[] = [];

/** Writes a file for the page to choose and gives its path. */
function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  return at;
}

const text = async (at: string): Promise<string> => (await world.anyone(at)).text;
/** A selected object, one that was in the pool and not selected. */
const chosen = (): string => proof.selected[0]?.id ?? '';
const unchosen = (): string =>
  pool
    .split('\n')
    .map((line) => line.split(',')[0] ?? '')
    .find((id) => id !== '' && !proof.selected.some((entry) => entry.id === id)) ?? '';

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  world = await startWorld({ assembly: await localAssembly(), restaurants: 60 });
  closing.push(async () => world.stop());
  draw = (await complain(world, 'complaint-1'))[0]?.draws[0]?.id ?? 'none';
  const published = await text(`/public/draws/${draw}/proof`);
  proof = Proof.parse(JSON.parse(published));
  pool = await text(`/public/draws/${draw}/pool`);
  file('proof.json', published);
  file('pool.txt', pool);
  file('own.json', await text(`/public/draws/${draw}/inclusion/${chosen()}`));
}, 120_000);
afterAll(async () => {
  await Promise.all(closing.map(async (close) => close()));
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  watched = await watchedPage(browser, 1280);
});
afterEach(async () => {
  await watched.context.close();
});

/** Opens the page and on it the verifier. */
async function openVerifier() {
  const { page } = watched;
  await page.goto(`${world.runner.url}/public/verify`);
  await page.getByRole('button', { name: '打开核验程序' }).click();
  await page.locator('#proof').waitFor();
}

/** Opens the page, chooses files, and verifies; from the first choice on nothing may leave the page. */
async function verify(files: { readonly pool?: string[]; readonly own?: string; readonly proof?: string }) {
  const { page, requests } = watched;
  await openVerifier();
  requests.length = 0;
  await page.locator('#proof').setInputFiles(files.proof ?? path.join(folder, 'proof.json'));
  if (files.pool !== undefined) {
    await page.locator('#pool').setInputFiles(files.pool);
  }
  if (files.own !== undefined) {
    await page.locator('#inclusion').setInputFiles(files.own);
  }
  await page.getByRole('button', { name: '开始核验' }).click();
  await page.locator('.verdict').first().waitFor();
  return page;
}

/** No request was made, and nothing was complained of, since the files were chosen. */
function expectSilence() {
  expect(watched.requests).toEqual([]);
  expect(watched.complaints).toEqual([]);
}

const marks = async (): Promise<string[]> =>
  watched.page
    .locator('.steps li')
    .evaluateAll((items) =>
      items.map(
        (item) =>
          `${item.querySelector('strong small')?.textContent} ${item.querySelector('.mark small')?.textContent}`,
      ),
    );

describe('the verification page', () => {
  it('verifies proof and pool in the browser, and nothing leaves it', async () => {
    const page = await verify({ pool: [path.join(folder, 'pool.txt')] });
    expect(await page.locator('#status').textContent()).toContain('核验通过');
    expect(await marks()).toEqual([
      'proof-format ok',
      'pool-format ok',
      'pool-order ok',
      'pool-size ok',
      'pool-root ok',
      'quota ok',
      'commitment-hash ok',
      'beacon ok',
      'seed ok',
      'selected ok',
      'matching ok',
    ]);
    const verdict = await page.locator('.verdict').textContent();
    expect(verdict).toContain('封存的秘密（sealed）');
    expect(verdict).toContain('最弱的一种');
    expect(await page.locator('body').textContent()).toContain(`算出一个“种子”：${proof.seed}`);
    await picture(page, 'verified-1280');
    expectSilence();
  });

  it('tells of any code whether it was in the pool and selected', async () => {
    const page = await verify({ pool: [path.join(folder, 'pool.txt')] });
    const ask = async (code: string) => {
      await page.locator('#code').fill(code);
      await page.keyboard.press('Enter');
      return page.locator('#found').textContent();
    };
    expect(await ask(` ${chosen().toLowerCase()} `)).toMatch(/在名单第 \d+ 行（类别 [A-D]），被选中/);
    expect(await ask(unchosen())).toMatch(/在名单第 \d+ 行（类别 [A-D]），未被选中/);
    expect(await ask('91410381MA00000001')).toContain('91410381MA00000001 不在名单中');
    expectSilence();
  });

  it('names the step where a changed pool breaks, and answers nothing from it', async () => {
    const changed = pool.replace(/,[A-D]\n/, (end) => (end === ',A\n' ? ',B\n' : ',A\n'));
    const page = await verify({ pool: [file('changed.txt', changed)] });
    expect(await page.locator('#status').textContent()).toContain('核验未通过');
    expect(await marks()).toContain('pool-root failed');
    expect(await page.locator('.verdict').textContent()).toContain('（pool-size）');
    await page.locator('#code').fill(chosen());
    await page.keyboard.press('Enter');
    expect(await page.locator('#found').textContent()).toContain('所选文件核验未通过');
    await picture(page, 'failed-1280');
    expectSilence();
  });

  it('takes a pool in zipped parts in the order of their names, whichever is chosen first', async () => {
    const cut = pool.indexOf('\n', pool.length / 2) + 1;
    const parts = [
      file('pool.002.txt.gz', gzipSync(pool.slice(cut))),
      file('pool.001.txt.gz', gzipSync(pool.slice(0, cut))),
    ];
    const page = await verify({ pool: parts });
    expect(await page.locator('#status').textContent()).toContain('核验通过');
    expectSilence();
  });

  it('shows how far it is with a big pool, and stays responsive', async () => {
    const entries = poolOf(200_000);
    const made = proofFor(proposedDraw(1), entries);
    const { page, requests } = watched;
    await openVerifier();
    requests.length = 0;
    await page.locator('#proof').setInputFiles(file('big.json', proofText(made)));
    await page.locator('#pool').setInputFiles(file('big.txt', [...poolText(entries)].join('')));
    await page.getByRole('button', { name: '开始核验' }).click();
    const seen: number[] = [];
    while ((await page.locator('.verdict').count()) === 0) {
      const shown = await page
        .locator('progress')
        .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('value'))));
      seen.push(...shown);
    }
    // Asked again and again while it computes, the page answered, each time from further on.
    expect(new Set(seen).size).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(await page.locator('#status').textContent()).toContain('核验通过');
    expectSilence();
  });

  it('says that a zipped file is cut off, and by which name', async () => {
    const page = await verify({ pool: [file('cut.gz', gzipSync(pool).subarray(0, -20))] });
    const verdict = await page.locator('.verdict').textContent();
    expect(verdict).toContain('cut.gz');
    expect(verdict).toContain('gzip 文件损坏');
    expectSilence();
  });

  it('verifies one enterprise by proof and inclusion, without the pool', async () => {
    const page = await verify({ own: path.join(folder, 'own.json') });
    expect(await page.locator('.verdict').textContent()).toContain(`${chosen()} 在名单中`);
    expect(await page.locator('.verdict').textContent()).toContain('并按规则被选中');
    expect((await marks()).filter((mark) => !mark.endsWith(' ok'))).toEqual(['selected not checked']);
    expectSilence();
  });

  it('names the step where a forged inclusion breaks', async () => {
    const own = (await text(`/public/draws/${draw}/inclusion/${chosen()}`)).replace(
      /"index":\d+/,
      '"index":0',
    );
    const page = await verify({ own: file('forged.json', own) });
    expect(await page.locator('#status').textContent()).toContain('（inclusion-path）');
    expectSilence();
  });

  it('is readable on a phone and is used with the keyboard alone', async () => {
    await watched.context.close();
    watched = await watchedPage(browser, 360);
    const { page } = watched;
    await openVerifier();
    await picture(page, 'empty-360');
    watched.requests.length = 0;
    await page.locator('#proof').setInputFiles(path.join(folder, 'proof.json'));
    await page.locator('#pool').setInputFiles(path.join(folder, 'pool.txt'));
    await page.locator('#inclusion').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.verdict.ok').waitFor();
    const widths = await page
      .locator('html')
      .evaluate((html) => [html.scrollWidth <= html.clientWidth, html.clientWidth]);
    expect(widths).toEqual([true, 360]);
    await picture(page, 'verified-360');
    expectSilence();
  });

  it('could send nothing to anybody even if its program tried to: the browser refuses', async () => {
    const { page } = watched;
    await openVerifier();
    const attempt = await page.evaluate("fetch('/public/draws').then(() => 'sent', () => 'refused')");
    expect(attempt).toBe('refused');
    expect(watched.complaints.join(' ')).toContain('Content Security Policy');
  });

  it('says what is missing when nothing was chosen', async () => {
    const { page } = watched;
    await openVerifier();
    await page.getByRole('button', { name: '开始核验' }).click();
    expect(await page.locator('#status').textContent()).toContain('请选择证明文件');
    await picture(page, 'empty-1280');
    expect(watched.complaints).toEqual([]);
  });
});

describe('the public pages of a draw', () => {
  it('lead from the list to the draw, to an answer by code and to its explanation, without any script', async () => {
    await watched.context.close();
    watched = await watchedPage(browser, 1280);
    const { page } = watched;
    await page.goto(`${world.runner.url}/public/draws`);
    await picture(page, 'draws-1280');
    await page.locator('tbody a').first().click();
    await picture(page, 'draw-1280');
    await page.locator('#code').fill(chosen());
    await page.keyboard.press('Enter');
    await page.locator('.answer').waitFor();
    expect(await page.locator('.answer').textContent()).toContain('被选中');
    await picture(page, 'inclusion-1280');
    await page.goto(`${world.runner.url}/public/draws/${draw}/explanation`);
    expect(await page.locator('main').textContent()).toContain(`本次抽取的编号为 ${draw}`);
    await picture(page, 'explanation-1280');
    expect(watched.complaints).toEqual([]);
  });

  it('fit a phone', async () => {
    await watched.context.close();
    watched = await watchedPage(browser, 360);
    const { page } = watched;
    for (const [name, at] of [
      ['draws-360', '/public/draws'],
      ['draw-360', `/public/draws/${draw}`],
      ['inclusion-360', `/public/draws/${draw}/inclusion?code=${chosen()}`],
    ] as const) {
      await page.goto(world.runner.url + at);
      await picture(page, name);
      expect([name, await page.locator('html').evaluate((html) => html.scrollWidth)]).toEqual([name, 360]);
    }
    expect(watched.complaints).toEqual([]);
  });
});
