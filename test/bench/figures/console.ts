import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '#infra/assembly.ts';
import { localStage } from '#infra/local-stage.ts';
import { startRunner, type Runner } from '#infra/local/runner.ts';
import { Instant } from '#domain/time/time.ts';
import { smallDistrict } from '../../support/small-district.ts';
import { duration, interleaved, type Figure } from '../measure.ts';

const ADMINISTRATOR = 'HP9007';
const LEAD_SECTION = 'HP9001';
const RESTAURANTS = 60;
const ROUNDS = 41;
/** Pages of the lead section, each with the calls of the API that it is drawn from. */
const PAGES = [
  ['/console', ['/me/today']],
  ['/console/deadlines', ['/deadlines']],
  ['/console/inspections', ['/inspections']],
  ['/console/triggers', ['/triggers']],
  ['/console/draws', ['/draws']],
] as const satisfies readonly (readonly [string, readonly string[]])[];

/**
 * What drawing a page adds to the calls of the API that it makes: both over HTTP to the stack of this machine, in turns, by a
 * person who is signed in through the issuer.
 */
export async function consolePages(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mingchou-bench-'));
  const runner = await startRunner({
    assembly: synthesize(localStage(), { outdir: folder }),
    clock: { start: Instant.parse('2026-09-01T01:00:00.000Z'), frozen: true },
    issuer: { people: [ADMINISTRATOR, LEAD_SECTION].map((id) => ({ id, name: id })) },
  });
  try {
    await load(runner);
    const headers = { authorization: `Bearer ${await tokenOf(runner, LEAD_SECTION)}` };
    const cookie = await signedIn(runner.url, LEAD_SECTION);
    const figures: Figure[] = [];
    for (const [page, calls] of PAGES) {
      const { baseline, measured, ratio } = await interleaved(
        async () => Promise.all(calls.map(async (call) => answered(runner.url + call, { headers }))),
        async () => answered(runner.url + page, { headers: { cookie } }),
        ROUNDS,
      );
      figures.push({
        name: `page ${page}`,
        measured: duration(measured),
        baseline: `${duration(baseline)} for its calls alone`,
        ratio,
        target: { bound: 'at most', ratio: 2 },
      });
    }
    return figures;
  } finally {
    await runner.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tokenOf({ issuer }: Runner, staffNo: string): Promise<string> {
  if (issuer === undefined) throw new Error('the stack has no local issuer');
  return issuer.token(staffNo);
}

async function load(runner: Runner): Promise<void> {
  const authorization = `Bearer ${await tokenOf(runner, ADMINISTRATOR)}`;
  for (const { library, bytes } of smallDistrict(RESTAURANTS)) {
    await answered(`${runner.url}/libraries/${library}/imports`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/octet-stream' },
      body: Buffer.from(bytes),
    });
  }
  await runner.settle();
}

/** @throws Error when the answer is none of success: its time would say nothing */
async function answered(url: string, init: RequestInit): Promise<string> {
  const answer = await fetch(url, { ...init, redirect: 'manual' });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text.slice(0, 200)}`);
  return text;
}

/** More pages than signing in leads over. */
const MOST_STEPS = 12;

/** Signs in as a browser does, from page to page, and gives the cookies that it then sends. */
async function signedIn(origin: string, staffNo: string): Promise<string> {
  const jar = new Map<string, string>();
  const cookies = (): string => [...jar].map((pair) => pair.join('=')).join('; ');
  let url = `${origin}/console/sign-in`;
  let picking: RequestInit = {};
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const answer = await fetch(url, { ...picking, redirect: 'manual', headers: { cookie: cookies() } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', ...value] = (line.split(';')[0] ?? '').split('=');
      jar.set(name, value.join('='));
    }
    const to = answer.headers.get('location');
    if (to === null && answer.ok) {
      // The issuer asks who one is.
      picking = { method: 'POST', body: new URLSearchParams({ person: staffNo }) };
      continue;
    }
    picking = {};
    url = new URL(to ?? '', url).href;
    if (new URL(url).pathname === '/console') return cookies();
  }
  throw new Error(`signing in did not end: ${url}`);
}
