import type { Activity } from './activity.ts';
import { Operation, type Measured, type Usage } from './measured.ts';
import type { Prices } from './prices.ts';
import { NOTHING, plus, times } from './usage.ts';

const MILLION = 1e6;
const GIGABYTE = 1024 ** 3;

/** The parts of a bill, in US dollars a month. */
export interface Bill {
  readonly writes: number;
  readonly reads: number;
  readonly storage: number;
  readonly backup: number;
  readonly lambda: number;
  readonly events: number;
  readonly api: number;
  readonly files: number;
  readonly logs: number;
  readonly watching: number;
}

/** What a month comes to. */
export interface Month {
  readonly bill: Bill;
  readonly total: number;
  /** What each operation takes of the total, the dearest first; what is paid for being there, whatever happens, is in none. */
  readonly byOperation: readonly (readonly [Operation, number])[];
}

export type Costs = Readonly<Record<Operation, Measured>>;

/** What an installation of so many subjects pays for a month. */
export function monthOf(subjects: number, costs: Costs, activity: Activity, prices: Prices): Month {
  const counts = countsOf(subjects, activity);
  const used = counts.reduce((sum, [name, count]) => plus(sum, costs[name].each, count), NOTHING);
  const files = times(costs['import-changed'].fixed ?? NOTHING, activity.files);
  const seconds = counts.reduce((sum, [name, count]) => sum + secondsOf(name, count, activity), 0);
  const bill = billOf(plus(used, files), seconds, storedBy(subjects, costs, used, activity), {
    subjects,
    activity,
    prices,
  });
  const byOperation = counts.map(([name, count]): [Operation, number] => [
    name,
    dollarsOf(times(costs[name].each, count), secondsOf(name, count, activity), activity, prices),
  ]);
  return {
    bill,
    total: Object.values(bill).reduce((sum, part) => sum + part, 0),
    byOperation: byOperation.toSorted(([, a], [, b]) => b - a),
  };
}

function countsOf(subjects: number, { perThousand, days }: Activity): [Operation, number][] {
  return Operation.options.map((name) => [
    name,
    name === 'idle-day' ? days : (perThousand[name] * subjects) / 1000,
  ]);
}

/** Seconds at `rowMemory` of what is done row by row. */
function secondsOf(name: Operation, count: number, { rowMilliseconds }: Activity): number {
  return (count * (rowMilliseconds[name] ?? 0)) / 1000;
}

/** Bytes kept: each subject as it was imported, classed and looked at, and what the months before have left. */
function storedBy(subjects: number, costs: Costs, used: Usage, { months, files }: Activity): number {
  const subject =
    costs['import-new'].each.stored + costs['class-other'].each.stored + costs['scan-first'].each.stored;
  const imports = (costs['import-changed'].fixed?.stored ?? 0) * files;
  return subjects * subject + (used.stored + imports) * months;
}

interface Circumstances {
  readonly subjects: number;
  readonly activity: Activity;
  readonly prices: Prices;
}

function billOf(used: Usage, seconds: number, stored: number, around: Circumstances): Bill {
  const { subjects, activity, prices } = around;
  const fileRequests = (activity.files * activity.requestsAFile) / 1000;
  return {
    ...unitsOf(used, prices),
    storage: (stored / GIGABYTE) * prices.storageGigabyte,
    backup: (stored / GIGABYTE) * prices.backupGigabyte,
    lambda: lambdaOf(used, seconds, activity, prices),
    files:
      ((subjects * activity.fileBytes) / GIGABYTE) * prices.fileGigabyte +
      fileRequests * (prices.putThousand + prices.getThousand),
    logs: (used.logs / GIGABYTE) * prices.logGigabyte,
    watching: activity.metrics * prices.metric + activity.alarms * prices.alarm,
  };
}

function unitsOf(used: Usage, prices: Prices) {
  return {
    writes: ((used.write + used.ledgerWrite) / MILLION) * prices.writeMillion,
    reads: (used.read / MILLION) * prices.readMillion,
    events: (used.events / MILLION) * prices.eventMillion,
    api: (used.requests / MILLION) * prices.requestMillion,
  };
}

function lambdaOf(used: Usage, seconds: number, activity: Activity, prices: Prices): number {
  const gigabyteSeconds = used.memory * activity.invocationSeconds + seconds * activity.rowMemory;
  return (used.invocations / MILLION) * prices.invocationMillion + gigabyteSeconds * prices.gigabyteSecond;
}

/** What doing something takes, without what is kept of it. */
function dollarsOf(used: Usage, seconds: number, activity: Activity, prices: Prices): number {
  const { writes, reads, events, api } = unitsOf(used, prices);
  const logs = (used.logs / GIGABYTE) * prices.logGigabyte;
  return writes + reads + events + api + logs + lambdaOf(used, seconds, activity, prices);
}
