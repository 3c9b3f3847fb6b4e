import { describe, expect, it } from 'vitest';
import { meetDeadline } from '#domain/deadline/deadline.ts';
import { decide } from '#domain/inspection/inspection.ts';
import type { Message } from '#domain/message/message.ts';
import type { Publication } from '#domain/inspection/publication.ts';
import { commit, type StateWrite } from '#store/commit.ts';
import { createdDeadline, deadlinesDue, loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import {
  changedInspection,
  createdInspection,
  inspectionsOf,
  inspectionsOfDraw,
  loadInspection,
} from '#store/inspections.ts';
import { knownItems, itemsOf } from '#store/items.ts';
import { libraryItems } from '#store/libraries.ts';
import { createdMessage, messagesOf } from '#store/messages.ts';
import { putPages } from '#store/pages.ts';
import { everybody, inspectorsOf, requireRole, staffIn, staffOf } from '#store/people.ts';
import { adopted, allPolicies, policiesInForce, policyVersion, versionsOf } from '#store/policies.ts';
import { createdPublication, loadPublicRecord, publications } from '#store/publications.ts';
import { loadRecusals, recusalsOf, recusalsKeys, recusalWrites, recusedFound } from '#store/recusals.ts';
import { loadTogether } from '#store/store.ts';
import { subjectsById } from '#store/subjects.ts';
import { Item } from '#domain/item/item.ts';
import type { Person } from '#domain/person/person.ts';
import { openDatabase } from '../support/database.ts';
import { refusalFrom, refusalOf } from '../support/refusals.ts';
import { assignedInspection, at, day, fuelPolicy, MONDAY, openDeadline } from '../support/samples.ts';

const { state } = await openDatabase();
const save = (...writes: StateWrite[]) => commit(state, { at: MONDAY, writes, events: [] });

describe('deadlines', () => {
  it('article 14: are due by their next rung, out of every shard, today and before but not after', async () => {
    const spread = Array.from({ length: 24 }, (_, n) => ({
      ...openDeadline,
      id: `L-${n}`,
      nextRung: day(n % 3 === 0 ? '2026-03-15' : n % 3 === 1 ? '2026-03-16' : '2026-03-17'),
    }));
    await save(...spread.map(createdDeadline));
    const due = await deadlinesDue(state, day('2026-03-16'));
    const expected = spread.filter((deadline) => deadline.nextRung !== '2026-03-17');
    expect(due.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    expect(due).toContainEqual({ ...openDeadline, id: 'L-1' });
  });

  it('leave the list of due ones once met, and are still read by id', async () => {
    await save(createdDeadline({ ...openDeadline, id: 'L-met', nextRung: day('2020-01-02') }));
    expect((await deadlinesDue(state, day('2020-01-02'))).map(({ id }) => id)).toEqual(['L-met']);
    await save(updatedDeadline(meetDeadline(await loadDeadline(state, 'L-met'), MONDAY)));
    expect(await deadlinesDue(state, day('2020-01-02'))).toEqual([]);
    expect((await loadDeadline(state, 'L-met')).status).toBe('met');
  });
});

describe('policies', () => {
  it('article 17: are kept in every version, and the one in force is chosen by the day', async () => {
    await save(
      adopted(fuelPolicy),
      adopted({ ...fuelPolicy, version: 2, effectiveFrom: day('2026-04-01') }),
      adopted({ ...fuelPolicy, version: 10, effectiveFrom: day('2026-05-01') }),
      adopted({ ...fuelPolicy, id: 'complaint-fuel-stations' }),
    );
    expect((await versionsOf(state, 'complaint-fuel')).map(({ version }) => version)).toEqual([1, 2, 10]);
    expect((await allPolicies(state)).length).toBe(4);
    const inForce = async (text: string) =>
      (await policiesInForce(state, day(text))).map(({ id, version }) => `${id} ${version}`);
    expect(await inForce('2025-12-31')).toEqual([]);
    expect(await inForce('2026-03-31')).toEqual(['complaint-fuel 1', 'complaint-fuel-stations 1']);
    expect(await inForce('2026-04-01')).toEqual(['complaint-fuel 2', 'complaint-fuel-stations 1']);
    expect(await inForce('2026-05-01')).toEqual(['complaint-fuel 10', 'complaint-fuel-stations 1']);
    expect(await policyVersion(state, 'complaint-fuel', 1)).toEqual(fuelPolicy);
  });

  it('article 17: a version that was adopted is never overwritten', async () => {
    const refusal = await refusalFrom(save(adopted({ ...fuelPolicy, name: '改写' })));
    expect(refusal.reason).toBe('version-conflict');
    expect((await policyVersion(state, 'complaint-fuel', 1)).name).toBe('加油站投诉抽查');
  });
});

describe('publications', () => {
  const publication = (n: number, publishedAt: string): Publication => ({
    id: `I-${String(n).padStart(24, '0')}`,
    version: 1,
    inspection: `I-${n}`,
    draws: [{ id: 'D-1', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
    subjectId: '91410381MA00000001',
    subjectName: '示例加油站',
    items: [{ code: 'YS-001', matter: '成品油零售经营', legalBasis: '成品油市场管理办法' }],
    units: ['商务综合执法大队'],
    inspectedOn: day('2026-03-02'),
    results: [{ code: 1, text: '未发现问题' }],
    publishedAt: at(publishedAt),
    publishBy: day('2026-03-30'),
    onTime: true,
  });

  it('article 14: are listed newest first, page after page, those of one millisecond included', async () => {
    const all = [
      publication(1, '2026-03-05T01:00:00.000Z'),
      publication(2, '2026-03-06T01:00:00.000Z'),
      publication(3, '2026-03-06T01:00:00.000Z'),
      publication(4, '2026-03-07T01:00:00.000Z'),
      publication(5, '2026-03-04T01:00:00.000Z'),
    ];
    await save(...all.map(createdPublication));
    const seen: string[] = [];
    let after: Publication | undefined;
    for (let page = 1; page <= 3; page += 1) {
      const { items } = await publications(state, 2, after);
      seen.push(...items.map(({ id }) => id.slice(-1)));
      after = items.at(-1);
    }
    expect(seen).toEqual(['4', '3', '2', '1', '5']);
    expect(await loadPublicRecord(state, all[0]?.id ?? '')).toEqual(all[0]);
  });
});

describe('inspections', () => {
  it('stand in the list of each of their team, newest first', async () => {
    const later = { ...assignedInspection, id: 'I-later', assignedAt: at('2026-03-03T01:30:00.000Z') };
    await save(...createdInspection(assignedInspection), ...createdInspection(later));
    expect(await inspectionsOf(state, 'GX-001')).toEqual(['I-later', assignedInspection.id]);
    expect(await inspectionsOf(state, 'GX-002')).toEqual(['I-later', assignedInspection.id]);
    expect(await inspectionsOf(state, 'GX-003')).toEqual([]);
    expect(await loadInspection(state, 'I-later')).toEqual(later);
  });
});

describe('inspections whose team changes', () => {
  const unit = '商务综合执法大队';
  const team = assignedInspection.team.map((member) => ({ ...member, unit }));
  const visit = { ...assignedInspection, id: 'I-changing', team };
  const given = { by: 'GX-001', at: MONDAY };
  const recusal = { kind: 'recuse', ...given, recusal: 'kinship', reason: '近亲属' } as const;

  it('leave the list of whoever leaves, enter the list of whoever comes, and come back with them', async () => {
    await save(...createdInspection(visit));
    const successor = { inspector: 'GX-007', name: '赵六', unit, certificate: '7' };
    const left = decide(visit, { ...recusal, successor });
    await save(...changedInspection(visit, left));
    expect(await inspectionsOf(state, 'GX-001')).not.toContain('I-changing');
    expect(await inspectionsOf(state, 'GX-007')).toEqual(['I-changing']);
    const back = decide(left, {
      kind: 'assign',
      ...given,
      unit,
      members: team,
      reason: '调整',
    });
    await save(...changedInspection(left, back));
    expect(await inspectionsOf(state, 'GX-001')).toContain('I-changing');
    expect(await inspectionsOf(state, 'GX-007')).toEqual([]);
    const again = decide(back, { ...recusal, successor });
    await save(...changedInspection(back, again));
    expect(await inspectionsOf(state, 'GX-007')).toEqual(['I-changing']);
    expect(
      (await loadInspection(state, 'I-changing')).left.map(({ inspector, why }) => [inspector, why]),
    ).toEqual([
      ['GX-001', 'recused'],
      ['GX-007', 'reassigned'],
      ['GX-001', 'recused'],
    ]);
  });

  it('stand in the list of each draw that sends them out', async () => {
    const one = { ...assignedInspection, id: 'I-joined', draws: [{ ...draw, id: 'D-first' }] };
    await save(...createdInspection(one));
    const joined = decide(one, {
      kind: 'join',
      ...given,
      draw: { ...draw, id: 'D-second', how: 'named' },
      items: [],
      members: [],
    });
    await save(...changedInspection(one, joined));
    const subject = one.subject.id;
    expect(await inspectionsOfDraw(state, 'D-first')).toEqual([{ id: 'I-joined', subject, how: 'drawn' }]);
    expect(await inspectionsOfDraw(state, 'D-second')).toEqual([{ id: 'I-joined', subject, how: 'named' }]);
  });
});
const draw = { planNumber: '明抽〔2026〕3号', how: 'drawn' } as const;

describe('recusals', () => {
  const recusal = { inspector: 'GX-001', kind: 'interest' as const, reason: '持有股份', at: MONDAY };

  it('are found by subject and by person, and declared once', async () => {
    await save(...recusalWrites(undefined, 'S-1', recusal));
    const known = await loadRecusals(state, 'S-1');
    await save(...recusalWrites(known, 'S-1', { ...recusal, inspector: 'GX-002' }));
    expect(recusalWrites(known, 'S-1', { ...recusal, reason: '再次' })).toEqual([]);
    expect(
      recusedFound(await loadTogether(state, recusalsKeys(['S-1', 'S-none'])), ['S-1', 'S-none']),
    ).toEqual(new Map([['S-1', new Set(['GX-001', 'GX-002'])]]));
    expect(await recusalsOf(state, 'GX-001')).toEqual([{ ...recusal, subject: 'S-1' }]);
  });

  it('of two people at the same moment are both kept: the slower one is told', async () => {
    const known = await loadRecusals(state, 'S-2');
    await save(...recusalWrites(known, 'S-2', recusal));
    const refusal = await refusalFrom(
      save(...recusalWrites(known, 'S-2', { ...recusal, inspector: 'GX-002' })),
    );
    expect(refusal.reason).toBe('version-conflict');
  });
});

describe('messages', () => {
  it('are read newest first, as many as asked', async () => {
    const message = (n: number): Message => ({
      id: `M-${n}`,
      version: 1,
      to: 'GX-001',
      at: at(`2026-03-0${n}T01:00:00.000Z`),
      urgency: 'digest',
      zh: { subject: '提醒', text: '提醒' },
      en: { subject: 'Reminder', text: 'Reminder' },
      cause: 'E-1',
      correlation: 'T-1',
    });
    await save(...[1, 2, 3].map((n) => createdMessage(message(n))));
    const first = await messagesOf(state, 'GX-001', 2);
    expect(first.items).toEqual([message(3), message(2)]);
    expect(await messagesOf(state, 'GX-001', 2, first.items.at(-1))).toEqual({ items: [message(1)] });
    expect(await messagesOf(state, 'GX-002', 2)).toEqual({ items: [] });
  });
});

describe('libraries', () => {
  const item = (code: string) =>
    Item.parse({
      code,
      matter: '成品油零售经营',
      legalBasis: '成品油市场管理办法',
      unit: '商务综合执法大队',
      appliesTo: { kinds: [], industries: [] },
      ratio: { A: 100, B: 300, C: 1000, D: 10_000 },
      methods: ['on-site'],
      content: '证照',
    });
  const person = (staffNo: string, role: Person['role'], unit: string): Person => ({
    staffNo,
    name: '赵六',
    role,
    unit,
  });

  it('give the items of a draw in its order, and name one that is gone', async () => {
    await putPages(state, libraryItems('items', [item('YS-001'), item('YS-002')]));
    expect((await itemsOf(state, ['YS-002', 'YS-001'])).map(({ code }) => code)).toEqual([
      'YS-002',
      'YS-001',
    ]);
    expect((await knownItems(state, ['YS-009', 'YS-001'])).map(({ code }) => code)).toEqual(['YS-001']);
    await expect(itemsOf(state, ['YS-001', 'YS-009'])).rejects.toThrow('item YS-009 is not in the library');
  });

  it('name a subject that is gone since it was drawn', async () => {
    await expect(subjectsById(state, ['91410381MA0000000X'])).rejects.toThrow(
      'subject 91410381MA0000000X is not in the library',
    );
  });

  it('tell who a person is by our own records, and an administrator of the installation by its settings', async () => {
    await putPages(state, libraryItems('people', [person('GX-001', 'unit', '节能监察中心')]));
    expect(await staffOf(state, 'GX-001', ['GX-001'])).toEqual(person('GX-001', 'unit', '节能监察中心'));
    expect((await staffOf(state, 'admin', ['admin'])).role).toBe('administrator');
    expect((await refusalFrom(staffOf(state, 'stranger', ['admin']))).reason).toBe('not-staff');
    await expect(staffOf(state, undefined, ['admin'])).rejects.toThrow(TypeError);
  });

  it('refuse a role with those that may', () => {
    const refusal = refusalOf(() =>
      requireRole(person('GX-001', 'unit', '节能监察中心'), ['lead-section', 'administrator']),
    );
    expect([refusal.reason, refusal.message]).toEqual([
      'role-forbidden',
      'unit 无权办理 may not do this; it takes: lead-section, administrator.',
    ]);
  });

  it('find the people of a role, of all units or of one whose name begins another', async () => {
    await putPages(
      state,
      libraryItems('people', [
        person('S-1', 'supervisor', '一科'),
        person('S-2', 'supervisor', '一科二组'),
        person('S-3', 'supervisor', '三科'),
      ]),
    );
    expect((await staffIn(state, 'supervisor')).toSorted()).toEqual(['S-1', 'S-2', 'S-3']);
    expect(await staffIn(state, 'supervisor', '一科')).toEqual(['S-1']);
    expect(await inspectorsOf(state, '无人单位')).toEqual([]);
  });

  it('find everybody once, whatever their role, by unit; somebody who changed role and unit where they are now', async () => {
    const { state: other } = await openDatabase();
    await putPages(
      other,
      libraryItems('people', [
        person('S-1', 'supervisor', '三科'),
        person('U-1', 'unit', '一科'),
        person('I-1', 'inspector', '二科'),
      ]),
    );
    await putPages(other, libraryItems('people', [person('S-1', 'unit', '一科')]));
    expect((await everybody(other)).map(({ unit, staffNo, role }) => [unit, staffNo, role])).toEqual([
      ['一科', 'S-1', 'unit'],
      ['一科', 'U-1', 'unit'],
      ['二科', 'I-1', 'inspector'],
    ]);
  });
});
