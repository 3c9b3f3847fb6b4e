import { DIRECTORY_PARTITION, PUNCTUALITY_PARTITION } from '#store/keys.ts';

/**
 * Which keys of the state table each function may use, by the prefix of the partition key: it becomes the
 * `dynamodb:LeadingKeys` condition of the function's role. A key that is missing here is denied; the journey test checks
 * every call of every function against the synthesized policies.
 */
export interface Access {
  /** GetItem and BatchGetItem. */
  readonly get?: readonly string[];
  /** Query on the table. */
  readonly query?: readonly string[];
  readonly put?: readonly string[];
  /** UpdateItem, which only ever adds to a counter: of subjects in a cell, of deadlines that were kept in a month, of inspections in a phase, or of what a figure shows. */
  readonly add?: readonly string[];
  /** Query on an index, by the index's own partition key. */
  readonly list?: readonly string[];
  readonly cohort?: readonly string[];
  readonly due?: readonly string[];
}

export const people = ['PERSON#*'];
/** Whoever counts working days reads the imported years and the deadline rules. */
export const calendar = ['CALENDAR#*', 'DEADLINE-RULES#*'];
/** Whoever meets a deadline counts it. */
export const punctuality = [PUNCTUALITY_PARTITION];
/** Whoever changes an inspection counts it in its new phase. */
export const tallies = ['TALLY#*'];
/** What a message is sent from, and to where. */
export const sending = ['PREFERENCES#*', 'CHANNEL#*', 'DELIVERY#*', 'INBOX#*', 'RATE#*'];
/** What an import compares with its rows and writes anew, and what it writes beside them. */
export const libraryRecords = ['SUBJECT#*', 'INSPECTOR#*', 'ITEM#*', ...people];
export const besideRecords = [
  DIRECTORY_PARTITION,
  'TERRITORY#*',
  'UNIT#*',
  'HISTORY#*',
  'FORMER#*',
  'REVIEW#*',
];
