import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import * as z from 'zod';

/** What a page may weigh when it is first seen: bytes before any compression, and requests with the page itself. */
export interface Budget {
  readonly html: number;
  readonly script: number;
  readonly style: number;
  readonly requests: number;
}

/** Above it, a reader sees text jump (web.dev calls less good). */
const LARGEST_SHIFT = 0.1;

/** WCAG 2.2 at levels A and AA, and what axe calls good practice: landmarks, one h1, headings in order. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const Violations = z.array(z.object({ id: z.string(), help: z.string(), targets: z.array(z.string()) }));

/** What Chromium measured of a page. */
const Figures = z.object({
  html: z.number(),
  script: z.number(),
  style: z.number(),
  requests: z.number(),
  /** Cumulative layout shift since the page was opened. */
  shift: z.number(),
  /** Pixels by which the page is wider than the window. */
  wider: z.number(),
});
export type Figures = z.infer<typeof Figures>;

/**
 * Audits the page that is open, as it was first seen, and gives every finding as a line; none means that all is well.
 * Checked are axe's rules, the budget, layout shift and that the page is not scrolled sideways, by Chromium's own figures. Call
 * it before anything is pressed, once for each width of the window.
 */
export async function auditPage(page: Page, budget: Budget): Promise<string[]> {
  await page.waitForLoadState('load');
  const figures = await figuresOf(page);
  const over = Object.entries(budget).flatMap(([name, most]) => {
    const found = z.number().parse(Reflect.get(figures, name));
    return found > most ? [`${name}: ${found}, and at most ${most}`] : [];
  });
  return [
    ...over,
    ...(figures.shift >= LARGEST_SHIFT ? [`layout shift ${figures.shift}`] : []),
    ...(figures.wider > 0 ? [`${figures.wider} px wider than the window`] : []),
    ...(await violationsOf(page)),
  ];
}

/** The figures of the page that is open. The style that stands in the page is counted as style, and in its HTML too. */
export async function figuresOf(page: Page): Promise<Figures> {
  return Figures.parse(await page.evaluate(MEASURE));
}

/** Runs in the page; evaluated by the debugger, which no policy of the page binds. */
const MEASURE = `(async () => {
  const [navigation] = performance.getEntriesByType('navigation');
  const resources = performance.getEntriesByType('resource');
  const bytesOf = (entries) => entries.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
  const textOf = (selector) => [...document.querySelectorAll(selector)].reduce(
    (sum, { textContent }) => sum + new TextEncoder().encode(textContent).byteLength, 0);
  const shifts = await new Promise((resolve) => {
    const found = [];
    new PerformanceObserver((list) => found.push(...list.getEntries()))
      .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(found), 100);
  });
  const html = document.documentElement;
  return {
    html: navigation.decodedBodySize,
    script: bytesOf(resources.filter(({ initiatorType, name }) => initiatorType === 'script' || /\\.m?js(\\?|$)/.test(name)))
      + textOf('script:not([src])'),
    style: bytesOf(resources.filter(({ name }) => /\\.css(\\?|$)/.test(name))) + textOf('style'),
    requests: 1 + resources.length,
    shift: shifts.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0),
    wider: html.scrollWidth - html.clientWidth,
  };
})()`;

async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(`${AXE};undefined`);
  const found = await page.evaluate(`(async () => {
    const { violations } = await axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({ id, help, targets: nodes.map(({ target }) => target.join(' ')) }));
  })()`);
  return Violations.parse(found).map(({ id, help, targets }) => `${id}: ${help} (${targets.join(', ')})`);
}
