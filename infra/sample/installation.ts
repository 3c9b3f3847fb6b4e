import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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
import { ConnectionFile } from '../cli/connection.ts';
import { LocalRunnerError } from '../local/failure.ts';
import type { Start } from '../local/launch.ts';
import type { Person, Runner } from '../local/options.ts';
import { localStage } from '../local-stage.ts';
import { setChannels } from './channels.ts';
import { loadDistrict } from './load.ts';
import { sampleStaff } from './staff.ts';

const ADMINISTRATOR = 'HP9007';
const SEED = 'mingchou';
/** Names and numbers of the staff don't depend on the day; their certificates do, which the issuer does not ask for. */
const SAMPLE_DAY = CalendarDate.parse('2026-09-01');

/** Who can sign in at the local issuer: the staff of the sample district. */
export function samplePeople(): readonly Person[] {
  return sampleStaff(SEED, SAMPLE_DAY);
}

/** The same time of day, that many working days later. */
export function laterByWorkingDays(from: Instant, days: number): Instant {
  const today = dateInShanghai(from);
  const timeOfDay = epochMilliseconds(from) - epochMilliseconds(startOfDay(today));
  const { date } = addWorkingDays(stateCouncilCalendar(), today, days);
  return instantOf(epochMilliseconds(startOfDay(date)) + timeOfDay);
}

/**
 * Loads the sample into a new stack that is not to be empty, and writes into a file what the command line needs to talk to it.
 * @throws LocalRunnerError when the stack is not new and the file that its first start wrote is not there, or when it is to be empty and holds the sample
 */
export async function prepare(runner: Runner, { isNew, empty }: Start, file: string): Promise<void> {
  const { issuer, url } = runner;
  if (issuer === undefined) {
    throw new LocalRunnerError('the stack has no local issuer');
  }
  const token = await issuer.token(ADMINISTRATOR);
  const sources = !isNew
    ? knownSources(file)
    : empty
      ? []
      : await loadDistrict({ url, token, seed: SEED, today: dateInShanghai(runner.now()) });
  const isSample = sources.length > 0;
  if (empty && isSample) {
    throw new LocalRunnerError(
      'the data folder holds the sample district; start over with: npm start -- --fresh --empty',
    );
  }
  // At every start: the mail server of this machine has another port each time.
  if (isSample) await setChannels(url, token, runner.sinks);
  const connection: ConnectionFile = {
    url,
    issuer: issuer.url,
    audience: localStage().audience,
    clients: [...issuer.clients],
    sources,
  };
  mkdirSync(dirname(file), { recursive: true });
  // Secrets of a local installation; not for the other users of this machine all the same.
  writeFileSync(file, `${JSON.stringify(connection, undefined, 2)}\n`, { mode: 0o600 });
}

/** Secrets are shown once, when a source is registered; after that they are only in this file. */
function knownSources(file: string): ConnectionFile['sources'] {
  if (!existsSync(file)) {
    throw new LocalRunnerError(
      'the first start did not finish loading the sample district; start over with: npm start -- --fresh',
    );
  }
  const read = ConnectionFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success) {
    throw new LocalRunnerError(`${file} is not what npm start wrote; start over with: npm start -- --fresh`);
  }
  return read.data.sources;
}
