import { describe, expect, it } from 'vitest';
import type { Assessment } from '#domain/risk/assessment.ts';
import { decideByHand, weigh, type Found, type Known, type RiskStanding } from '#domain/risk/standing.ts';
import type { RiskWarning } from '#domain/risk/warning.ts';
import type { CreditClass } from '#domain/subject/subject.ts';
import { addDays, later } from '#domain/time/time.ts';
import { reasonOf, riskSubject, riskWarning, saying, STATION } from '../../support/risk-samples.ts';
import { refusalOf } from '../../support/refusals.ts';
import { at, day, MONDAY } from '../../support/samples.ts';

const town = { territory: '410381001', industry: 'F5265' };
/** Where it is counted while no rule says anything, and without a class. */
const counted = { ...town, riskClass: 'unclassed' } as const;
const known: Known = { id: STATION, subject: riskSubject() };
const warned: RiskStanding = {
  id: STATION,
  version: 4,
  level: 'warning',
  warning: 'W-1',
  counted: { ...counted, level: 'warning' },
};
const inForce = (change: Partial<RiskWarning> = {}): Known => ({
  ...known,
  standing: warned,
  warning: riskWarning(change),
});
const same = saying(reasonOf('complaints', 'warning'));
const grave = saying(reasonOf('listed', 'severe'), reasonOf('complaints', 'warning'));
const dismissed = inForce({ status: 'dismissed' });
const quiet: Known = { ...dismissed, standing: { ...warned, counted } };

describe('article 4: a subject that is looked at (动态监测)', () => {
  it('is warned of from the day on which a rule first gives it a level, and counted at it', () => {
    const warning = {
      id: 'W-bc7e6ff6d50b7513337cc98c',
      version: 1,
      status: 'open',
      subject: { id: STATION, name: '示例加油站' },
      territory: '410381001',
      industry: 'F5265',
      level: 'severe',
      reasons: [reasonOf('listed', 'severe'), reasonOf('complaints', 'warning')],
      raisedOn: '2026-03-02',
      raisedAt: MONDAY,
    };
    expect(weigh(known, { ...grave, reviewOn: day('2026-04-01') }, MONDAY)).toEqual({
      standing: {
        id: STATION,
        version: 1,
        level: 'severe',
        warning: 'W-bc7e6ff6d50b7513337cc98c',
        counted: { ...counted, level: 'severe' },
      },
      warning: { how: 'raise', warning },
      cells: [{ place: town, add: { subjects: 1, severe: 1 } }],
      classes: { unclassed: 1 },
      reviewOn: '2026-04-01',
    });
  });

  it('is warned of on the day of Shanghai, which at 16:30 of Greenwich is the next one', () => {
    const { warning } = weigh(known, same, at('2026-03-02T16:30:00.000Z'));
    expect(warning?.warning.raisedOn).toBe('2026-03-03');
  });

  it('is counted in its town when no rule says anything of it, and then stays as it is', () => {
    const { standing, ...found } = weigh(known, saying(), MONDAY);
    expect(standing).toEqual({ id: STATION, version: 1, counted });
    expect(found).toEqual({ cells: [{ place: town, add: { subjects: 1 } }], classes: { unclassed: 1 } });
    expect(weigh({ ...known, standing }, saying(), MONDAY)).toEqual({ cells: [], classes: {} });
  });

  it('leaves no trace when it does not operate and nothing was known of it', () => {
    const revoked = { id: STATION, subject: riskSubject({ status: 'licence-revoked' }) };
    expect(weigh(revoked, grave, MONDAY)).toEqual({ cells: [], classes: {} });
    expect(weigh({ id: STATION }, grave, MONDAY)).toEqual({ cells: [], classes: {} });
  });

  it('changes nothing while the rules say the same', () => {
    expect(weigh(inForce(), { ...same, reviewOn: day('2026-03-09') }, MONDAY)).toEqual({
      cells: [],
      classes: {},
      reviewOn: '2026-03-09',
    });
  });

  it('has its warning follow what the rules say, and is counted at that level', () => {
    const found = weigh(inForce({ status: 'acknowledged' }), grave, MONDAY);
    expect(found.standing).toEqual({
      ...warned,
      version: 5,
      level: 'severe',
      counted: { ...counted, level: 'severe' },
    });
    expect(found.warning).toEqual({
      how: 'change',
      warning: riskWarning({ version: 4, level: 'severe', reasons: [...grave.reasons] }),
    });
    expect(found.cells).toEqual([{ place: town, add: { warning: -1, severe: 1 } }]);
  });

  it('has only its warning changed when another rule says the same level', () => {
    const found = weigh(inForce(), saying(reasonOf('fined', 'warning')), MONDAY);
    expect([found.standing, found.cells, found.warning?.how]).toEqual([undefined, [], 'change']);
  });

  it.each<readonly [string, Known, Assessment, RiskStanding['counted'], object, object]>([
    [
      'no rule says anything any more',
      inForce(),
      saying(),
      counted,
      { place: town, add: { warning: -1 } },
      {},
    ],
    [
      'it is suspended, whatever the rules say',
      { ...inForce(), subject: riskSubject({ status: 'suspended' }) },
      grave,
      undefined,
      { place: town, add: { subjects: -1, warning: -1 } },
      { unclassed: -1 },
    ],
    [
      'it has left the library',
      { ...inForce(), subject: undefined },
      grave,
      undefined,
      { place: town, add: { subjects: -1, warning: -1 } },
      { unclassed: -1 },
    ],
  ])('has its warning cleared when %s', (_, before, assessment, after, change, classes) => {
    expect(weigh(before, assessment, MONDAY)).toEqual({
      standing: { id: STATION, version: 5, ...(after === undefined ? {} : { counted: after }) },
      warning: { how: 'clear', warning: riskWarning({ version: 4, status: 'cleared', clearedAt: MONDAY }) },
      cells: [change],
      classes,
    });
  });

  it('is counted elsewhere after it has moved', () => {
    const moved = { ...inForce(), subject: riskSubject({ territory: '410382003', industry: undefined }) };
    const found = weigh(moved, same, MONDAY);
    expect(found.standing?.counted).toEqual({
      territory: '410382003',
      level: 'warning',
      riskClass: 'unclassed',
    });
    expect(found.cells).toEqual([
      { place: town, add: { subjects: -1, warning: -1 } },
      { place: { territory: '410382003' }, add: { subjects: 1, warning: 1 } },
    ]);
    expect(found.warning).toBeUndefined();
  });

  it('is counted under its class, from one that is given on, and under none when it closes', () => {
    const classed = (creditClass: CreditClass) => riskSubject({ creditClass, classedOn: day('2026-02-01') });
    const before = { ...known, standing: { id: STATION, version: 1, counted } };
    const given = weigh({ ...before, subject: classed('C') }, saying(), MONDAY);
    expect(given).toEqual({
      standing: { id: STATION, version: 2, counted: { ...town, riskClass: 'C' } },
      cells: [],
      classes: { unclassed: -1, C: 1 },
    });
    const { standing } = given;
    expect(weigh({ ...known, standing, subject: classed('C') }, saying(), MONDAY).classes).toEqual({});
    expect(weigh({ ...known, standing, subject: classed('D') }, same, MONDAY).classes).toEqual({
      C: -1,
      D: 1,
    });
    const closed = { ...classed('D'), status: 'deregistered' } as const;
    expect(weigh({ ...known, standing, subject: closed }, saying(), MONDAY).classes).toEqual({ C: -1 });
  });

  it('is counted under its class once, when it was looked at last before classes were counted', () => {
    const standing = { id: STATION, version: 1, counted: town };
    const found = weigh({ ...known, standing }, saying(), MONDAY);
    expect(found).toEqual({
      standing: { id: STATION, version: 2, counted },
      cells: [],
      classes: { unclassed: 1 },
    });
  });
});

describe('article 4: a subject whose warning a person has dismissed', () => {
  it('stays without one while the rules say the same or less, and does not count in its cohort', () => {
    expect(weigh(quiet, same, MONDAY)).toEqual({ cells: [], classes: {} });
    const { standing, warning, cells } = weigh(quiet, saying(reasonOf('complaints', 'watch')), MONDAY);
    expect(standing).toEqual({ ...warned, version: 5, level: 'watch', counted });
    expect([warning, cells]).toEqual([undefined, []]);
  });

  it('is warned of anew by what is graver or said by another rule, and counts again', () => {
    const found = weigh(quiet, grave, MONDAY);
    expect([found.warning?.how, found.warning?.warning.status, found.warning?.warning.version]).toEqual([
      'raise',
      'open',
      1,
    ]);
    expect(found.standing?.warning).toBe(found.warning?.warning.id);
    expect(found.warning?.warning.id).not.toBe('W-1');
    expect(found.cells).toEqual([{ place: town, add: { severe: 1 } }]);
  });

  it('starts afresh once the rules have let go of it', () => {
    const gone = weigh(quiet, saying(), MONDAY);
    expect([gone.warning?.how, gone.warning?.warning.status, gone.cells]).toEqual(['clear', 'cleared', []]);
    const again = weigh({ ...known, standing: gone.standing }, same, MONDAY);
    expect([again.warning?.how, again.cells]).toEqual(['raise', [{ place: town, add: { warning: 1 } }]]);
  });
});

describe('article 4: a direct check (直接检查)', () => {
  const asking = (coolDownDays: number, item = 'YS-001'): Assessment => ({
    ...grave,
    directCheck: { items: [item], coolDownDays },
  });
  const onDay = (days: number) => later(MONDAY, days * 86_400_000);
  /** The day by day outcome of looking at one subject on some days after MONDAY. */
  const proposals = (looks: readonly (readonly [number, Assessment])[]) => {
    let now = known;
    return looks.map(([days, assessment]) => {
      const found: Found = weigh(now, assessment, onDay(days));
      now = {
        ...known,
        standing: found.standing ?? now.standing,
        warning: found.warning === undefined ? now.warning : found.warning.warning,
      };
      return [found.directCheck?.items[0], found.reviewOn];
    });
  };

  it('is proposed at once, and again when its cool-down is over if the rule still says so', () => {
    expect(
      proposals([
        [0, asking(180)],
        [0, asking(180)],
        [179, asking(180)],
        [180, asking(180)],
        [200, asking(180)],
      ]),
    ).toEqual([
      ['YS-001', '2026-08-29'],
      [undefined, '2026-08-29'],
      [undefined, '2026-08-29'],
      ['YS-001', '2027-02-25'],
      [undefined, '2027-02-25'],
    ]);
  });

  it('leaves the subject alone for its own cool-down, also where a rule with a shorter one asks next', () => {
    expect(
      proposals([
        [0, asking(180)],
        [30, asking(7, 'YS-002')],
        [180, asking(7, 'YS-002')],
        [186, asking(7, 'YS-002')],
        [187, asking(7, 'YS-002')],
      ]),
    ).toEqual([
      ['YS-001', '2026-08-29'],
      [undefined, '2026-08-29'],
      ['YS-002', '2026-09-05'],
      [undefined, '2026-09-05'],
      ['YS-002', '2026-09-12'],
    ]);
  });

  it('is not proposed by a rule with a longer cool-down before that is over', () => {
    expect(
      proposals([
        [0, asking(7)],
        [10, asking(180, 'YS-002')],
        [180, asking(180, 'YS-002')],
      ]),
    ).toEqual([
      ['YS-001', '2026-03-09'],
      [undefined, '2026-08-29'],
      ['YS-002', '2027-02-25'],
    ]);
  });

  it('is remembered while no rule says anything', () => {
    expect(
      proposals([
        [0, asking(180)],
        [10, saying()],
        [20, asking(180)],
      ]),
    ).toEqual([
      ['YS-001', '2026-08-29'],
      [undefined, undefined],
      [undefined, '2026-08-29'],
    ]);
  });

  it('is remembered while the subject does not operate', () => {
    const standing: RiskStanding = {
      ...warned,
      directCheckOn: day('2026-02-01'),
      restsUntil: addDays(day('2026-02-01'), 180),
    };
    const suspended = { ...inForce(), standing, subject: riskSubject({ status: 'suspended' }) };
    expect(weigh(suspended, saying(), MONDAY).standing).toEqual({
      id: STATION,
      version: 5,
      directCheckOn: '2026-02-01',
      restsUntil: '2026-07-31',
    });
  });

  it('is not proposed after a person has dismissed the warning', () => {
    const after = {
      ...quiet,
      warning: riskWarning({ status: 'dismissed', level: 'severe', reasons: [...grave.reasons] }),
    };
    const found = weigh(after, asking(180), MONDAY);
    expect([found.directCheck, found.reviewOn]).toEqual([undefined, undefined]);
  });

  it('is looked at again on whichever day comes first, that of the rules or the end of the cool-down', () => {
    const { reviewOn } = weigh(known, { ...asking(180), reviewOn: day('2026-03-20') }, MONDAY);
    expect(reviewOn).toBe('2026-03-20');
  });
});

describe('what a person decides about a warning', () => {
  const dismiss = { kind: 'dismiss', by: 'GX-001', at: MONDAY, note: '投诉已撤回' } as const;
  const acknowledge = { kind: 'acknowledge', by: 'GX-001', at: MONDAY } as const;

  it('takes a dismissed one out of the counts of its cohort', () => {
    const { standing, warning, cells } = decideByHand(warned, riskWarning(), dismiss);
    expect(standing).toEqual({ ...warned, version: 5, counted });
    expect(warning.status).toBe('dismissed');
    expect(cells).toEqual([{ place: town, add: { warning: -1 } }]);
  });

  it('leaves an acknowledged one in the counts', () => {
    const { standing, warning, cells } = decideByHand(warned, riskWarning(), acknowledge);
    expect(standing).toEqual({ ...warned, version: 5 });
    expect([warning.status, cells]).toEqual(['acknowledged', []]);
  });

  it('changes no count for a subject that is counted nowhere', () => {
    const { counted: _, ...nowhere } = warned;
    expect(decideByHand(nowhere, riskWarning(), dismiss).cells).toEqual([]);
  });

  it('is refused from another status', () => {
    const cleared = riskWarning({ status: 'cleared' });
    expect(refusalOf(() => decideByHand(warned, cleared, dismiss)).reason).toBe('wrong-state');
  });
});
