import { describe, expect, it } from 'vitest';
import { highestRatio, namedObjects, numbered, yearOf, type Proposal } from '#domain/draw/proposal.ts';
import { Item } from '#domain/item/item.ts';
import { Subject } from '#domain/subject/subject.ts';
import { at, MONDAY } from '../../support/samples.ts';

const item = (code: string, change: object = {}): Item =>
  Item.parse({
    code,
    matter: '成品油零售经营',
    legalBasis: '成品油市场管理办法',
    unit: '成品油市场监管所',
    appliesTo: { kinds: [], industries: ['F5265'] },
    ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
    methods: ['on-site'],
    content: '检查内容',
    ...change,
  });
const subject = (id: string, change: object = {}): Subject =>
  Subject.parse({
    id,
    name: '示例加油站',
    kind: 'enterprise',
    status: 'active',
    territory: '410381',
    industry: 'F5265',
    tags: [],
    ...change,
  });
// Check characters of GB 32100 and GS 15 that hold.
const FIRST = '91410381PDY042455Y';

const proposal: Proposal = {
  id: 'D-1',
  correlation: 'D-1',
  title: '加油站抽查',
  items: ['YS-001'],
  criteria: {},
  rule: { mode: 'ratio', basisPoints: { A: 100, B: 300, C: 1_000, D: 10_000 } },
  named: [],
  coolDownDays: 0,
  teamSize: 2,
  staffing: 'random',
  beacon: { preferred: { kind: 'drand' } },
  proposedBy: 'HP9001',
  at: MONDAY,
  automatic: false,
};

describe('a proposal', () => {
  it('article 7(1): becomes a draw that waits for approval, under the next document number of its year', () => {
    const { plan, draw } = numbered(proposal, '明抽〔{year}〕{serial}号', 7);
    expect(draw).toMatchObject({
      status: 'proposed',
      version: 1,
      plan: { number: '明抽〔2026〕7号' },
      proposedAt: MONDAY,
    });
    expect(draw.approvedAt).toBeUndefined();
    expect(plan).toMatchObject({
      number: '明抽〔2026〕7号',
      year: 2026,
      serial: 7,
      madeBy: 'HP9001',
      id: draw.plan.id,
    });
  });

  it('runs by itself when its policy says so', () => {
    const { draw } = numbered({ ...proposal, automatic: true }, '{year}-{serial}', 1);
    expect(draw).toMatchObject({ status: 'approved', approvedAt: MONDAY });
  });

  it('takes the year of Shanghai: at eight in the morning of New Year’s Day it is still last year in London', () => {
    expect(yearOf(at('2026-12-31T15:59:59.999Z'))).toBe(2026);
    expect(yearOf(at('2026-12-31T16:00:00.000Z'))).toBe(2027);
  });

  it('article 6: draws the highest share that one of its items asks for, class by class', () => {
    const other = item('YS-002', { ratio: { A: 0, B: 500, C: 500, D: 5_000 } });
    expect(highestRatio([item('YS-001'), other])).toEqual({ A: 100, B: 500, C: 1_000, D: 10_000 });
  });
});

describe('the objects that a trigger names', () => {
  it('are checked besides the draw, each once', () => {
    expect(namedObjects([FIRST, FIRST], [subject(FIRST)], [item('YS-001')])).toEqual({
      named: [{ id: FIRST, name: '示例加油站' }],
      leftOut: [],
    });
  });

  it.each([
    ['not-in-library', []],
    ['not-operating', [subject(FIRST, { status: 'deregistered' })]],
    ['no-item-applies', [subject(FIRST, { industry: 'H62' })]],
  ])('are left out with the reason %s', (reason, known) => {
    expect(namedObjects([FIRST], known, [item('YS-001')])).toEqual({
      named: [],
      leftOut: [{ id: FIRST, reason }],
    });
  });
});
