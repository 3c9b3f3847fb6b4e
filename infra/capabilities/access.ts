import type { FunctionName } from '#contracts/environment.ts';
import {
  AWAITED_PARTITION,
  CHANGED_PARTITION,
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
  /** UpdateItem, which only ever adds to a counter: of subjects in a cell, or of deadlines that were kept in a month. */
  readonly add?: readonly string[];
  /** Query on an index, by the index's own partition key. */
  readonly list?: readonly string[];
  readonly cohort?: readonly string[];
  readonly due?: readonly string[];
}

const people = ['PERSON#*'];
/** Whoever counts working days reads the imported years and the deadline rules. */
const calendar = ['CALENDAR#*', 'DEADLINE-RULES#*'];
/** Whoever meets a deadline counts it. */
const punctuality = ['PUNCTUALITY#*'];
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
    add: punctuality,
  },
  match: {
    get: [...calendar, 'DRAW#*', 'ITEM#*', 'SUBJECT#*', 'RECUSAL#*', 'LASTVISIT#*', 'DEADLINE#*'],
    query: ['PROOF#*', 'WITHHELD#*'],
    list: [lists.inspectorsOf('*')],
    put: ['ONCE#match#*', 'DRAW#*', 'TEAMS#*', 'PROOF#*', 'DEADLINE#*'],
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
      'DOCKET#*',
    ],
    query: ['INSPECTION#*', 'PROOF#*', 'WITHHELD#*', 'CHOSEN#*'],
    list: [lists.inspectorsOf('*'), lists.recusalsOf('*'), lists.inspectionsOf('*')],
    due: [onHandPartition('*')],
    put: [
      'ONCE#inspections#*',
      'INSPECTION#*',
      'DEADLINE#*',
      'PUBLICATION#*',
      'FOUND#*',
      CHANGED_PARTITION,
      'SENT#*',
      'VISIT#*',
      'LASTVISIT#*',
      'RECUSAL#*',
      'STAFFING#*',
      'CHOSEN#*',
      'DRAW#*',
      'INSPECTOR#*',
      'STANDING#*',
    ],
    add: punctuality,
  },
  // Beside an inspection it writes its evidence and the events of it, and never the inspection.
  evidence: {
    get: [...people, 'INSPECTION#*'],
    query: ['INSPECTION#*'],
    put: ['INSPECTION#*'],
  },
  forms: {
    get: [...people, 'INSPECTION#*', 'DRAW#*', 'DEADLINE#*', 'INSPECTOR#*'],
    query: ['INSPECTION#*'],
    list: [lists.inspectionsOfDraw('*')],
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
    add: punctuality,
  },
  recount: {
    get: [...calendar, 'DEADLINE#*', 'INSPECTION#*', 'RECOUNT#*', 'ONCE#recount#*'],
    due: ['DUE#*'],
    // Its own events stand beside the calendar's.
    put: ['ONCE#recount#*', 'DEADLINE#*', 'INSPECTION#*', 'RECOUNT#*', 'CALENDAR#*'],
    add: punctuality,
  },
  notify: {
    get: ['TRIGGER#*', 'DRAW#*', 'INSPECTION#*', 'CORRECTION#*', 'FOLLOW-UP#*', 'HANDOVER#*'],
    query: ['RECOUNT#*'],
    list: [lists.peopleOf('*')],
    put: ['ONCE#notify#*', 'INBOX#*', 'MESSAGE#*'],
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
  agenda: {
    get: [
      ...people,
      ...calendar,
      'DEADLINE#*',
      'INSPECTION#*',
      'CORRECTION#*',
      'DRAW#*',
      'TRIGGER#*',
      'CALENDAR-LINK#*',
      'FEED#*',
      'ONCE#agenda#*',
    ],
    query: punctuality,
    list: [lists.deadlinesOf('*')],
    due: ['DUE#*', onHandPartition('*')],
    put: ['ONCE#agenda#*', 'DEADLINE#*', 'CALENDAR-LINK#*', 'FEED#*'],
    add: punctuality,
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
      'FOLLOW-UP#*',
      'HANDOVER#*',
      'SUBMISSION#*',
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
    add: punctuality,
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
      'SENT#*',
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
      'FOUND#*',
      CHANGED_PARTITION,
      'SENT#*',
      'INSPECTION#*',
      'ASKED#*',
      'QUOTA#*',
    ],
    add: punctuality,
  },
  // Of an inspection it writes nothing: the function closing is told of what was closed.
  'follow-ups': {
    get: [
      ...people,
      ...calendar,
      'INSPECTION#*',
      'FOLLOW-UP#*',
      'HANDOVER#*',
      'DOCKET#*',
      'DEADLINE#*',
      'ONCE#follow-ups#*',
    ],
    list: [lists.peopleOf('*'), lists.followUps('*'), lists.handovers('*')],
    due: ['FOLLOW-UP#*', 'HANDOVER#*'],
    put: ['ONCE#follow-ups#*', 'FOLLOW-UP#*', 'HANDOVER#*', 'DOCKET#*', 'DEADLINE#*'],
    add: punctuality,
  },
  succession: {
    get: [...calendar, 'INSPECTION#*', 'DEADLINE#*', 'RECUSAL#*', 'DRAW#*', 'ITEM#*', 'LASTVISIT#*'],
    list: [lists.inspectorsOf('*')],
    put: ['ONCE#succession#*', 'INSPECTION#*', 'DEADLINE#*'],
  },
  // What is archived is read whole, and of it an archive, a number and the end of the inspection are written.
  archive: {
    get: [
      ...people,
      ...calendar,
      'INSPECTION#*',
      'FOLLOW-UP#*',
      'HANDOVER#*',
      'DOCKET#*',
      'DEADLINE#*',
      'PUBLICATION#*',
      'ARCHIVE#*',
      'COUNTER#archive-*',
      'ONCE#archive#*',
    ],
    query: ['INSPECTION#*', 'FOLLOW-UP#*', 'HANDOVER#*', 'PUBLICATION#*'],
    list: [lists.correctionsOf('*')],
    put: ['ONCE#archive#*', 'INSPECTION#*', 'DOCKET#*', 'DEADLINE#*', 'ARCHIVE#*', 'COUNTER#archive-*'],
    add: punctuality,
  },
  packaging: {
    get: [
      'INSPECTION#*',
      'FOLLOW-UP#*',
      'HANDOVER#*',
      'DOCKET#*',
      'DEADLINE#*',
      'ARCHIVE#*',
      'DRAW#*',
      'ONCE#packaging#*',
    ],
    query: [
      'INSPECTION#*',
      'FOLLOW-UP#*',
      'HANDOVER#*',
      'PUBLICATION#*',
      'CORRECTION#*',
      'DRAW#*',
      'POOL#*',
      'PROOF#*',
    ],
    // Its event stands beside the inspection, which it does not write.
    put: ['ONCE#packaging#*', 'ARCHIVE#*', 'INSPECTION#*'],
  },
  closing: {
    get: [...calendar, 'INSPECTION#*', 'DOCKET#*'],
    put: ['ONCE#closing#*', 'INSPECTION#*', 'DOCKET#*', 'FOLLOW-UP#*', 'DEADLINE#*'],
  },
  // Of what is public it reads, and writes nothing but what was sent of it.
  submissions: {
    get: [
      ...people,
      'SENT#*',
      'PUBLICATION#*',
      'DRAW#*',
      'SUBMISSION#*',
      'SUBMITTING#*',
      'ONCE#submissions#*',
    ],
    query: ['ROWS#*'],
    list: [lists.submissions],
    due: ['OWED', 'UNFIT'],
    put: ['ONCE#submissions#*', 'SENT#*', 'SUBMISSION#*', 'SUBMITTING#*', 'ROWS#*'],
  },
  portal: {
    get: ['DRAW#*', 'PUBLICATION#*'],
    query: ['PUBLICATION#*', 'FOUND#*', CHANGED_PARTITION, 'POOL#*', 'PROOF#*'],
    list: [lists.published, lists.draws],
  },
  unmatched: {},
};
