import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addWorkingDays } from '#domain/calendar/calendar.ts';
import {
  CalendarDate,
  dateInShanghai,
  epochMilliseconds,
  instantOf,
  startOfDay,
  type Instant,
} from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { ConnectionFile } from './cli/connection.ts';
import { LocalRunnerError } from './local/failure.ts';
import type { Runner } from './local/options.ts';
import type { Start } from './local/launch.ts';
import { main } from './local/start.ts';
import { localStage } from './local-stage.ts';
import { setChannels } from './sample/channels.ts';
import { loadDistrict } from './sample/load.ts';
import { sampleStaff } from './sample/staff.ts';

/** `npm start`: this product's stack on the local runner, with the sample district in a new data folder unless it is to be empty. */
const root = fileURLToPath(new URL('..', import.meta.url));
const CONNECTION = `${root}.local/connection.json`;
const ADMINISTRATOR = 'HP9007';
const SEED = 'mingchou';
/** Names and numbers of the staff don't depend on the day; their certificates do, which the issuer does not ask for. */
const SAMPLE_DAY = CalendarDate.parse('2026-09-01');

await main({
  async build() {
    // Loaded here, so that wrong settings are told before the CDK is read.
    const [{ bundleFunctions }, { synthesize }] = await Promise.all([
      import('./bundle.ts'),
      import('./assembly.ts'),
    ]);
    await bundleFunctions();
    return synthesize(localStage(), { outdir: `${root}.local/cdk.out` });
  },
  people: { people: sampleStaff(SEED, SAMPLE_DAY) },
  messageDetailType: 'message.posted',
  addWorkingDays: laterByWorkingDays,
  onReady: prepare,
});

/** The same time of day, that many working days later. */
function laterByWorkingDays(from: Instant, days: number): Instant {
  const today = dateInShanghai(from);
  const timeOfDay = epochMilliseconds(from) - epochMilliseconds(startOfDay(today));
  const { date } = addWorkingDays(stateCouncilCalendar(), today, days);
  return instantOf(epochMilliseconds(startOfDay(date)) + timeOfDay);
}

/** Loads the sample into a new stack that is not to be empty, and writes what the command line needs to talk to it. */
async function prepare(runner: Runner, { isNew, empty }: Start): Promise<void> {
  const { issuer, url } = runner;
  if (issuer === undefined) {
    throw new LocalRunnerError('the stack has no local issuer');
  }
  const token = await issuer.token(ADMINISTRATOR);
  const sources = isNew
    ? await loaded(url, token, dateInShanghai(runner.now()), empty)
    : knownSources();
  const isSample = sources.length > 0;
  if (empty && isSample) {
    throw new LocalRunnerError(
      'the data folder holds the sample district; start over with: npm start -- --fresh --empty',
    );
  }
  if (isSample) {
    // At every start: the mail server of this machine has another port each time.
    await setChannels(url, token, runner.sinks);
  }
  const connection: ConnectionFile = {
    url,
    issuer: issuer.url,
    audience: localStage().audience,
    clients: [...issuer.clients],
    sources,
  };
  mkdirSync(dirname(CONNECTION), { recursive: true });
  // Secrets of a local installation; not for the other users of this machine all the same.
  writeFileSync(CONNECTION, `${JSON.stringify(connection, undefined, 2)}\n`, { mode: 0o600 });
}

/** The sources of the sample district, which is loaded; none where nothing is to be. */
async function loaded(
  url: string,
  token: string,
  today: CalendarDate,
  empty: boolean,
): Promise<ConnectionFile['sources']> {
  return empty ? [] : loadDistrict({ url, token, seed: SEED, today });
}

/** Secrets are shown once, when a source is registered; after that they are only in this file. */
function knownSources(): ConnectionFile['sources'] {
  if (!existsSync(CONNECTION)) {
    throw new LocalRunnerError(
      'the first start did not finish loading the sample district; start over with: npm start -- --fresh',
    );
  }
  const file = ConnectionFile.safeParse(JSON.parse(readFileSync(CONNECTION, 'utf8')));
  if (!file.success) {
    throw new LocalRunnerError(
      `${CONNECTION} is not what npm start wrote; start over with: npm start -- --fresh`,
    );
  }
  return file.data.sources;
}
