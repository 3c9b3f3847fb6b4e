import type { Operation } from './measured.ts';

/** What happens in a month. Assumptions, each of them to be replaced by what one's own installation sees. */
export interface Activity {
  /** How often each thing happens for every 1,000 subjects of the library. */
  readonly perThousand: Readonly<Record<Exclude<Operation, 'idle-day'>, number>>;
  readonly days: number;
  /** Files imported: each takes something besides its rows. */
  readonly files: number;
  /** How many months of what happened are kept when the bill is made: storage grows by each. */
  readonly months: number;
  /** Seconds that an invocation takes, besides what it does with many rows. */
  readonly invocationSeconds: number;
  /** Milliseconds that one row, subject or object takes where a step does many of them, with `rowMemory` gigabytes. */
  readonly rowMilliseconds: Readonly<Partial<Record<Operation, number>>>;
  readonly rowMemory: number;
  /** Bytes of a subject in the register's file, which stays in the bucket for a month; and requests to the bucket for each file. */
  readonly fileBytes: number;
  readonly requestsAFile: number;
  /** Series of metrics that functions send, and alarms. */
  readonly metrics: number;
  readonly alarms: number;
}

export const ACTIVITY: Activity = {
  perThousand: {
    'import-new': 8,
    'import-changed': 10,
    'import-unchanged': 982,
    'class-other': 20,
    'class-same': 0,
    'scan-first': 8,
    'scan-quiet': 32,
    'scan-warned': 4,
    complaint: 10,
    decision: 9,
    draw: 0.07,
    'pool-object': 140,
    'drawn-object': 2.5,
    inspection: 2.4,
    archive: 2.4,
    reminder: 12,
    'staff-read': 80,
    'public-read': 100,
  },
  days: 30,
  files: 30,
  months: 12,
  invocationSeconds: 0.2,
  rowMilliseconds: {
    'import-new': 2,
    'import-unchanged': 1,
    'import-changed': 4,
    'class-same': 5,
    'class-other': 5,
    'scan-first': 5,
    'scan-quiet': 5,
    'scan-warned': 10,
    'pool-object': 0.5,
  },
  rowMemory: 1.73,
  fileBytes: 300,
  requestsAFile: 10,
  metrics: 40,
  alarms: 26,
};

/** Why each number is what it is. */
export const REASONS: Readonly<Record<Exclude<Operation, 'idle-day'>, string>> = {
  'import-new': 'a tenth of the register is new each year',
  'import-changed': 'addresses, names and licences change',
  'import-unchanged': 'the whole register comes once a month, and most rows say nothing new',
  'class-other': 'the class of 2 % changes, and the file has those only',
  'class-same': 'see below for a file that has everybody',
  'scan-first': 'the new ones',
  'scan-quiet': 'changed, classed anew or inspected',
  'scan-warned': 'complaints, lapsed licences and classes that a rule warns of',
  complaint: 'every one names its subject and is looked at by a person',
  decision: 'one in ten fires a draw instead',
  draw: '4 a month for 60,000 subjects',
  'pool-object': '2,000 in the pool of a draw',
  'drawn-object': '3 % of the subjects a year',
  inspection: 'a few are voided or merged into a joint visit',
  archive: 'every inspection ends in the archive',
  reminder: 'three for each inspection, one for every second complaint',
  'staff-read': 'twenty looks at each inspection, three at each complaint',
  'public-read': 'a tenth of the subjects is looked up in a month',
};

/** Sizes that the page tells of. */
export const SIZES = [
  { name: '区县 district', subjects: 60_000 },
  { name: '地级市 city', subjects: 700_000 },
  { name: '省 province', subjects: 11_000_000 },
] as const;
