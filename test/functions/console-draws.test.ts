import { describe, expect, it } from 'vitest';
import { ProposalBody, Question, RedrawBody } from '#contracts/api/cases.ts';
import { Choosing } from '#contracts/api/inspections.ts';
import type { Form } from '#console/kit/form.ts';
import { proposalOf, questionOf, redrawBodyOf } from '#console/pages/draw-form.ts';
import { choosingOf } from '#console/pages/draw-teams.tsx';

function formOf(values: Readonly<Record<string, readonly string[]>>): Form {
  return { once: 'once-1', values, files: {} };
}

/** As a browser sends it: every text field, filled or not, and the boxes that were ticked. */
const typed = {
  title: ['加油站计量抽查'],
  items: ['YS-SJ-001', 'YS-SJ-002'],
  'criteria.territory': ['410381\n 410306 \n'],
  'criteria.industry': [''],
  'criteria.scale': ['small'],
  'criteria.tags': [''],
  'criteria.licences': [''],
  'quota.mode': [''],
  'quota.basisPoints.A': [''],
  'quota.count': [''],
  coolDownDays: ['90'],
  named: [''],
  teamSize: ['3'],
  staffing: ['direct'],
  'beacon.preferred.kind': ['drand'],
  'beacon.fallback.kind': [''],
  'beacon.preferred.source': [''],
  'beacon.preferred.time': [''],
};

describe('the form by which a draw is proposed', () => {
  it('leaves out what was left empty, so that the items say the share and every dimension without a value is open', () => {
    const body = proposalOf(formOf(typed));
    expect(body).toEqual({
      title: '加油站计量抽查',
      items: ['YS-SJ-001', 'YS-SJ-002'],
      criteria: { territory: ['410381', '410306'], scale: ['small'] },
      coolDownDays: 90,
      teamSize: 3,
      staffing: 'direct',
      beacon: { preferred: { kind: 'drand' } },
    });
    expect(ProposalBody.safeParse(body).success).toBe(true);
  });

  it('asks a preview for the same objects, without what a preview does not take', () => {
    const question = questionOf(formOf(typed));
    expect(question).toEqual({
      items: ['YS-SJ-001', 'YS-SJ-002'],
      criteria: { territory: ['410381', '410306'], scale: ['small'] },
      coolDownDays: 90,
    });
    expect(Question.safeParse(question).success).toBe(true);
  });

  it('writes 2.5 and 29.05 percent as 250 and 2905 basis points, and leaves what is no share for the API to refuse', () => {
    const shares = {
      'quota.mode': ['ratio'],
      'quota.basisPoints.A': ['0'],
      'quota.basisPoints.B': ['2.5'],
      'quota.basisPoints.C': ['29.05'],
      'quota.basisPoints.D': ['0.001'],
    };
    const body = proposalOf(formOf({ ...typed, ...shares }));
    expect(body['quota']).toEqual({ mode: 'ratio', basisPoints: { A: 0, B: 250, C: 2905, D: '0.001' } });
    expect(ProposalBody.safeParse(body).error?.issues.map(({ path }) => path.join('/'))).toEqual([
      'quota/basisPoints/D',
    ]);
  });

  it('takes a fixed number with the weight of each class', () => {
    const count = {
      'quota.mode': ['count'],
      'quota.count': ['12'],
      'quota.weights.A': ['1'],
      'quota.weights.B': ['2'],
      'quota.weights.C': ['4'],
      'quota.weights.D': ['8'],
    };
    expect(proposalOf(formOf({ ...typed, ...count }))['quota']).toEqual({
      mode: 'count',
      count: 12,
      weights: { A: 1, B: 2, C: 4, D: 8 },
    });
  });

  it('names the announced source once, whether it is preferred or the fallback', () => {
    const announced = {
      'beacon.fallback.kind': ['announced'],
      'beacon.preferred.source': ['福彩双色球'],
      'beacon.preferred.weekdays': ['2', '4', '7'],
      'beacon.preferred.time': ['21:15'],
    };
    const body = proposalOf(formOf({ ...typed, ...announced }));
    expect(body['beacon']).toEqual({
      preferred: { kind: 'drand' },
      fallback: { kind: 'announced', source: '福彩双色球', weekdays: [2, 4, 7], time: '21:15' },
    });
    expect(ProposalBody.safeParse(body).success).toBe(true);
  });
});

describe('the form by which a draw is made again', () => {
  it('keeps the beacon of the voided draw when none is chosen', () => {
    const body = redrawBodyOf(formOf({ 'beacon.preferred.kind': [''], 'beacon.fallback.kind': ['sealed'] }));
    expect(body).toEqual({});
    expect(RedrawBody.safeParse(body).success).toBe(true);
  });
});

describe('the form by which a unit chooses its people', () => {
  it('gives each object the people that were ticked beside it, and one without any an empty team', () => {
    const body = choosingOf(
      formOf({
        objects: ['91410381MA000000A1', '91410381MA000000B2'],
        'teams.0': ['HP1001', 'HP1002'],
        reason: ['辖区专班'],
      }),
    );
    expect(body).toEqual({
      reason: '辖区专班',
      teams: [
        { object: '91410381MA000000A1', inspectors: ['HP1001', 'HP1002'] },
        { object: '91410381MA000000B2', inspectors: [] },
      ],
    });
    expect(Choosing.safeParse(body).success).toBe(true);
  });
});
