import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairTicketOf } from '#domain/draw/ticket.ts';
import { choiceFaults, chosenTeam, type Choice } from '#domain/inspection/choice.ts';
import { holdsFor, itemsAt, visitsByUnit } from '#domain/inspection/form.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { memberOf } from '#domain/inspection/member.ts';
import { successorOf } from '#domain/inspection/succession.ts';
import { inspectorAlias } from '#domain/inspector/alias.ts';
import { withRecusal } from '#domain/inspector/recusal.ts';
import { Item } from '#domain/item/item.ts';
import { Subject } from '#domain/subject/subject.ts';
import { refusalOf } from '../../support/refusals.ts';
import { assignedInspection, day, MONDAY, sampleInspector } from '../../support/samples.ts';

const UNIT = '节能监察中心';
const SEED = 'a'.repeat(64);
const window = { from: day('2026-03-02'), through: day('2026-04-01') };
const item = (code: string, change: object = {}): Item =>
  Item.parse({
    code,
    matter: code,
    legalBasis: '法',
    unit: UNIT,
    appliesTo: { kinds: [], industries: [] },
    ratio: { A: 100, B: 300, C: 1000, D: 10_000 },
    methods: ['on-site'],
    content: '内容',
    ...change,
  });
const subject = (id: string, industry: string): Subject =>
  Subject.parse({
    id,
    name: `企业${id}`,
    kind: 'enterprise',
    status: 'active',
    territory: '410381',
    industry,
    tags: [],
  });

describe('the next in line', () => {
  const people = ['GX-001', 'GX-002', 'GX-003', 'GX-004', 'GX-005', 'GX-006'].map((staffNo) =>
    sampleInspector(staffNo, UNIT, { qualifications: staffNo < 'GX-004' ? ['计量'] : [] }),
  );
  const team = people.slice(0, 2).map((inspector) => memberOf(inspector, window.through, 'D-1'));
  const visit: Inspection = { ...assignedInspection, team };
  const [leaving = memberOf(sampleInspector('none', UNIT), window.through)] = team;
  const next = (change: Partial<Parameters<typeof successorOf>[0]> = {}) =>
    successorOf({
      inspection: visit,
      leaving,
      draw: { id: 'D-1', seed: SEED, teamSize: 2 },
      inspectors: people,
      items: [],
      recused: new Set(),
      previous: [],
      window,
      ...change,
    })?.inspector;
  const ticket = (staffNo: string) => pairTicketOf(SEED, visit.subject.id, inspectorAlias(staffNo));
  const line = ['GX-003', 'GX-004', 'GX-005', 'GX-006'].toSorted((a, b) => (ticket(a) < ticket(b) ? -1 : 1));
  const [first = '', second = '', third = '', fourth = ''] = line;

  it('is the smallest pair ticket of the unit, by the alias that a proof shows', () => {
    expect(next()).toBe(first);
  });

  it('is nobody who is recused, and nobody who was on this team before', () => {
    expect(next({ recused: new Set([first]) })).toBe(second);
    const left = [
      {
        inspector: second,
        name: second,
        unit: UNIT,
        why: 'recused' as const,
        reason: '',
        by: second,
        at: MONDAY,
      },
    ];
    expect(next({ recused: new Set([first]), inspection: { ...visit, left } })).toBe(third);
  });

  it('comes of the team of the last visit only when nobody else can', () => {
    expect(next({ previous: [first] })).toBe(second);
    expect(next({ previous: [first], recused: new Set([second, third, fourth]) })).toBe(first);
  });

  it('is able to act until the visit has to be finished', () => {
    const lapsing = people.map((inspector) =>
      inspector.staffNo === first
        ? { ...inspector, certificates: [{ number: '1', validThrough: day('2026-03-31') }] }
        : inspector,
    );
    expect(next({ inspectors: lapsing })).toBe(second);
  });

  it('is qualified when nobody who stays is', () => {
    const items = [item('YS-001', { qualification: '计量' })];
    expect(next({ items })).toBe(first);
    const [one, two, ...others] = people;
    const unqualified = [one, { ...two, qualifications: [] }, ...others].flatMap((inspector) =>
      inspector === undefined ? [] : [{ ...sampleInspector('x', UNIT), ...inspector }],
    );
    expect(next({ items, inspectors: unqualified })).toBe('GX-003');
  });

  it('is nobody when nobody is left', () => {
    expect(next({ inspectors: people.slice(0, 2) })).toBeUndefined();
    expect(next({ recused: new Set(line) })).toBeUndefined();
  });
});

describe('a team that a unit chose', () => {
  const able = ['GX-001', 'GX-002', 'GX-003'].map((staffNo) => sampleInspector(staffNo, UNIT));
  const odd = [
    sampleInspector('GX-004', UNIT, { status: 'inactive', qualifications: ['计量'] }),
    sampleInspector('GX-005', '别的单位'),
  ];
  const choice = (staffNos: readonly string[], change: Partial<Choice> = {}): Choice => ({
    unit: UNIT,
    staffNos,
    directory: new Map([...able, ...odd].map((inspector) => [inspector.staffNo, inspector])),
    recused: new Set(['GX-003']),
    items: [],
    window,
    ...change,
  });

  it('is taken with their certificates, in the order given', () => {
    expect(
      chosenTeam(choice(['GX-002', 'GX-001'])).map(({ inspector, certificate }) => [inspector, certificate]),
    ).toEqual([
      ['GX-002', '9999GX-002'],
      ['GX-001', '9999GX-001'],
    ]);
  });

  it('is refused with every person who may not go, by name', () => {
    const refusal = refusalOf(() => chosenTeam(choice(['GX-001', 'GX-003', 'GX-004', 'GX-005', 'GX-009'])));
    expect([refusal.reason, refusal.fields]).toEqual([
      'team-invalid',
      [
        {
          pointer: '/inspectors/1',
          detail: '检查员GX-003（GX-003）：对该检查对象应当回避 recused for this subject',
        },
        { pointer: '/inspectors/2', detail: '检查员GX-004（GX-004）：执法人员状态为失效 inactive' },
        { pointer: '/inspectors/3', detail: '检查员GX-005（GX-005）：不属于承担单位 wrong-unit' },
        { pointer: '/inspectors/4', detail: "GX-009 不在执法人员库 is not in the inspectors' library" },
      ],
    ]);
  });

  it('article 10: is refused as too small before anything else is said of it', () => {
    const refusal = refusalOf(() => chosenTeam(choice(['GX-009'])));
    expect([refusal.reason, refusal.fields.length]).toEqual(['team-below-two', 2]);
  });

  it('is refused without the qualification that the items need, and told which', () => {
    const items = [item('YS-001', { qualification: '计量' })];
    expect(refusalOf(() => chosenTeam(choice(['GX-001', 'GX-002'], { items }))).fields).toEqual([
      {
        pointer: '/inspectors',
        detail:
          '检查员GX-001（GX-001）、检查员GX-002（GX-002） 中须有一人具备资质 one of them has to hold: 计量',
      },
    ]);
  });

  it('article 10: has two different people at least, whoever is named how often', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('GX-001', 'GX-002'), { maxLength: 5 }), (staffNos) => {
        const fits = staffNos.length === 2 && new Set(staffNos).size === 2;
        const reasons = choiceFaults(choice(staffNos), '/inspectors').map(({ reason }) => reason);
        expect(reasons).toEqual(fits ? [] : ['team-below-two']);
      }),
      { seed: 3 },
    );
  });
});

describe('the items at a subject', () => {
  const fuel = subject('91410381PDY0000799', 'F5265');
  const dining = subject('92410381PDY000140W', 'H6210');
  const items = [
    item('YS-001'),
    item('YS-002', { appliesTo: { kinds: [], industries: ['F526'] } }),
    item('YS-003', { unit: '别的单位', appliesTo: { kinds: [], industries: ['F526'] } }),
  ];

  it('are those that concern it and are not withheld', () => {
    const codes = (one: Subject, withheld: readonly string[] = []) =>
      itemsAt(one, items, new Map([[one.id, withheld]])).map(({ code }) => code);
    expect(codes(fuel)).toEqual(['YS-001', 'YS-002', 'YS-003']);
    expect(codes(dining)).toEqual(['YS-001']);
    expect(codes(fuel, ['YS-002'])).toEqual(['YS-001', 'YS-003']);
  });

  it('tell which unit goes where: one whose items are all withheld there sends nobody', () => {
    const going = (withheld: readonly string[]) =>
      [...visitsByUnit([fuel, dining], items, new Map([[fuel.id, withheld]]))].map(
        ([unit, visits]) => [unit, visits.map(({ subject: { id } }) => id)] as const,
      );
    expect(going([])).toEqual([
      [UNIT, [fuel.id, dining.id]],
      ['别的单位', [fuel.id]],
    ]);
    expect(going(['YS-003', 'YS-002'])).toEqual([
      [UNIT, [fuel.id, dining.id]],
      ['别的单位', []],
    ]);
    expect(going(['YS-001', 'YS-002'])).toEqual([
      [UNIT, [dining.id]],
      ['别的单位', [fuel.id]],
    ]);
  });

  it('are covered by a team of which one holds all that they need', () => {
    const needed = [{ qualification: '计量' }, { qualification: '广告' }, {}];
    expect(holdsFor([{ qualifications: ['计量'] }, { qualifications: ['广告'] }], needed)).toBe(false);
    expect(holdsFor([{ qualifications: ['广告', '计量'] }], needed)).toBe(true);
    expect(holdsFor([], [{}])).toBe(true);
  });
});

describe('recusals for a subject', () => {
  const recusal = { inspector: 'GX-001', kind: 'kinship' as const, reason: '近亲属', at: MONDAY };

  it('are counted by version, each person once', () => {
    const one = withRecusal(undefined, 'S-1', recusal);
    expect(one).toEqual({ id: 'S-1', version: 1, recusals: [recusal] });
    const two = withRecusal(one, 'S-1', { ...recusal, inspector: 'GX-002' });
    expect([two?.version, two?.recusals.length]).toEqual([2, 2]);
    expect(withRecusal(two, 'S-1', { ...recusal, kind: 'other' })).toBeUndefined();
  });
});
