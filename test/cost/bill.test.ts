import { describe, expect, test } from 'vitest';
import { ACTIVITY, type Activity } from '#infra/cost/activity.ts';
import { monthOf } from '#infra/cost/bill.ts';
import { Operation, type Measured, type Usage } from '#infra/cost/measured.ts';
import type { Prices } from '#infra/cost/prices.ts';
import { NOTHING, plus, separated, times } from '#infra/cost/usage.ts';

const prices: Prices = {
  asOf: 'a month',
  region: 'a region',
  readMillion: 1,
  writeMillion: 4,
  storageGigabyte: 2,
  backupGigabyte: 1,
  invocationMillion: 3,
  gigabyteSecond: 0.5,
  eventMillion: 5,
  requestMillion: 6,
  fileGigabyte: 8,
  putThousand: 10,
  getThousand: 1,
  logGigabyte: 7,
  metric: 0.25,
  alarm: 0.125,
};

const NEVER: Activity['perThousand'] = {
  ...ACTIVITY.perThousand,
  'import-new': 0,
  'import-unchanged': 0,
  'import-changed': 0,
  'class-same': 0,
  'class-other': 0,
  'scan-first': 0,
  'scan-quiet': 0,
  'scan-warned': 0,
  complaint: 0,
  decision: 0,
  draw: 0,
  'pool-object': 0,
  'drawn-object': 0,
  inspection: 0,
  reminder: 0,
  'staff-read': 0,
  'public-read': 0,
};

const still: Activity = {
  perThousand: NEVER,
  days: 0,
  files: 0,
  months: 0,
  invocationSeconds: 0,
  rowMilliseconds: {},
  rowMemory: 0,
  fileBytes: 0,
  requestsAFile: 0,
  metrics: 0,
  alarms: 0,
};

/** Costs of nothing but what is named. */
function costsOf(named: Partial<Record<Operation, Partial<Usage>>>): Record<Operation, Measured> {
  const each = (name: Operation): Measured => ({ runs: [1], each: { ...NOTHING, ...named[name] } });
  return {
    'import-new': each('import-new'),
    'import-unchanged': each('import-unchanged'),
    'import-changed': each('import-changed'),
    'class-same': each('class-same'),
    'class-other': each('class-other'),
    'scan-first': each('scan-first'),
    'scan-quiet': each('scan-quiet'),
    'scan-warned': each('scan-warned'),
    complaint: each('complaint'),
    decision: each('decision'),
    draw: each('draw'),
    'pool-object': each('pool-object'),
    'drawn-object': each('drawn-object'),
    inspection: each('inspection'),
    archive: each('archive'),
    reminder: each('reminder'),
    'idle-day': each('idle-day'),
    'staff-read': each('staff-read'),
    'public-read': each('public-read'),
  };
}

const NOT_PAID = {
  writes: 0,
  reads: 0,
  storage: 0,
  backup: 0,
  lambda: 0,
  events: 0,
  api: 0,
  files: 0,
  logs: 0,
  watching: 0,
};

describe('what a month comes to', () => {
  test('nothing, where nothing happens and nothing is kept', () => {
    const { bill, total } = monthOf(1_000_000, costsOf({}), still, prices);
    expect([bill, total]).toEqual([NOT_PAID, 0]);
  });

  test('each thing as often as it happens for every 1,000 subjects, at the price of what it uses', () => {
    const costs = costsOf({
      complaint: { read: 5, write: 20, indexWrite: 6, ledgerWrite: 5, events: 4, requests: 5 },
    });
    const activity = { ...still, perThousand: { ...NEVER, complaint: 10 } };
    // 100,000 complaints: half a million units read, 2.5 million written (those of the indexes are among them), 400,000 events, 500,000 requests.
    expect(monthOf(10_000_000, costs, activity, prices)).toMatchObject({
      bill: { ...NOT_PAID, reads: 0.5, writes: 10, events: 2, api: 3 },
      total: 15.5,
    });
  });

  test('functions by invocations, by the memory of each for its seconds, and by the milliseconds of rows', () => {
    const costs = costsOf({ inspection: { invocations: 20, memory: 12 }, 'import-changed': {} });
    const activity = {
      ...still,
      perThousand: { ...NEVER, inspection: 1, 'import-changed': 500 },
      invocationSeconds: 0.25,
      rowMilliseconds: { 'import-changed': 4 },
      rowMemory: 2,
    };
    // 100 inspections: 2,000 invocations, 1,200 GB of 0.25 s; 50,000 rows of 4 ms at 2 GB.
    expect(monthOf(100_000, costs, activity, prices).bill.lambda).toBeCloseTo(0.006 + 150 + 200, 9);
  });

  test('storage of each subject, and of what the months before have left', () => {
    const costs = costsOf({
      'import-new': { stored: 600 },
      'class-other': { stored: 300 },
      'scan-first': { stored: 124 },
      inspection: { stored: 2048 },
    });
    const activity = { ...still, perThousand: { ...NEVER, inspection: 250 }, months: 2 };
    // 2^20 subjects of 1,024 bytes are 1 GB; a quarter as many inspections of 2,048 bytes, half a GB in each of two months.
    expect(monthOf(1_048_576, costs, activity, prices).bill).toEqual({ ...NOT_PAID, storage: 4, backup: 2 });
  });

  test('days of schedules, files of the register, logs, metrics and alarms, however large the library', () => {
    const costs = costsOf({ 'idle-day': { write: 100_000, logs: 1024 ** 3 / 2 } });
    const activity = { ...still, days: 30, files: 100, requestsAFile: 10, metrics: 4, alarms: 8 };
    expect(monthOf(1, costs, activity, prices).bill).toEqual({
      ...NOT_PAID,
      writes: 12,
      logs: 105,
      files: 11,
      watching: 2,
    });
  });

  test('what a file takes besides its rows, for each file', () => {
    const costs = costsOf({});
    const fixed = { ...NOTHING, write: 500_000 };
    const activity = { ...still, files: 3 };
    const { bill } = monthOf(
      1,
      { ...costs, 'import-changed': { ...costs['import-changed'], fixed } },
      activity,
      prices,
    );
    expect(bill).toEqual({ ...NOT_PAID, writes: 6 });
  });

  test('the dearest thing first', () => {
    const costs = costsOf({ reminder: { write: 10 }, decision: { write: 30 }, 'staff-read': { read: 4 } });
    const activity = {
      ...still,
      perThousand: { ...NEVER, reminder: 100, decision: 50, 'staff-read': 1000 },
    };
    expect(monthOf(1_000_000, costs, activity, prices).byOperation.slice(0, 4)).toEqual([
      ['decision', 6],
      ['reminder', 4],
      ['staff-read', 4],
      ['import-new', 0],
    ]);
  });
});

describe('two runs of different numbers', () => {
  test('tell what one uses and what a run uses besides', () => {
    const small = { count: 10, used: { ...NOTHING, read: 35, write: 107, stored: 900 } };
    const large = { count: 20, used: { ...NOTHING, read: 65, write: 207, stored: 1900 } };
    expect(separated(small, large)).toEqual({
      each: { ...NOTHING, read: 3, write: 10, stored: 100 },
      fixed: { ...NOTHING, read: 5, write: 7, stored: -100 },
    });
  });

  test('add up again', () => {
    const one = { ...NOTHING, events: 2, logs: 7, memory: 0.5 };
    expect(plus(times(one, 3), one, -1)).toEqual({ ...NOTHING, events: 4, logs: 14, memory: 1 });
  });
});

test('every operation is assumed to happen some number of times', () => {
  expect([...Object.keys(ACTIVITY.perThousand), 'idle-day'].toSorted()).toEqual(Operation.options.toSorted());
});
