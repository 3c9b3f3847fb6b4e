import type { FunctionName } from '#contracts/environment.ts';
import {
  AWAITED_PARTITION,
  COOLING_PARTITION,
  EXPIRING_PARTITION,
  lists,
  onHandPartition,
  PASS_PARTITION,
} from '#store/keys.ts';

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
  /** UpdateItem, which only ever adds to a counter. */
  readonly add?: readonly string[];
  /** Query on an index, by the index's own partition key. */
  readonly list?: readonly string[];
  readonly cohort?: readonly string[];
  readonly due?: readonly string[];
}

const people = ['PERSON#*'];
/** Whoever counts working days reads the imported years. */
const calendar = ['CALENDAR#*'];
/** What a message is sent from, and to where. */
const sending = ['PREFERENCES#*', 'CHANNEL#*', 'DELIVERY#*', 'INBOX#*', 'RATE#*'];
/** What an import compares with its rows and writes anew, and what it writes beside them. */
const libraryRecords = ['SUBJECT#*', 'INSPECTOR#*', 'ITEM#*', ...people];
const besideRecords = ['TERRITORY#*', 'UNIT#*', 'HISTORY#*', 'FORMER#*', 'REVIEW#*'];

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
    list: [lists.inspectorsOf('*'), lists.recusalsOf('*'), lists.inspectionsOf('*')],
    due: [onHandPartition('*')],
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
  scan: {
    get: ['SCAN#*', 'PASS#*'],
    list: [lists.territories],
    due: ['REVIEW#*', PASS_PARTITION, COOLING_PARTITION],
    put: ['SCAN#*'],
  },
  assess: {
    get: ['SCAN#*', 'PASS#*', 'REVIEW#*', 'SUBJECT#*', 'RISK#*', 'WARNING#*', 'COOLDOWN#*'],
    query: ['HISTORY#*', 'CELL#*'],
    list: [lists.riskRules, lists.territories],
    cohort: ['COHORT#*'],
    due: ['REVIEW#*', PASS_PARTITION, COOLING_PARTITION],
    put: ['SCAN#*', 'PASS#*', 'REVIEW#*', 'RISK#*', 'WARNING#*', 'COOLDOWN#*', 'TRIGGER#*'],
    add: ['CELL#*'],
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
    get: ['TRIGGER#*', 'DRAW#*', 'INSPECTION#*', 'CORRECTION#*'],
    query: ['RECOUNT#*'],
    list: [lists.peopleOf('*')],
    put: ['ONCE#notify#*', 'INBOX#*', 'MESSAGE#*'],
  },
  // These two and whoever sets channels up are all that reach the channels' secrets.
  outgoing: {
    get: [...people, ...calendar, ...sending],
    list: [lists.channels],
    put: ['ONCE#outgoing#*', 'DELIVERY#*', 'RATE#*'],
  },
  delivery: {
    get: [...people, ...calendar, ...sending],
    list: [lists.channels],
    due: ['OUTGOING#*'],
    put: ['DELIVERY#*', 'RATE#*'],
  },
  messaging: {
    get: [...people, ...calendar, 'CHANNEL#*', 'PREFERENCES#*', 'DELIVERY#*', 'ONCE#messaging#*'],
    list: [lists.channels, lists.deliveriesOf('*')],
    put: ['ONCE#messaging#*', 'CHANNEL#*', 'PREFERENCES#*', 'DELIVERY#*'],
  },
  signals: {
    get: ['TRIGGER#*', 'INSPECTION#*', 'HISTORY#*', 'REVIEW#*'],
    put: ['ONCE#signals#*', 'HISTORY#*', 'REVIEW#*', 'SIGNAL#*'],
  },
  relay: {},
  ledger: {},
  libraries: {
    get: [...people, 'LIBRARY#*', 'UPLOAD#*', 'HISTORY#*', 'REVIEW#*', ...libraryRecords],
    query: ['HISTORY#*'],
    list: [lists.territories, lists.units, lists.items, lists.inspectorsOf('*'), lists.peopleOf('*')],
    cohort: ['COHORT#*'],
    put: ['LIBRARY#*', 'UPLOAD#*', ...libraryRecords, ...besideRecords],
  },
  imports: {
    get: ['LIBRARY#*', 'UPLOAD#*', 'PARTS#*', 'HISTORY#*', 'REVIEW#*', ...libraryRecords],
    query: ['PARTS#*'],
    put: ['ONCE#imports#*', 'LIBRARY#*', 'PARTS#*', ...libraryRecords, ...besideRecords],
  },
  administration: {
    get: [...people, 'ITEM#*', 'SOURCE#*', 'ONCE#administration#*', 'REHEARSAL#*', 'REHEARSED#*'],
    query: ['FINDINGS#*'],
    list: [lists.policies, lists.riskRules, lists.sources],
    put: ['ONCE#administration#*', 'POLICY#*', 'PASS#*', 'SOURCE#*', 'REHEARSAL#*'],
  },
  // It only reads what it rehearses on, and writes nothing but what it found.
  rehearsal: {
    get: ['REHEARSAL#*', 'SUBJECT#*'],
    query: ['HISTORY#*', 'CELL#*', 'WINDOWS#*'],
    list: [lists.triggers, lists.policies, lists.territories],
    cohort: ['COHORT#*'],
    put: ['ONCE#rehearsal#*', 'REHEARSAL#*', 'REHEARSED#*', 'FINDINGS#*', 'WINDOWS#*'],
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
      'SIGNAL#*',
      'WARNING#*',
      'SCAN#*',
      'REHEARSAL#*',
      'CORRECTION#*',
      'DELIVERY#*',
      'CHANNEL#*',
      'PREFERENCES#*',
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
  monitoring: {
    get: [
      ...people,
      'SUBJECT#*',
      'HISTORY#*',
      'RISK#*',
      'WARNING#*',
      'SCAN#*',
      'PASS#*',
      'REVIEW#*',
      'ONCE#monitoring#*',
    ],
    query: ['HISTORY#*', 'FORMER#*'],
    list: [lists.warningsOf('*'), lists.scans],
    put: ['ONCE#monitoring#*', 'HISTORY#*', 'REVIEW#*', 'SIGNAL#*', 'RISK#*', 'WARNING#*'],
    add: ['CELL#*'],
  },
  // Of an inspection it writes nothing but the events of its publication.
  corrections: {
    get: [
      ...people,
      ...calendar,
      'PUBLICATION#*',
      'INSPECTION#*',
      'CORRECTION#*',
      'DEADLINE#*',
      'ASKED#*',
      'QUOTA#*',
      'ONCE#corrections#*',
    ],
    list: [lists.correctionsOf('*')],
    put: [
      'ONCE#corrections#*',
      'CORRECTION#*',
      'DEADLINE#*',
      'PUBLICATION#*',
      'INSPECTION#*',
      'ASKED#*',
      'QUOTA#*',
    ],
  },
  portal: {
    get: ['DRAW#*'],
    query: ['PUBLICATION#*', 'POOL#*', 'PROOF#*'],
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
