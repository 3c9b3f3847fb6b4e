import type { FunctionName } from '#contracts/environment.ts';
import { AWAITED_PARTITION, EXPIRING_PARTITION, lists } from '#store/keys.ts';

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
  /** Query on an index, by the index's own partition key. */
  readonly list?: readonly string[];
  readonly cohort?: readonly string[];
  readonly due?: readonly string[];
}

const people = ['PERSON#*'];
/** Whoever counts working days reads the imported years. */
const calendar = ['CALENDAR#*'];
/** What an import compares with its rows and writes anew, and what it writes beside them. */
const libraryRecords = ['SUBJECT#*', 'INSPECTOR#*', 'ITEM#*', ...people];
const besideRecords = ['TERRITORY#*', 'UNIT#*', 'CLASSING#*'];

export const access: Readonly<Record<FunctionName, Access>> = {
  webhook: { get: ['SOURCE#*', 'TRIGGER#*', 'DRAW#*'], put: ['ONCE#webhook#*', 'TRIGGER#*'] },
  triage: {
    get: [...calendar, 'TRIGGER#*', 'FIRING#*', 'DRAW#*', 'ITEM#*'],
    list: [lists.policies],
    put: ['ONCE#triage#*', 'TRIGGER#*', 'FIRING#*', 'DEADLINE#*'],
  },
  // The only function that reaches a seal: whoever can read the secret early could choose the pool.
  draw: {
    get: [
      ...calendar,
      'TRIGGER#*',
      'POLICY#*',
      'ITEM#*',
      'SUBJECT#*',
      'COUNTER#plan#*',
      'DRAW#*',
      'SEAL#*',
      'INSPECTION#*',
      'PROGRESS#*',
    ],
    query: ['POOL#*', 'WITHHELD#*'],
    list: [lists.territories, lists.visits, lists.visitsFor('*')],
    cohort: ['COHORT#*'],
    put: [
      'ONCE#draw#*',
      'TRIGGER#*',
      'DEADLINE#*',
      'COUNTER#plan#*',
      'PLAN#*',
      'DRAW#*',
      'SEAL#*',
      'PROGRESS#*',
      'POOL#*',
      'WITHHELD#*',
      'PROOF#*',
    ],
  },
  beacon: {
    get: ['DRAW#*', 'DEADLINE#*'],
    due: [AWAITED_PARTITION],
    put: ['ONCE#beacon#*', 'DRAW#*', 'DEADLINE#*'],
  },
  match: {
    get: [...calendar, 'DRAW#*', 'ITEM#*', 'SUBJECT#*', 'RECUSAL#*', 'LASTVISIT#*'],
    query: ['PROOF#*', 'WITHHELD#*'],
    list: [lists.inspectorsOf('*')],
    put: ['ONCE#match#*', 'DRAW#*', 'TEAMS#*', 'PROOF#*'],
  },
  dispatch: {
    get: [
      ...calendar,
      'DRAW#*',
      'ITEM#*',
      'SUBJECT#*',
      'STAFFING#*',
      'TEAMS#*',
      'CHOSEN#*',
      'OPEN#*',
      'INSPECTION#*',
      'INSPECTOR#*',
      'DEADLINE#*',
    ],
    query: ['WITHHELD#*'],
    put: ['ONCE#dispatch#*', 'DRAW#*', 'INSPECTION#*', 'OPEN#*', 'DEADLINE#*'],
  },
  inspections: {
    get: [
      ...people,
      ...calendar,
      'INSPECTION#*',
      'DEADLINE#*',
      'ONCE#inspections#*',
      'INSPECTOR#*',
      'STANDING#*',
      'RECUSAL#*',
      'LASTVISIT#*',
      'DRAW#*',
      'STAFFING#*',
      'ITEM#*',
      'SUBJECT#*',
    ],
    query: ['PROOF#*', 'WITHHELD#*', 'CHOSEN#*'],
    list: [lists.inspectorsOf('*'), lists.recusalsOf('*')],
    put: [
      'ONCE#inspections#*',
      'INSPECTION#*',
      'DEADLINE#*',
      'PUBLICATION#*',
      'VISIT#*',
      'LASTVISIT#*',
      'RECUSAL#*',
      'STAFFING#*',
      'CHOSEN#*',
      'DRAW#*',
      'INSPECTOR#*',
      'STANDING#*',
    ],
  },
  statutory: {
    get: [...calendar, 'STATUTORY#*', 'COUNTER#plan#*'],
    list: [lists.items],
    put: ['STATUTORY#*', 'COUNTER#plan#*', 'PLAN#*', 'DRAW#*', 'DEADLINE#*'],
  },
  certificates: {
    get: [...calendar, 'INSPECTOR#*', 'STANDING#*'],
    due: [EXPIRING_PARTITION],
    put: ['INSPECTOR#*', 'STANDING#*'],
  },
  // With the deadline of a publication moves the day on the inspection.
  deadlines: {
    get: [...calendar, 'INSPECTION#*'],
    due: ['DUE#*'],
    put: ['ONCE#deadlines#*', 'DEADLINE#*', 'INSPECTION#*'],
  },
  recount: {
    get: [...calendar, 'DEADLINE#*', 'INSPECTION#*', 'RECOUNT#*', 'ONCE#recount#*'],
    due: ['DUE#*'],
    // Its own events stand beside the calendar's.
    put: ['ONCE#recount#*', 'DEADLINE#*', 'INSPECTION#*', 'RECOUNT#*', ...calendar],
  },
  notify: {
    get: ['TRIGGER#*', 'DRAW#*', 'INSPECTION#*'],
    query: ['RECOUNT#*'],
    list: [lists.peopleOf('*')],
    put: ['ONCE#notify#*', 'INBOX#*', 'MESSAGE#*'],
  },
  relay: {},
  ledger: {},
  libraries: {
    get: [...people, 'LIBRARY#*', 'UPLOAD#*', ...libraryRecords],
    list: [lists.territories, lists.units, lists.items, lists.inspectorsOf('*'), lists.peopleOf('*')],
    cohort: ['COHORT#*'],
    put: ['LIBRARY#*', 'UPLOAD#*', ...libraryRecords, ...besideRecords],
  },
  imports: {
    get: ['LIBRARY#*', 'UPLOAD#*', 'PARTS#*', ...libraryRecords],
    query: ['PARTS#*'],
    put: ['ONCE#imports#*', 'LIBRARY#*', 'PARTS#*', ...libraryRecords, ...besideRecords],
  },
  administration: {
    get: [...people, 'ITEM#*', 'SOURCE#*'],
    list: [lists.policies, lists.sources],
    put: ['POLICY#*', 'SOURCE#*'],
  },
  calendars: { get: [...people, ...calendar], due: ['DUE#*'], put: calendar },
  cases: {
    get: [
      ...people,
      ...calendar,
      'TRIGGER#*',
      'DRAW#*',
      'DEADLINE#*',
      'ITEM#*',
      'SUBJECT#*',
      'FIRING#*',
      'COUNTER#plan#*',
      'ONCE#cases#*',
    ],
    query: [
      'INBOX#*',
      'TRIGGER#*',
      'DRAW#*',
      'INSPECTION#*',
      'DEADLINE#*',
      'MESSAGE#*',
      'LIBRARY#*',
      'POLICY#*',
      'SOURCE#*',
      'RECUSAL#*',
      'INSPECTOR#*',
      ...calendar,
    ],
    list: [
      lists.inspectionsOf('*'),
      lists.inspectionsOfDraw('*'),
      lists.triggers,
      lists.draws,
      lists.policies,
      lists.territories,
      lists.visits,
      lists.visitsFor('*'),
    ],
    cohort: ['COHORT#*'],
    put: ['ONCE#cases#*', 'TRIGGER#*', 'FIRING#*', 'DRAW#*', 'PLAN#*', 'COUNTER#plan#*', 'DEADLINE#*'],
  },
  portal: {
    get: ['PUBLICATION#*', 'DRAW#*'],
    query: ['POOL#*', 'PROOF#*'],
    list: [lists.published, lists.draws],
  },
  unmatched: {},
};

/** Which objects of the bucket each function may read and write, by the beginning of their key. Who signs a link has the right that the link gives. */
export const fileAccess: Readonly<
  Partial<Record<FunctionName, { readonly get: readonly string[]; readonly put: readonly string[] }>>
> = {
  libraries: { get: ['imports/*', 'exports/*'], put: ['uploads/*', 'exports/*'] },
  imports: { get: ['uploads/*', 'imports/*'], put: ['imports/*'] },
};
