import type { Browser, Page } from 'playwright-core';
import type { PersonRole } from '#domain/person/person.ts';
import { watchedPage, type Watched } from './browser.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

/** One person of each role, by the small district. */
export const PEOPLE = {
  'lead-section': 'HP9001',
  'business-section': 'HP9003',
  unit: 'HP1000',
  inspector: 'HP1001',
  supervisor: 'HP9005',
  administrator: 'HP9007',
} as const satisfies Readonly<Record<PersonRole, string>>;

/** Starts a world in which all the district's people can sign in at the issuer, each on top of its page. */
export async function startConsole(options: WorldOptions): Promise<World> {
  const inspectors = Array.from({ length: 9 }, (_, at) => `HP${1002 + at}`);
  const people = [...Object.values(PEOPLE), ...inspectors].map((id) => ({ id, name: id, role: id }));
  return startWorld({ ...options, runner: { issuer: { people }, ...options.runner } });
}

/** What a browser needs of a world. */
type Served = Pick<World, 'runner'>;

/** Picks a person on the issuer's page, which the browser was led to. */
export async function pick(page: Page, staffNo: string): Promise<void> {
  await page.locator(`button[value="${staffNo}"]`).click();
}

/** Opens a page of the console and signs in on the way. */
export async function signIn(page: Page, world: Served, staffNo: string, to = '/console'): Promise<void> {
  await page.goto(world.runner.url + to);
  await pick(page, staffNo);
  await page.waitForURL((url) => url.pathname === (to.split('?')[0] ?? to));
}

/** A browser of its own in which a person is signed in. */
export async function signedIn(
  browser: Browser,
  world: Served,
  staffNo: string,
  { width = 1280, to = '/console' } = {},
): Promise<Watched> {
  const watched = await watchedPage(browser, width);
  await signIn(watched.page, world, staffNo, to);
  return watched;
}
