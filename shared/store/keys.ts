import { sha256 } from '#sha256';
import { addDays, type CalendarDate, type Instant } from '#domain/time/time.ts';

/**
 * Every key of the two tables, and with it every access pattern.
 *
 * | pattern | table or index | key |
 * | --- | --- | --- |
 * | one record by id | state | `KIND#id` / `STATE` |
 * | history of a record, oldest first; the outbox | state | `KIND#id` / `EVENT#version#eventId` |
 * | was this delivery handled? | state | `ONCE#consumer#key` / `MARKER` |
 * | pages of a frozen pool, or of a part of one, by what it was gathered from | state | `POOL#draw#key` / `PAGE#n` |
 * | pages of a draw's objects for which items are withheld, of its pool's parts and of what it selected | state | `WITHHELD#draw#key`, `WITHHELD#draw` / `PAGE#n` |
 * | pages of a draw's teams, with names: never public | state | `TEAMS#draw` / `PAGE#n` |
 * | pages of teams that units chose for a draw, by their hash: never public | state | `CHOSEN#draw#hash` / `PAGE#n` |
 * | what each unit chose for a draw | state | `STAFFING#draw` / `STATE` |
 * | pages of a draw's objects for which items are withheld | state | `WITHHELD#draw` / `PAGE#n` |
 * | pages of a draw's proof, by its hash | state | `PROOF#draw#hash` / `PAGE#n` |
 * | every version of an inspection's record, oldest first | state | `INSPECTION#id` / `RECORD#version` |
 * | evidence of an inspection: what was announced, and what is stored | state | `INSPECTION#id` / `EVIDENCE#evidence` |
 * | members of an inspection | state | `INSPECTION#id` / `MEMBER#inspector` |
 * | published inspections of a draw, counted | state | `PROGRESS#draw` / `STATE` |
 * | a visit: for one item, and as a whole | state | `VISIT#inspection` / `ITEM#code`, `STATE` |
 * | the team that a unit sent to a subject last | state | `LASTVISIT#subject` / `UNIT#unit` |
 * | what the library said of a subject before, oldest first | state | `FORMER#subject` / `DATE#day#digest` |
 * | the signals and classes of a subject, oldest first | state | `HISTORY#subject` / `DATE#day#…` |
 * | subjects that are to be looked at by a day: something changed, or a rule depends on the day | due index | `REVIEW#shard` / `day#subject` |
 * | what a subject's risk was found to be | state | `RISK#subject` / `STATE` |
 * | warnings of a status, newest last | listing index | `LIST#WARNING#status` / `day#id` |
 * | how many subjects of an industry a town has, and how many of them are warned of | state | `CELL#territory` / `territory#industry` |
 * | how many subjects came to and went from each class in the scans of a month, counted | state | `CLASSES` / `month#part` |
 * | when a rule last fired for a cohort | state | `COOLDOWN#rule#territory#industry` / `STATE` |
 * | cohorts whose cool-down ends by a day | due index | `COOLING` / `day#cohort` |
 * | scans, newest last | listing index | `LIST#SCAN` / day |
 * | rules for which the whole library is to be looked at, by the day from which they are in force | due index | `PASS` / `day#rule` |
 * | the first findings of a policy's rehearsal, step by step | state | `FINDINGS#rehearsal` / `PAGE#step` |
 * | the windows that are open after a step of the rehearsal of a policy that merges | state | `WINDOWS#rehearsal#step` / `PAGE#n` |
 * | the last finished rehearsal of a policy's content, by its hash | state | `REHEARSED#hash` / `STATE` |
 * | a row of the lists of inspections: of all of them (`*`), and of each unit that takes part | state | `INSPECTION#id` / `LISTED#scope` |
 * | inspections of a unit or of all in a phase, newest last | listing index | `LIST#LISTED#scope#phase` / `time#id` |
 * | inspections of a unit or of all, newest last | due index | `LISTED#scope` / `time#id` |
 * | inspections of a unit or of all, counted by phase | state | `TALLY#scope` / `SHARD#n` |
 * | what a person has filled in of an inspection's record and not entered | state | `INSPECTION#id` / `DRAFT#person` |
 * | until when a person has looked at their messages | state | `SEEN#person` / `STATE` |
 * | deadlines that the lead section keeps, or decides of: longer days and pauses asked for, corrections asked for | cohort index | `LEAD` / `kind#requested#day#id#own#kind#id` |
 * | draws that send an inspection out | state | `INSPECTION#id` / `DRAW#draw` |
 * | the newest inspection of a subject, which a later draw may join | state | `OPEN#subject` / `STATE` |
 * | who is recused for a subject | state | `RECUSAL#subject` / `STATE` |
 * | one person's recusal for a subject | state | `RECUSAL#subject` / `INSPECTOR#inspector` |
 * | a draw's sealed secret, before the reveal | state | `SEAL#draw` / `STATE` |
 * | a person's messages, newest first | state | `INBOX#person` / `MESSAGE#time#id` |
 * | the trigger that a policy fired last for a cohort | state | `FIRING#cohort` / `STATE` |
 * | the last period for which an item's statutory draw was proposed | state | `STATUTORY#item` / `STATE` |
 * | of which lapses an inspector was warned, and their trainings | state | `STANDING#inspector` / `STATE` |
 * | next number of a year | state | `COUNTER#name#year` / `STATE` |
 * | objects of a territory by industry | cohort index | `COHORT#territory#shard` / `industry#id` |
 * | the imported years of the working-day calendar | state | `CALENDAR#working-days` / `STATE` |
 * | what a recount of open deadlines decided, step by step | state | `RECOUNT#cause` / `PAGE#n` |
 * | deadlines that need attention by a day | due index | `DUE#shard` / `day#id` |
 * | the versions of the deadline rules | state | `DEADLINE-RULES#in-use` / `STATE` |
 * | open deadlines that a unit answers for, or the lead section (`-`), by kind and day | listing index | `LIST#DEADLINE#unit` / `kind#day#id` |
 * | a deadline in the list of one more unit | state | `DEADLINE#id` / `UNIT#unit` |
 * | a deadline in the list of those of all units | state | `DEADLINE#id` / `OPEN` |
 * | open deadlines of all units, by their day | listing index | `LIST#OPEN-DEADLINE` / `day#id` |
 * | deadlines whose day fell in a month, on time and late, by unit and kind, counted | state | `PUNCTUALITY` / `month#unit#kind` |
 * | triggers, warnings, results and sendings of a month, counted by a way of counting and its number | state | `FIGURES#counting#what` / `month#…#shard` |
 * | messages that a webhook source signed, and what became of them, newest last; for 90 days | state | `RECEIVED#source` / `time#message#outcome` |
 * | a person's calendar link, and whose a link is | state | `CALENDAR-LINK#person`, `FEED#link` / `STATE` |
 * | draws whose beacon can be there by a moment | due index | `AWAITED` / `instant#draw` |
 * | inspectors who are to be warned by a day | due index | `EXPIRING` / `day#inspector` |
 * | visits of an inspector that are not published | due index | `ONHAND#inspector` / inspection |
 * | visits for an item since a day, visits of any item since a day | listing index | `LIST#VISIT#item`, `LIST#VISIT` / `day#subject#inspection` |
 * | what the parts of an import came to | state | `PARTS#import` / `PAGE#n` |
 * | items, territories with subjects, units with inspectors | listing index | `LIST#ITEM`, `LIST#TERRITORY`, `LIST#UNIT` / id |
 * | people of all roles, by unit | due index | `PEOPLE` / `unit#staffNo` |
 * | plan of a draw | state | `PLAN#id` / `STATE` |
 * | inspectors of a unit, people of a role, policies, inspections of a person or a draw, recusals of a person, published results, draws, … | listing index | `LIST#…` / sort |
 * | published results by a pair of characters of the subject's name, its code, a unit, an item, a territory, a result, or being late: newest last | state | `FOUND#NAME#pair`, `FOUND#CODE#subject`, … / `time#inspection` |
 * | public records by when their current version was made, newest last | state | `CHANGED` / `time#inspection` |
 * | what the national system was sent of a public record, and what it is owed | state | `SENT#inspection` / `STATE` |
 * | public records that the national system is owed, and those that did not fit its columns | due index | `OWED`, `UNFIT` / `time#inspection` |
 * | files for the national system; the one that is being made | state | `SUBMISSION#id`, `SUBMITTING#national` / `STATE` |
 * | the rows of such a file, and those that did not fit | state | `ROWS#submission#hash` / `PAGE#n` |
 * | files for the national system, newest last | listing index | `LIST#SUBMISSION` / `time#id` |
 * | every version of a publication, the current one first | state | `PUBLICATION#id` / `STATE`, `VERSION#version` |
 * | what hangs off an inspection | state | `DOCKET#inspection` / `STATE` |
 * | a handover in the list of who receives it | state | `HANDOVER#id` / `RECEIVER` |
 * | follow-ups, handovers of all units, open or closed, by the day they are due | listing index | `LIST#FOLLOW-UP#state`, `LIST#HANDOVER#state` / `day#id` |
 * | follow-ups of the unit that acts, handovers from a unit and to one, by the day they are due | due index | `FOLLOW-UP#unit#state`, `HANDOVER#unit#state` / `day#id` |
 * | requests of the public for a publication's correction that are open, counted | state | `ASKED#inspection` / `STATE` |
 * | requests of the public for corrections on a day, counted | state | `QUOTA#corrections#day` / `STATE` |
 * | requests for a correction of an inspection's publication, and whether they are open | state | `INSPECTION#id` / `CORRECTION#correction` |
 * | corrections of a status, newest last | listing index | `LIST#CORRECTION#status` / `time#id` |
 * | channels that are set up | listing index | `LIST#CHANNEL` / id |
 * | deliveries of a status, newest last | listing index | `LIST#DELIVERY#status` / `time#id` |
 * | deliveries to be sent on a channel by a moment, and those whose sender has died by it | due index | `OUTGOING#channel#shard` / `instant#id` |
 * | what a channel was told lately | state | `RATE#channel` / `STATE` |
 * | how a person wants to be told | state | `PREFERENCES#person` / `STATE` |
 * | what seals the sessions of the console; since when a person's earlier ones do not count | state | `SESSION-KEYS#console`, `SIGNED-OUT#person` / `STATE` |
 * | what the public figures of the directory of inspectors are counted from | state | `DIRECTORY` / `INSPECTOR#inspector` |
 * | what people decided about a path's dead letters, counted | state | `DEAD-LETTERS#path` / `STATE` |
 * | ledger by number | ledger | `CHAIN` / number |
 * | ledger entry of an event | ledger | `EVENT#id` / 0 |
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The records that have a state of their own. */
export type RecordKind =
  | 'TRIGGER'
  | 'PLAN'
  | 'DRAW'
  | 'INSPECTION'
  | 'DEADLINE'
  | 'SUBJECT'
  | 'INSPECTOR'
  | 'ITEM'
  | 'PERSON'
  | 'POLICY'
  | 'SOURCE'
  | 'SEAL'
  | 'PROGRESS'
  | 'PUBLICATION'
  | 'TERRITORY'
  | 'UNIT'
  | 'LIBRARY'
  | 'UPLOAD'
  | 'OPEN'
  | 'RECUSAL'
  | 'STAFFING'
  | 'FIRING'
  | 'STATUTORY'
  | 'STANDING'
  | 'REVIEW'
  | 'RISK'
  | 'WARNING'
  | 'SCAN'
  | 'PASS'
  | 'COOLDOWN'
  | 'REHEARSAL'
  | 'REHEARSED'
  | 'CALENDAR'
  | 'CORRECTION'
  | 'ASKED'
  | 'DEADLINE-RULES'
  | 'CALENDAR-LINK'
  | 'FEED'
  | 'FOLLOW-UP'
  | 'HANDOVER'
  | 'DOCKET'
  | 'ARCHIVE'
  | 'SENT'
  | 'SUBMISSION'
  | 'SUBMITTING'
  | 'CHANNEL'
  | 'PREFERENCES'
  | 'DELIVERY'
  | 'RATE'
  | 'SESSION-KEYS'
  | 'SIGNED-OUT'
  | 'SEEN'
  | 'DEAD-LETTERS';

const STATE = 'STATE';
export const EVENT_PREFIX = 'EVENT#';
export const MESSAGE_PREFIX = 'MESSAGE#';
export const PAGE_PREFIX = 'PAGE#';

export const stateKey = (kind: RecordKind, id: string): Key => ({ pk: `${kind}#${id}`, sk: STATE });

/** The partition in which a record's state and events stand together. */
export const recordPartition = (kind: string, id: string): string => `${kind.toUpperCase()}#${id}`;

export const eventKey = (about: { kind: string; id: string; version: number }, eventId: string): Key => ({
  pk: recordPartition(about.kind, about.id),
  sk: `${EVENT_PREFIX}${padded(about.version, 6)}#${eventId}`,
});

export const onceKey = (consumer: string, key: string): Key => ({
  pk: `ONCE#${consumer}#${key}`,
  sk: 'MARKER',
});

/** Pages hang under a key of what was gathered: two attempts that gathered differently can't overwrite each other's pages. */
export const poolPartition = (draw: string, key: string): string => `POOL#${draw}#${key}`;
export const proofPartition = (draw: string, hash: string): string => `PROOF#${draw}#${hash}`;
export const teamsPartition = (draw: string): string => `TEAMS#${draw}`;
/** Under the hash of what is in them: two attempts of one unit, or of two, can't mix theirs. */
export const chosenPartition = (draw: string, hash: string): string => `CHOSEN#${draw}#${hash}`;
export const partsPartition = (run: string): string => `PARTS#${run}`;
export const findingsPartition = (rehearsal: string): string => `FINDINGS#${rehearsal}`;
export const windowsPartition = (rehearsal: string, step: number): string => `WINDOWS#${rehearsal}#${step}`;
export const recountPartition = (cause: string): string => `RECOUNT#${cause}`;
export const withheldPartition = (draw: string): string => `WITHHELD#${draw}`;
export const pageKey = (partition: string, page: number): Key => ({
  pk: partition,
  sk: `${PAGE_PREFIX}${padded(page, 6)}`,
});

const DATE_PREFIX = 'DATE#';
/** Signals and given classes stand together, so that one query tells all that a rule may ask. */
export const historyPartition = (subject: string): string => `HISTORY#${subject}`;
export const givenClassKey = (subject: string, day: CalendarDate): Key => ({
  pk: historyPartition(subject),
  sk: `${DATE_PREFIX}${day}#CLASS`,
});
export const signalKey = (subject: string, day: CalendarDate, signal: string): Key => ({
  pk: historyPartition(subject),
  sk: `${DATE_PREFIX}${day}#SIGNAL#${signal}`,
});

/** Apart from the history, which a scan reads whole: what a row said before is for people. */
export const formerPartition = (subject: string): string => `FORMER#${subject}`;
export const formerKey = (subject: string, until: CalendarDate, digest: string): Key => ({
  pk: formerPartition(subject),
  sk: `${DATE_PREFIX}${until}#${digest}`,
});
/** A place among what stands by its day, without the prefix, `day#…`, and the key of it. */
export const datedAt = (sk: string): string => sk.slice(DATE_PREFIX.length);
export const datedKey = (partition: string, at: string): Key => ({ pk: partition, sk: DATE_PREFIX + at });

export const inboxPartition = (person: string): string => `INBOX#${person}`;
export const messageKey = (person: string, at: Instant, id: string): Key => ({
  pk: inboxPartition(person),
  sk: `${MESSAGE_PREFIX}${at}#${id}`,
});

/** Every version of an inspection's record stands beside it: entered again, nothing that was said before is lost. */
export const RECORD_PREFIX = 'RECORD#';
export const recordKey = (inspection: string, version: number): Key => ({
  pk: `INSPECTION#${inspection}`,
  sk: `${RECORD_PREFIX}${padded(version, 6)}`,
});

/** The files of an inspection stand beside it: one query gives them all. */
export const EVIDENCE_PREFIX = 'EVIDENCE#';
export const evidenceKey = (inspection: string, evidence: string): Key => ({
  pk: `INSPECTION#${inspection}`,
  sk: `${EVIDENCE_PREFIX}${evidence}`,
});

/**
 * A request for a correction stands beside the inspection, before its events and its evidence: one query gives all three,
 * with what stands between them, and leaves out the versions of the record and what is listed.
 */
export const CORRECTION_PREFIX = 'CORRECTION#';
export const correctionBesideKey = (inspection: string, correction: string): Key => ({
  pk: `INSPECTION#${inspection}`,
  sk: `${CORRECTION_PREFIX}${correction}`,
});
/** `~` sorts after every id. */
export const evidenceThrough = `${EVIDENCE_PREFIX}~`;

/** Stands beside the inspection, so that each member of the team has it in a list of their own. */
export const memberKey = (inspection: string, inspector: string): Key => ({
  pk: `INSPECTION#${inspection}`,
  sk: `MEMBER#${inspector}`,
});

/** Stands beside the inspection: its row in the list of a unit, or of all of them (`*`). */
export const listedKey = (inspection: string, scope: string): Key => ({
  pk: `INSPECTION#${inspection}`,
  sk: `LISTED#${scope}`,
});
/** A row stands in the list of its phase, and in one of all phases, in the same order. */
export const listedPlace = (scope: string, phase: string, place: string) => ({
  listPk: lists.listed(scope, phase),
  listSk: place,
  duePk: listedPartition(scope),
  dueSk: place,
});
export const listedPartition = (scope: string): string => `LISTED#${scope}`;

/** Each inspection of a unit is counted in one of so many places, so that a long list that is handed out doesn't meet on one. */
export const TALLY_SHARDS = 8;
export const tallyKeys = (scope: string): readonly Key[] =>
  shards(TALLY_SHARDS, (shard) => `SHARD#${shard}`).map((sk) => ({ pk: `TALLY#${scope}`, sk }));
export const tallyKey = (scope: string, inspection: string): Key => ({
  pk: `TALLY#${scope}`,
  sk: `SHARD#${shardOf(inspection, TALLY_SHARDS)}`,
});

export const draftKey = (inspection: string, person: string): Key => ({
  pk: `INSPECTION#${inspection}`,
  sk: `DRAFT#${person}`,
});

/** An older version of a publication; the current one is the record itself. */
export const versionKey = (publication: string, version: number): Key => ({
  pk: publicationPartition(publication),
  sk: `VERSION#${padded(version, 6)}`,
});
export const publicationPartition = (id: string): string => `PUBLICATION#${id}`;

/** A list that published results are found by; `list` as the domain names it. */
export const foundPartition = (list: string): string => `FOUND#${list}`;
/** Every list stands in the order of publication, so that a place in one is a place in each. */
export const foundKey = (list: string, publishedAt: Instant, id: string): Key => ({
  pk: foundPartition(list),
  sk: placeOf(publishedAt, id),
});
export const CHANGED_PARTITION = 'CHANGED';
export const changedKey = (at: Instant, id: string): Key => ({ pk: CHANGED_PARTITION, sk: placeOf(at, id) });
export const placeOf = (at: Instant, id: string): string => `${at}#${id}`;
/** `~` sorts after every id: everything up to and including the moment. */
export const placesThrough = (at: Instant): string => `${at}#~`;

/** Some thousands of results are published in a year, and what is owed is sent every few weeks; one partition serves. */
export const owedKey = (which: 'OWED' | 'UNFIT', at: Instant, inspection: string): DueKey => ({
  duePk: which,
  dueSk: placeOf(at, inspection),
});
export const submittedPartition = (submission: string, hash: string): string => `ROWS#${submission}#${hash}`;

export const receivedPartition = (source: string): string => `RECEIVED#${source}`;
/** A message that was refused and then accepted in the same moment has both. */
export const receivedKey = (source: string, at: Instant, message: string, outcome: string): Key => ({
  pk: receivedPartition(source),
  sk: `${placeOf(at, message)}#${outcome}`,
});

export const quotaKey = (name: string, day: CalendarDate): Key => ({ pk: `QUOTA#${name}#${day}`, sk: STATE });

/** The row of a visit for one item; without one, of the visit as a whole. */
export const visitKey = (inspection: string, item?: string): Key => ({
  pk: `VISIT#${inspection}`,
  sk: item === undefined ? STATE : `ITEM#${item}`,
});

/** A place for each unit: a later visit by another unit must not hide whom this one sent. */
export const lastTeamKey = (subject: string, unit: string): Key => ({
  pk: `LASTVISIT#${subject}`,
  sk: `UNIT#${unit}`,
});

/** Stands beside the inspection too, so that each draw lists the inspections that came of it. */
export const drawOfInspectionKey = (inspection: string, draw: string): Key => ({
  pk: `INSPECTION#${inspection}`,
  sk: `DRAW#${draw}`,
});

/** Stands beside the subject's recusals, so that each person lists their own. */
export const recusalKey = (subject: string, inspector: string): Key => ({
  pk: `RECUSAL#${subject}`,
  sk: `INSPECTOR#${inspector}`,
});

export const counterKey = (name: string, year: number): Key => ({ pk: `COUNTER#${name}#${year}`, sk: STATE });

/** A subject without an industry is found by undirected draws only. */
const NO_INDUSTRY = '-';

/** Objects of one territory stand in this many partitions, so that an import doesn't heat one. */
export const COHORT_SHARDS = 4;
export const DUE_SHARDS = 4;

export interface CohortKey {
  readonly cohortPk: string;
  readonly cohortSk: string;
}
export const cohortPartitions = (territory6: string): readonly string[] =>
  shards(COHORT_SHARDS, (shard) => `COHORT#${territory6}#${shard}`);
export const cohortKey = (territory: string, industry: string | undefined, id: string): CohortKey => ({
  cohortPk: `COHORT#${territory.slice(0, 6)}#${shardOf(id, COHORT_SHARDS)}`,
  cohortSk: `${industry ?? NO_INDUSTRY}#${id}`,
});

export interface DueKey {
  readonly duePk: string;
  readonly dueSk: string;
}
export const duePartitions: readonly string[] = shards(DUE_SHARDS, (shard) => `DUE#${shard}`);
export const dueKey = (day: CalendarDate, id: string): DueKey => ({
  duePk: `DUE#${shardOf(id, DUE_SHARDS)}`,
  dueSk: `${day}#${id}`,
});
/** A deadline stands in the list of its first unit by itself; beside it stand its places in those of the others. */
export const deadlineUnitKey = (deadline: string, unit: string): Key => ({
  pk: `DEADLINE#${deadline}`,
  sk: `UNIT#${unit}`,
});

/** Beside a deadline stands its place in the list of those of all units. */
export const openDeadlineKey = (deadline: string): Key => ({ pk: `DEADLINE#${deadline}`, sk: 'OPEN' });

/** What the lead section keeps and decides of is little: one partition serves. */
export const LEAD_PARTITION = 'LEAD';
/** The index carries no attribute of a deadline: the key says all that is listed, with what it is of at its end. */
export const leadKey = (said: {
  readonly kind: string;
  readonly requested: boolean;
  readonly due: CalendarDate;
  readonly id: string;
  readonly own: boolean;
  readonly of: { readonly kind: string; readonly id: string };
}): CohortKey => ({
  cohortPk: LEAD_PARTITION,
  cohortSk: [
    said.kind,
    said.requested ? 'requested' : '-',
    said.due,
    said.id,
    said.own ? 'own' : '-',
    said.of.kind,
    said.of.id,
  ].join('#'),
});

/** A month of a bureau has no more rows than it has units and kinds: one partition serves, and one query reads some months. */
export const PUNCTUALITY_PARTITION = 'PUNCTUALITY';
export const punctualityKey = (month: string, unit: string, kind: string): Key => ({
  pk: PUNCTUALITY_PARTITION,
  sk: `${month}#${unit}#${kind}`,
});

/** Raised when something is counted otherwise: the counts begin anew, and handing the events over again fills them. */
export const COUNTING = 2;
/** Rows of one count, which an event's id chooses from. */
const FIGURE_SHARDS = 8;
/** Some hundreds of rows a month; one partition serves what is counted in one way. */
export const figurePartition = (counted: string): string => `FIGURES#${COUNTING}#${counted}`;
export const figureKey = (counted: string, month: string, by: readonly string[], event: string): Key => ({
  pk: figurePartition(counted),
  sk: [month, ...by, shardOf(event, FIGURE_SHARDS)].join('#'),
});
/** `~` sorts after every `#`: all of the month. */
export const monthThrough = (month: string): string => `${month}~`;

/** `~` sorts after every id: everything up to and including the day. */
export const dueThrough = (day: CalendarDate): string => `${day}#~`;

/** Subjects that are to be looked at stand in this many partitions; each is a part of the scan. */
export const REVIEW_SHARDS = 8;
export const reviewPartitions: readonly string[] = shards(REVIEW_SHARDS, (shard) => `REVIEW#${shard}`);
export const reviewKey = (day: CalendarDate, subject: string): DueKey => ({
  duePk: `REVIEW#${shardOf(subject, REVIEW_SHARDS)}`,
  dueSk: `${day}#${subject}`,
});

/** Cohorts that a rule leaves alone for a while; one partition serves. */
export const COOLING_PARTITION = 'COOLING';
export const coolingKey = (day: CalendarDate, cohort: string): DueKey => ({
  duePk: COOLING_PARTITION,
  dueSk: `${day}#${cohort}`,
});

/** Rules change seldom; one partition serves. */
export const PASS_PARTITION = 'PASS';
export const passKey = (day: CalendarDate, rule: string): DueKey => ({
  duePk: PASS_PARTITION,
  dueSk: `${day}#${rule}`,
});

/** The cells of one county stand together: they are read together, when a cohort in it is looked at. */
export const cellPartition = (territory6: string): string => `CELL#${territory6}`;
export const cellKey = (territory: string, industry: string | undefined): Key => ({
  pk: cellPartition(territory.slice(0, 6)),
  sk: `${territory}#${industry ?? NO_INDUSTRY}`,
});

/** A row for each month and part of a scan: the parts of a morning don't meet on one. */
export const CLASSES_PARTITION = 'CLASSES';
export const classesKey = (month: string, part: number): Key => ({
  pk: CLASSES_PARTITION,
  sk: `${month}#${part}`,
});

/** Few draws wait at one time: one partition serves. */
export const AWAITED_PARTITION = 'AWAITED';
export const awaitedKey = (at: Instant, draw: string): DueKey => ({
  duePk: AWAITED_PARTITION,
  dueSk: `${at}#${draw}`,
});
/** `~` sorts after every id: everything up to and including the moment. */
export const awaitedThrough = (at: Instant): string => `${at}#~`;

/** A morning's messages are due all at once. Each channel has partitions of its own: what waits for a slow one is not read for the others. */
export const OUTGOING_SHARDS = 4;
export const outgoingPartitions = (channel: string): readonly string[] =>
  shards(OUTGOING_SHARDS, (shard) => `OUTGOING#${channel}#${shard}`);
export const outgoingKey = (channel: string, at: Instant, delivery: string): DueKey => ({
  duePk: `OUTGOING#${channel}#${shardOf(delivery, OUTGOING_SHARDS)}`,
  dueSk: `${at}#${delivery}`,
});
export const outgoingThrough = (at: Instant): string => `${at}#~`;

/** Inspectors whose certificate or training is far from its end are not looked at; one partition serves a bureau. */
export const EXPIRING_PARTITION = 'EXPIRING';
export const expiringKey = (day: CalendarDate, inspector: string): DueKey => ({
  duePk: EXPIRING_PARTITION,
  dueSk: `${day}#${inspector}`,
});
/** Everything up to and including the day ends where the next one begins. No `~` here: staff numbers may have Chinese characters, which sort after it. */
export const expiringThrough = (day: CalendarDate): string => addDays(day, 1);

/** A bureau has some hundreds of people; one partition serves, and one query lists them all, by unit. */
export const PEOPLE_PARTITION = 'PEOPLE';
export const peopleKey = (unit: string, staffNo: string): DueKey => ({
  duePk: PEOPLE_PARTITION,
  dueSk: `${unit}#${staffNo}`,
});

/** A bureau has some hundreds of inspectors; one partition serves, and one query counts them all. */
export const DIRECTORY_PARTITION = 'DIRECTORY';
export const directoryKey = (inspector: string): Key => ({
  pk: DIRECTORY_PARTITION,
  sk: `INSPECTOR#${inspector}`,
});

/** Visits leave it when they are published: what an inspector has on hand is read without what they ever had. */
export const onHandPartition = (inspector: string): string => `ONHAND#${inspector}`;
export const onHandKey = (inspector: string, inspection: string): DueKey => ({
  duePk: onHandPartition(inspector),
  dueSk: inspection,
});

/** Follow-ups and handovers stand in the lists of the open or of the closed ones, by the day they are due. */
export type OpenOrClosed = 'open' | 'closed';
export const followUpsOfUnit = (unit: string, state: OpenOrClosed): string => `FOLLOW-UP#${unit}#${state}`;
export const handoversOfUnit = (unit: string, state: OpenOrClosed): string => `HANDOVER#${unit}#${state}`;
export const dayPlace = (day: CalendarDate, id: string): string => `${day}#${id}`;

/** The copy of a handover in the list of the unit that receives it. */
export const receiverKey = (handover: string): Key => ({ pk: `HANDOVER#${handover}`, sk: 'RECEIVER' });

export interface ListKey {
  readonly listPk: string;
  readonly listSk: string;
}
export const lists = {
  inspectorsOf: (unit: string) => `LIST#INSPECTOR#${unit}`,
  /** Sorted by unit, then staff number. */
  peopleOf: (role: string) => `LIST#PERSON#${role}`,
  territories: 'LIST#TERRITORY',
  units: 'LIST#UNIT',
  items: 'LIST#ITEM',
  policies: 'LIST#POLICY',
  /** Apart from the policies of triggers: each is read where it is needed only. */
  riskRules: 'LIST#RISK-RULE',
  warningsOf: (status: string) => `LIST#WARNING#${status}`,
  scans: 'LIST#SCAN',
  sources: 'LIST#SOURCE',
  published: 'LIST#PUBLISHED',
  /** Open deadlines only, so that a list doesn't grow with the years. */
  deadlinesOf: (unit: string) => `LIST#DEADLINE#${unit}`,
  /** Those of all units, by their day. A bureau has some hundreds at any time; one partition serves. */
  openDeadlines: 'LIST#OPEN-DEADLINE',
  channels: 'LIST#CHANNEL',
  deliveriesOf: (status: string) => `LIST#DELIVERY#${status}`,
  correctionsOf: (status: string) => `LIST#CORRECTION#${status}`,
  followUps: (state: OpenOrClosed | '*') => `LIST#FOLLOW-UP#${state}`,
  handovers: (state: OpenOrClosed | '*') => `LIST#HANDOVER#${state}`,
  submissions: 'LIST#SUBMISSION',
  draws: 'LIST#DRAW',
  triggers: 'LIST#TRIGGER',
  visits: 'LIST#VISIT',
  visitsFor: (item: string) => `LIST#VISIT#${item}`,
  listed: (scope: string, phase: string) => `LIST#LISTED#${scope}#${phase}`,
  inspectionsOf: (inspector: string) => `LIST#INSPECTION#${inspector}`,
  inspectionsOfDraw: (draw: string) => `LIST#INSPECTIONS-OF-DRAW#${draw}`,
  recusalsOf: (inspector: string) => `LIST#RECUSAL#${inspector}`,
} as const;

export const LEDGER_CHAIN = 'CHAIN';
export const ledgerMarkerKey = (eventId: string): { chain: string; seq: number } => ({
  chain: `${EVENT_PREFIX}${eventId}`,
  seq: 0,
});

function shards(count: number, name: (shard: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, shard) => name(shard));
}

/** Which partition an id stands in: a function of the id alone, so that a record is always found again. */
function shardOf(id: string, count: number): number {
  return Number.parseInt(sha256(id).slice(0, 8), 16) % count;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
