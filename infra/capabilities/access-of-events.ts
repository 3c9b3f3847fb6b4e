import {
  AWAITED_PARTITION,
  CLASSES_PARTITION,
  COOLING_PARTITION,
  EXPIRING_PARTITION,
  lists,
  PASS_PARTITION,
} from '#store/keys.ts';
import {
  people,
  calendar,
  punctuality,
  sending,
  tallies,
  libraryRecords,
  besideRecords,
  type Access,
} from './access-keys.ts';

/** What the functions that hear events, or run by the clock, may use. */
export const accessOfEvents = {
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
    get: [
      ...calendar,
      'DRAW#*',
      'ITEM#*',
      'SUBJECT#*',
      'RECUSAL#*',
      'LASTVISIT#*',
      'DEADLINE#*',
      'PROOF#*',
      'WITHHELD#*',
    ],
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
    add: tallies,
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
    add: ['CELL#*', CLASSES_PARTITION],
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
  signals: {
    get: ['TRIGGER#*', 'INSPECTION#*', 'HISTORY#*', 'REVIEW#*'],
    put: ['ONCE#signals#*', 'HISTORY#*', 'REVIEW#*', 'SIGNAL#*'],
  },
  // It counts what happened, and changes nothing.
  figures: {
    query: ['PUBLICATION#*'],
    put: ['ONCE#figures#*'],
    add: ['FIGURES#*'],
  },
  relay: {},
  ledger: {},
  imports: {
    get: ['LIBRARY#*', 'UPLOAD#*', 'PARTS#*', 'HISTORY#*', 'REVIEW#*', ...libraryRecords],
    query: ['PARTS#*'],
    put: ['ONCE#imports#*', 'LIBRARY#*', 'PARTS#*', ...libraryRecords, ...besideRecords],
  },
  // It only reads what it rehearses on, and writes nothing but what it found.
  rehearsal: {
    get: ['REHEARSAL#*', 'SUBJECT#*'],
    query: ['HISTORY#*', 'CELL#*', 'WINDOWS#*'],
    list: [lists.triggers, lists.policies, lists.territories],
    cohort: ['COHORT#*'],
    put: ['ONCE#rehearsal#*', 'REHEARSAL#*', 'REHEARSED#*', 'FINDINGS#*', 'WINDOWS#*'],
  },
  succession: {
    get: [...calendar, 'INSPECTION#*', 'DEADLINE#*', 'RECUSAL#*', 'DRAW#*', 'ITEM#*', 'LASTVISIT#*'],
    list: [lists.inspectorsOf('*')],
    put: ['ONCE#succession#*', 'INSPECTION#*', 'DEADLINE#*'],
    add: tallies,
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
    add: tallies,
  },
} as const satisfies Readonly<Record<string, Access>>;
