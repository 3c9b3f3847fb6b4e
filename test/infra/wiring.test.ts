import { beforeAll, describe, expect, it } from 'vitest';
import { localStage } from '#infra/local-stage.ts';
import { busEvent, handlerOf } from '../lambda/invoke.ts';
import { catalogue, eventTypes, type EventType } from '#contracts/catalogue.ts';
import { consumers } from '#infra/capabilities/consumers.ts';
import { openDatabase } from '../support/database.ts';
import { MONDAY } from '../support/samples.ts';

beforeAll(async () => {
  await openDatabase();
  const { planNumberTemplate, drand } = localStage();
  Object.assign(process.env, {
    PLAN_NUMBER_TEMPLATE: planNumberTemplate,
    GATHER_LIMIT: '100',
    DISPATCH_BATCH: '500',
    FILES_BUCKET: 'files',
    EVIDENCE_BUCKET: 'evidence',
    SUBMISSION_ROWS: '10',
    IMPORT_ROWS: '1000',
    SCAN_STEP: '100',
    PASS_PER_DAY: '100',
    EXPORT_ROWS: '1000',
    REHEARSAL_STEP: '1000',
    RECOUNT_BATCH: '100',
    DRAND_RELAYS: drand.relays.join(','),
    DRAND_CHAIN: JSON.stringify(drand.chain),
  });
});

const HASH = 'a'.repeat(64);
const subject = { subjectId: 'S', subjectName: 'n' };
const of = { kind: 'inspection', id: 'I-unknown' };
const ofCase = { inspection: 'I', kind: 'rectification', ...subject };
const ofClue = {
  inspection: 'I',
  ...subject,
  from: 'u',
  receiver: { kind: 'unit', unit: 'v' },
  field: 'f',
  receiptBy: '2026-03-05',
};
/** Data of the events that functions of this stack hear. */
const data = new Map<EventType, unknown>([
  ['trigger.received', { source: 's', category: 'complaint', title: 't' }],
  ['trigger.fired', { policy: 'p', policyVersion: 1 }],
  ['trigger.held', { reason: 'r', title: 't' }],
  ['trigger.merged', { into: 'T', title: 't' }],
  ['message.posted', { to: 'p', urgency: 'digest', subject: 's', text: 't' }],
  [
    'inspector.warned',
    { name: 'n', unit: 'u', of: 'training', through: '2026-03-04', rung: '7', daysLeft: 2 },
  ],
  [
    'draw.proposed',
    { approval: 'automatic', title: 't', trigger: 'T', policy: 'p', plan: 'n', items: ['i'] },
  ],
  ['draw.match-requested', {}],
  ['draw.approved', { how: 'automatic' }],
  ['draw.gathering', { step: 1, objects: 1 }],
  ['draw.beacon-unavailable', { reason: 'r' }],
  ['draw.freeze-requested', {}],
  [
    'draw.committed',
    { commitmentHash: HASH, poolRoot: HASH, poolSize: 1, quota: 1, beacon: 'announced', readyAt: MONDAY },
  ],
  ['draw.beacon-entered', { entries: 1, agreed: false }],
  ['draw.beacon-arrived', { value: HASH }],
  ['draw.dispatched', { inspections: 1 }],
  ['draw.drawn', { seed: HASH, selected: 1 }],
  ['draw.matched', { teams: 1, proofHash: HASH }],
  ['draw.unstaffed', { reason: 'r' }],
  ['draw.voided', { reason: 'r' }],
  ['inspection.assigned', { draw: 'D', subjectId: 'S', subjectName: 'n', team: [], acceptBy: '2026-03-04' }],
  ['inspection.published', { onTime: true, publicationHash: HASH }],
  ['draw.dispatching', { done: 1 }],
  ['draw.staffing-requested', { title: 't', units: [] }],
  [
    'inspection.joined',
    { draw: 'D', planNumber: 'n', how: 'drawn', ...subject, items: [], units: [], team: [] },
  ],
  [
    'inspection.recused',
    { inspector: 'a', unit: 'u', kind: 'other', reason: 'r', ...subject, seatOpen: false },
  ],
  [
    'inspection.replaced',
    {
      inspector: 'a',
      successor: 'b',
      unit: 'u',
      why: 'recused',
      reason: 'r',
      ...subject,
      acceptBy: '2026-03-04',
    },
  ],
  [
    'inspection.assigned-directly',
    { unit: 'u', team: [], newcomers: [], leavers: [], reason: 'r', ...subject },
  ],
  ['library.import-started', { library: 'subjects', upload: 'U', dryRun: false }],
  ['library.import-continued', { library: 'subjects', part: 0, rows: 0 }],
  ['warning.raised', { ...subject, level: 'severe', policies: ['p'] }],
  ['warning.changed', { ...subject, level: 'severe', before: 'watch', policies: ['p'] }],
  ['warning.check-due', { ...subject, level: 'severe', policies: ['p'], items: ['i'] }],
  ['scan.continued', { part: 0, checkpoint: 1 }],
  ['scan.weighing', { territories: 1 }],
  [
    'scan.finished',
    {
      day: '2026-03-02',
      counts: { evaluated: 1, raised: 1, changed: 0, cleared: 0, checks: 0, failed: 0 },
      cohorts: { looked: 0, fired: 0, coolingDown: 0, failed: 0 },
    },
  ],
  [
    'rehearsal.started',
    { policy: 'p', about: 'subject', contentHash: HASH, from: '2026-01-01', through: '2026-03-01' },
  ],
  ['rehearsal.continued', { policy: 'p', step: 0, done: 0, total: 1 }],
  [
    'correction.received',
    { inspection: 'I', ...subject, units: ['u'], from: 'public', answerBy: '2026-03-09' },
  ],
  [
    'inspection.withdrawn',
    { correction: 'C', version: 2, publicationHash: HASH, previousHash: HASH, legalReason: 'r', ...subject },
  ],
  [
    'inspection.republished',
    { correction: 'C', version: 2, publicationHash: HASH, previousHash: HASH, reason: 'r' },
  ],
  ['follow-up.raised', { ...ofCase, unit: 'u', team: ['a'], due: '2026-04-27' }],
  ['follow-up.offered', { ...ofCase, from: 'u', to: 'v', reason: 'r' }],
  ['follow-up.accepted', { ...ofCase, from: 'u', to: 'v' }],
  ['follow-up.declined', { ...ofCase, from: 'u', to: 'v', reason: 'r' }],
  ['follow-up.closed', { ...ofCase, outcome: 'rectified' }],
  ['inspection.archived', { archiveNumber: 'n', unit: 'u' }],
  ['handover.raised', { ...ofClue, clueHash: HASH }],
  ['handover.sent', ofClue],
  ['handover.returned', { inspection: 'I', ...subject, from: 'u', raisedBy: 'a', reason: 'r' }],
  ['handover.closed', { inspection: 'I', note: 'n' }],
  ['calendar.adopted', { year: 2027, daysOff: [], makeUpDays: [], contentHash: HASH, corrects: false }],
  ['calendar.recounting', { year: 2027, cause: 'E', step: 1, shard: 0 }],
  ['calendar.recounted', { year: 2027, cause: 'E', steps: 1 }],
  [
    'deadline.reminded',
    { deadline: 'publish', of, due: '2026-03-30', remaining: 1, level: 0, reaches: ['actor'], units: [] },
  ],
  [
    'deadline.requested',
    { deadline: 'finish', of, units: [], due: '2026-03-30', what: 'pause', reason: 'r' },
  ],
  [
    'deadline.granted',
    {
      deadline: 'finish',
      of,
      units: [],
      what: 'pause',
      reason: 'r',
      requestedBy: 'a',
      from: '2026-03-30',
      to: '2026-03-30',
    },
  ],
  [
    'deadline.request-refused',
    { deadline: 'finish', of, units: [], due: '2026-03-30', what: 'pause', requestedBy: 'a', reason: 'r' },
  ],
  [
    'deadline.resumed',
    { deadline: 'finish', of, units: [], from: '2026-03-30', to: '2026-04-01', reason: 'r' },
  ],
]);

/** What a function says to an event about a record that does not exist: anything but that it is not made for it. */
async function outcomeOf(name: string, type: EventType): Promise<string> {
  const about = { kind: 'draw', id: 'unknown', version: 1 };
  const envelope = {
    id: `E-${type}`,
    time: MONDAY,
    about,
    correlation: 'T',
    causation: 'c',
    actor: { kind: 'function', id: 'test' },
  };
  const event = { ...envelope, type, data: data.get(type) };
  const call = await handlerOf(name);
  try {
    await call(busEvent(event));
    return 'handled';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const heard = Object.entries(consumers).flatMap(([name, { hears }]) =>
  hears.map((type) => [name, type] as const),
);

describe('each rule', () => {
  it.each(heard)('%s is given %s, which it handles', async (name, type) => {
    const outcome = await outcomeOf(name, type);
    expect(outcome).toMatch(/^handled$|was not found/);
  });

  it('would be found out if its function did not handle the event', async () => {
    expect(await outcomeOf('match', 'trigger.received')).toBe(
      'match is wired to trigger.received, which it does not handle',
    );
  });

  it('stands for every event of the inside', () => {
    const inside = eventTypes.filter((type) => catalogue[type].audience === 'inside');
    expect([...new Set(heard.map(([, type]) => type))].toSorted()).toEqual(inside.toSorted());
    expect([...data.keys()].toSorted()).toEqual(inside.toSorted());
  });
});
