import type { Browser } from 'playwright-core';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, it } from 'vitest';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { openBrowser } from '../support/browser.ts';
import { PEOPLE, signedIn, startConsole } from '../support/console.ts';
import { consoleDistrict } from '../support/console-district.ts';
import { localAssembly, noting, type World } from '../support/world.ts';
let world: World;
let browser: Browser;
const calls: InterceptedCall[] = [];
beforeAll(async () => {
  browser = await openBrowser();
  world = await startConsole({
    assembly: await localAssembly(),
    restaurants: 12,
    runner: { intercept: noting(calls) },
  });
}, 240_000);
afterAll(async () => {
  await world.stop();
  await browser.close();
});
const PATHS = [
  '',
  '/deadlines',
  '/deadlines/{id}',
  '/inspections/{id}/notice',
  '/inspections/{id}/archive',
  '/draws/{id}/summary',
  '/figures/deadlines',
  '/libraries/{library}/export',
  '/inspections/{id}/form',
  '/figures',
];
it('measures', async () => {
  const district = await consoleDistrict(world);
  let out = '';
  for (const [letter, staffNo] of Object.entries({ ...PEOPLE, inspector: district.inspector })) {
    const { context } = await signedIn(browser, world, staffNo);
    for (const path of PATHS) {
      calls.length = 0;
      const answer = await context.request.get(`${world.runner.url}/console${district.addressOf(path)}`, {
        maxRedirects: 0,
      });
      const made = calls.filter(
        ({ delivery, service }) => delivery.kind === 'http' && service === 'dynamodb',
      );
      out +=
        `== ${letter} ${path} ${answer.status()} ${made.length}\n` +
        made.map((c) => JSON.stringify(c).slice(0, 700) + '\n').join('');
    }
  }
  writeFileSync('.artifacts/calls.txt', out);
}, 240_000);
