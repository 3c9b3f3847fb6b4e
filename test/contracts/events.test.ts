import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, eventTypes, type EventType } from '#contracts/catalogue.ts';
import { MingchouEvent, newEvent } from '#contracts/events.ts';
import { defaultTable } from '#domain/deadline/rules.ts';
import { MONDAY, sampleEvent } from '../support/samples.ts';

const HASH = 'a'.repeat(64);
const warned = {
  subjectId: '91410381MA00000001',
  subjectName: '示例加油站',
  policies: ['many-complaints'],
};
const ofClue = { inspection: 'I-1', subjectId: '91410381MA00000001', subjectName: '示例加油站' };
const ofCase = { ...ofClue, kind: 'rectification' };
const receiver = { kind: 'authority', name: '市场监管局', contact: '0379-12345' };
/** Data of every event of the catalogue, as its makers write it; a new event has to be added here. */
const data: Readonly<Record<EventType, unknown>> = {
  'trigger.received': { source: 'hotline-12345', category: 'complaint', title: '加油站' },
  'trigger.fired': { policy: 'fuel', policyVersion: 1 },
  'trigger.held': { reason: '没有规则适用', title: '加油站' },
  'trigger.dismissed': { reason: '重复' },
  'trigger.merged': { into: 'T-2', title: '加油站', policy: 'fuel', late: '91410381MA00000001' },
  'trigger.extended': { merged: 'T-1', reports: 1 },
  'draw.proposed': {
    approval: 'lead-section',
    title: '加油站抽查',
    trigger: 'T-1',
    policy: 'fuel',
    plan: '明抽〔2026〕1号',
    items: ['YS-001'],
  },
  'draw.approved': { how: 'automatic' },
  'draw.gathering': { step: 1, objects: 100_000 },
  'draw.beacon-unavailable': { reason: '不可用' },
  'draw.freeze-requested': {},
  'draw.committed': { commitmentHash: HASH, poolRoot: HASH, poolSize: 10, quota: 1, beacon: 'sealed' },
  'draw.beacon-entered': { entries: 1, agreed: false },
  'draw.beacon-arrived': { value: HASH },
  'draw.drawn': { seed: HASH, selected: 1 },
  'draw.matched': { teams: 1, proofHash: HASH },
  'draw.match-requested': {},
  'draw.unstaffed': { reason: '无人' },
  'draw.staffing-requested': { title: '加油站抽查', units: [{ unit: '节能监察中心', objects: 3 }] },
  'draw.teams-chosen': { unit: '节能监察中心', teams: 3, teamsHash: HASH, reason: '专项任务' },
  'draw.dispatching': { done: 500, units: [{ unit: '节能监察中心', objects: 500 }] },
  'draw.dispatched': { inspections: 1, title: '抽查', units: [{ unit: '节能监察中心', objects: 1 }] },
  'draw.closed': { inspections: 1 },
  'draw.replaced': { by: 'D-2' },
  'draw.voided': { reason: '名单为空' },
  'inspection.assigned': {
    draw: 'D-1',
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
    team: [{ inspector: 'GX-001', unit: '节能监察中心' }],
    acceptBy: '2026-03-04',
  },
  'inspection.joined': {
    draw: 'D-2',
    planNumber: '明抽〔2026〕2号',
    how: 'named',
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
    items: ['YS-002'],
    units: ['节能监察中心'],
    team: [{ inspector: 'GX-001', unit: '节能监察中心', joined: true }],
    acceptBy: '2026-03-04',
  },
  'inspection.recused': {
    inspector: 'GX-001',
    unit: '节能监察中心',
    kind: 'kinship',
    reason: '近亲属',
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
    seatOpen: false,
  },
  'inspection.replaced': {
    inspector: 'GX-001',
    successor: 'GX-003',
    unit: '节能监察中心',
    why: 'recused',
    reason: '近亲属',
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
    acceptBy: '2026-03-04',
  },
  'inspection.assigned-directly': {
    unit: '节能监察中心',
    team: ['GX-003', 'GX-004'],
    newcomers: ['GX-004'],
    leavers: ['GX-001'],
    reason: '熟悉设备',
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
    acceptBy: '2026-03-04',
  },
  'inspection.expert-invited': { name: '专家甲', organisation: '检测所', role: '检测' },
  'follow-up.raised': { ...ofCase, unit: '节能监察中心', team: ['GX-001'], due: '2026-04-27' },
  'follow-up.due-set': { due: '2026-04-10', reason: '整改量小' },
  'follow-up.noted': { text: '已约谈' },
  'follow-up.document-entered': {
    document: 'rectification-order',
    number: '责改〔2026〕1号',
    on: '2026-03-20',
  },
  'follow-up.evidence-entered': { reference: '整改照片 3 张' },
  'follow-up.offered': { ...ofCase, from: '节能监察中心', to: '商务综合执法大队', reason: '属其管辖' },
  'follow-up.accepted': { ...ofCase, from: '节能监察中心', to: '商务综合执法大队' },
  'follow-up.declined': { ...ofCase, from: '节能监察中心', to: '商务综合执法大队', reason: '不属管辖' },
  'follow-up.closed': { ...ofCase, outcome: 'rectified' },
  'handover.raised': {
    ...ofClue,
    from: '节能监察中心',
    receiver,
    field: '计量法',
    clueHash: HASH,
    receiptBy: '2026-03-05',
  },
  'handover.sent': { ...ofClue, from: '节能监察中心', receiver, field: '计量法', receiptBy: '2026-03-05' },
  'handover.received': { inspection: 'I-1', number: '收〔2026〕8号', on: '2026-03-04' },
  'handover.returned': { ...ofClue, from: '节能监察中心', raisedBy: 'GX-001', reason: '不属职责' },
  'handover.closed': { inspection: 'I-1', note: '已立案' },
  'inspection.closed': { followUps: 1, handovers: 1 },
  'inspection.archived': { archiveNumber: '节能监察中心-SSJ·2026-0001', unit: '节能监察中心' },
  'inspection.packaged': {
    archiveNumber: '节能监察中心-SSJ·2026-0001',
    files: 9,
    bytes: 40_000,
    packageHash: HASH,
  },
  'submission.made': { rows: 3, unfit: 1, rowsHash: HASH, csvHash: HASH, xlsxHash: HASH },
  'submission.confirmed': {},
  'submission.rejected': { reason: '模板不符', rows: 3 },
  'correction.received': {
    inspection: 'I-1',
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
    units: ['节能监察中心'],
    from: 'public',
    answerBy: '2026-03-09',
  },
  'correction.granted': { inspection: 'I-1', outcome: 'corrected', version: 2 },
  'correction.refused': { inspection: 'I-1', reason: '与检查记录一致' },
  'inspection.republished': {
    correction: 'C-1',
    version: 2,
    publicationHash: HASH,
    previousHash: HASH,
    reason: '名称有误',
  },
  'inspection.withdrawn': {
    correction: 'C-1',
    version: 2,
    publicationHash: HASH,
    previousHash: HASH,
    legalReason: '《政府信息公开条例》第十五条',
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
  },
  'recusal.declared': { inspector: 'GX-001', kind: 'interest', reason: '持有股份' },
  'inspection.accepted': { inspector: 'GX-001', complete: false },
  'inspection.begun': {},
  'inspection.ended': { publishBy: '2026-03-30', provisional: false },
  'inspection.evidence-stored': { evidence: 'V-1', mediaType: 'image/jpeg', size: 5, sha256: HASH },
  'inspection.recorded': { results: [1], recordHash: HASH },
  'inspection.published': { onTime: true, publicationHash: HASH },
  'inspector.warned': {
    name: '张三',
    unit: '节能监察中心',
    of: 'certificate',
    through: '2026-05-01',
    rung: '60',
    daysLeft: 60,
  },
  'inspector.leave-set': {
    unit: '节能监察中心',
    leave: [{ from: '2026-03-02', through: '2026-03-06' }],
    before: [],
  },
  'inspector.trained': {
    unit: '节能监察中心',
    title: '执法能力培训',
    on: '2026-03-02',
    validThrough: '2028-03-01',
  },
  'signal.recorded': { subjectId: '91410381MA00000001', kind: 'complaint', on: '2026-03-02' },
  'warning.raised': { ...warned, level: 'warning' },
  'warning.changed': { ...warned, level: 'severe', before: 'warning' },
  'warning.cleared': { subjectId: '91410381MA00000001', subjectName: '示例加油站' },
  'warning.acknowledged': { subjectId: '91410381MA00000001', subjectName: '示例加油站', note: '已约谈' },
  'warning.dismissed': { subjectId: '91410381MA00000001', subjectName: '示例加油站', note: '数据有误' },
  'warning.check-due': { ...warned, level: 'severe', items: ['YS-001'] },
  'scan.started': { day: '2026-03-02', parts: 9 },
  'scan.continued': { part: 0, checkpoint: 1 },
  'scan.weighing': { territories: 1 },
  'scan.finished': {
    day: '2026-03-02',
    counts: { evaluated: 10, raised: 1, changed: 0, cleared: 0, checks: 0, failed: 0 },
    cohorts: { looked: 4, fired: 1, coolingDown: 0, failed: 0 },
  },
  'deadline.reminded': {
    deadline: 'publish',
    of: { kind: 'inspection', id: 'I-1' },
    due: '2026-03-30',
    remaining: -1,
    level: 1,
    reaches: ['actor', 'unit'],
    units: ['节能监察中心'],
  },
  'deadline.requested': {
    deadline: 'finish',
    of: { kind: 'inspection', id: 'I-1' },
    units: ['节能监察中心'],
    due: '2026-03-30',
    what: 'extend',
    workingDays: 5,
    reason: '企业停产检修',
  },
  'deadline.granted': {
    deadline: 'finish',
    of: { kind: 'inspection', id: 'I-1' },
    units: ['节能监察中心'],
    what: 'extend',
    workingDays: 5,
    reason: '企业停产检修',
    requestedBy: 'DW0001',
    from: '2026-03-30',
    to: '2026-04-07',
  },
  'deadline.request-refused': {
    deadline: 'finish',
    of: { kind: 'inspection', id: 'I-1' },
    units: ['节能监察中心'],
    due: '2026-03-30',
    what: 'pause',
    requestedBy: 'DW0001',
    reason: '理由不充分',
  },
  'deadline.resumed': {
    deadline: 'finish',
    of: { kind: 'inspection', id: 'I-1' },
    units: ['节能监察中心'],
    from: '2026-03-30',
    to: '2026-04-07',
    reason: '企业复产',
  },
  'calendar.adopted': {
    year: 2027,
    daysOff: ['2027-01-01'],
    makeUpDays: ['2027-01-30'],
    contentHash: HASH,
    corrects: false,
  },
  'deadline-rules.adopted': {
    rulesVersion: 1,
    effectiveFrom: '2026-04-01',
    rules: defaultTable,
    contentHash: HASH,
  },
  'calendar.recounting': { year: 2027, cause: 'E-1', step: 1, shard: 0, after: '2027-01-04#L-1' },
  'calendar.recounted': { year: 2027, cause: 'E-1', steps: 2 },
  'deadline.moved': {
    deadline: 'publish',
    of: { kind: 'inspection', id: 'I-1' },
    from: '2027-01-12',
    to: '2027-01-11',
    provisional: false,
    remaining: 3,
  },
  'delivery.delivered': { channel: 'mail', to: 'GX-001', attempts: 1, messages: 3 },
  'delivery.dead': { channel: 'mail', to: 'GX-001', attempts: 1, messages: 3 },
  'delivery.doubtful': { channel: 'mail', to: 'GX-001', attempts: 1, messages: 3 },
  'delivery.resent': { channel: 'mail', to: 'GX-001', reason: '已电话告知' },
  'delivery.accepted': { channel: 'mail', to: 'GX-001', reason: '已电话告知' },
  'channel.set': { name: '邮件', kind: 'mail', enabled: true },
  'preferences.set': { language: 'zh' },
  'message.posted': { to: 'GX-001', urgency: 'digest', subject: '提醒', text: '提醒' },
  'library.import-started': { library: 'subjects', upload: 'U-1', dryRun: false },
  'library.import-continued': { library: 'subjects', part: 1, rows: 1000 },
  'library.import-finished': {
    library: 'subjects',
    dryRun: false,
    added: 2,
    changed: 0,
    unchanged: 0,
    rejected: 1,
  },
  'library.import-refused': { library: 'subjects', reason: 'columns-missing' },
  'dead-letters.redriven': { reason: '已修复', letters: ['M-1'], events: ['E-1'], remaining: 0 },
  'dead-letters.discarded': { reason: '下一次运行已补上', letters: ['M-1'], events: [], remaining: 2 },
  'library.imported': { library: 'subjects', rows: 2, rejected: 0, contentHash: HASH },
  'rehearsal.started': {
    policy: 'fuel',
    about: 'trigger',
    contentHash: HASH,
    from: '2026-01-01',
    through: '2026-03-01',
  },
  'rehearsal.continued': { policy: 'fuel', step: 1, done: 10_000, total: 25_000 },
  'rehearsal.finished': {
    policy: 'fuel',
    about: 'trigger',
    contentHash: HASH,
    looked: 25_000,
    found: 12,
    failed: 0,
  },
  'policy.adopted': { policyVersion: 1, contentHash: HASH, confirmed: true },
  'source.registered': { name: '热线' },
  'source.rotated': { olderUntil: '2026-03-03T01:30:00.000Z' },
};
const envelope = {
  id: 'E-1',
  time: MONDAY,
  about: { kind: 'trigger', id: 'T-1', version: 1 },
  correlation: 'T-1',
  causation: 'msg_1',
  actor: { kind: 'function', id: 'triage' },
};

describe('the catalogue and the union of events', () => {
  it('hold the same types', () => {
    const members = MingchouEvent.options.map((option) => option.shape.type.value);
    expect(members.toSorted()).toEqual([...eventTypes].toSorted());
    expect(new Set(members).size).toBe(members.length);
    expect(Object.keys(data).toSorted()).toEqual([...eventTypes].toSorted());
  });

  it.each(eventTypes)('take %s through JSON and back unchanged', (type) => {
    const event = { ...envelope, type, data: data[type] };
    const there = MingchouEvent.parse(event);
    expect(there).toEqual(event);
    expect(MingchouEvent.parse(JSON.parse(JSON.stringify(there)))).toEqual(event);
    expect(catalogue[type].schema.parse(there)).toEqual(event);
  });

  it.each(eventTypes)('refuse %s with a member that the catalogue does not have', (type) => {
    const odd = { ...envelope, type, data: { ...Object(data[type]), surprise: 1 } };
    expect(MingchouEvent.safeParse(odd).success).toBe(false);
    expect(MingchouEvent.safeParse({ ...envelope, type, data: data[type], surprise: 1 }).success).toBe(false);
  });

  const sayNothing: ReadonlySet<EventType> = new Set([
    'inspection.begun',
    'draw.match-requested',
    'draw.freeze-requested',
    'submission.confirmed',
  ]);
  it.each(eventTypes.filter((type) => !sayNothing.has(type)))('refuse %s without its data', (type) => {
    expect(MingchouEvent.safeParse({ ...envelope, type, data: {} }).success).toBe(false);
  });

  it('refuse a type that nobody writes', () => {
    expect(MingchouEvent.safeParse({ ...envelope, type: 'trigger.lost', data: {} }).success).toBe(false);
    expect(MingchouEvent.safeParse({ ...envelope, type: 'toString', data: {} }).success).toBe(false);
  });
});

describe('a new event', () => {
  it('has an id that follows from cause, type, record and its version', () => {
    expect(sampleEvent('T-1', 'cause').id).not.toBe(sampleEvent('T-1', 'cause', 2).id);
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string(),
        fc.string(),
        (cause, record, otherCause, otherRecord) => {
          const same = cause === otherCause && record === otherRecord;
          expect(sampleEvent(record, cause).id === sampleEvent(otherRecord, otherCause).id).toBe(same);
        },
      ),
      { seed: 9 },
    );
  });

  it('of another type has another id', () => {
    const facts = {
      time: MONDAY,
      about: { kind: 'trigger', id: 'T-1', version: 1 },
      correlation: 'T-1',
      causation: 'cause',
      actor: { kind: 'function', id: 'triage' },
    } as const;
    const fired = newEvent('trigger.fired', { ...facts, data: { policy: 'fuel', policyVersion: 1 } });
    const held = newEvent('trigger.held', { ...facts, data: { reason: 'x', title: 'y' } });
    expect([fired.type, held.type]).toEqual(['trigger.fired', 'trigger.held']);
    expect(fired.id).not.toBe(held.id);
  });

  it('is not made when its readers would refuse it', () => {
    expect(() => sampleEvent('T-1', 'cause', 0)).toThrow('version');
  });
});
