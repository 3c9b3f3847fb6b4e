import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MingchouEvent } from '#contracts/events.ts';
import { Signal } from '#domain/signal/signal.ts';
import { addDays } from '#domain/time/time.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { continuePart } from '#functions/assess/part.ts';
import { telemetryOf } from '#lambda/telemetry.ts';
import { cellsOf } from '#store/cells.ts';
import { commit } from '#store/commit.ts';
import { historyOf } from '#store/history.ts';
import { lists } from '#store/keys.ts';
import { libraryItem } from '#store/libraries.ts';
import { metered } from '#store/metering.ts';
import { putPages } from '#store/pages.ts';
import { reviewItem } from '#store/reviews.ts';
import { dossiersOf, warningsOf } from '#store/risk.ts';
import { PASS_PART, partsOf } from '#store/scans.ts';
import { recordedSignals } from '#store/signals.ts';
import { documents, queryAll, type StateTable } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { day, MONDAY } from '../support/samples.ts';
import {
  adopt,
  carryOn,
  codeOf,
  enterprise,
  importSubjects,
  openScanner,
  scanOn,
  signal,
  type Scanner,
} from '../support/scanning.ts';

let state: StateTable;
let scanner: Scanner;

beforeEach(async () => {
  // The functions keep the table that they opened first.
  vi.resetModules();
  ({ state } = await openDatabase());
  scanner = await openScanner();
});

const complaints = {
  id: 'many-complaints',
  about: 'subject',
  when: 'subject.complaints(30) >= 2',
  level: 'warning',
  reason: '30 日内投诉 2 件以上',
};
const standing = async (n: number) => {
  const [dossier] = await dossiersOf(state, [codeOf(n)]);
  return { level: dossier?.standing?.level, due: dossier?.review?.dueSk?.slice(0, 10) };
};
const open = async () => (await warningsOf(state, 'open', 100)).items;

describe('the scan', () => {
  it('looks at nobody when nothing has changed', async () => {
    const run = await scanOn(state, scanner, '2026-03-03');
    expect(run).toMatchObject({
      status: 'finished',
      counts: { evaluated: 0, raised: 0 },
      cohorts: { looked: 0, fired: 0 },
    });
  });

  it('warns of whoever a rule gives a level, and looks again on the day on which time alone may end it', async () => {
    await adopt(state, MONDAY, complaints);
    await importSubjects(state, '2026-03-02', enterprise(1), enterprise(2));
    await signal(state, 1, 'complaint', '2026-02-10', { known: '2026-03-02' });
    await signal(state, 1, 'complaint', '2026-03-01', { known: '2026-03-02' });
    const run = await scanOn(state, scanner, '2026-03-03');
    expect(run.counts).toMatchObject({ raised: 1, changed: 0, cleared: 0, failed: 0 });
    expect(await open()).toMatchObject([
      {
        subject: { id: codeOf(1), name: '第1商店' },
        level: 'warning',
        reasons: [{ policy: 'many-complaints', reason: '30 日内投诉 2 件以上' }],
        raisedOn: '2026-03-03',
      },
    ]);
    expect(await standing(1)).toEqual({ level: 'warning', due: '2026-03-12' });
    expect(await standing(2)).toEqual({ level: undefined, due: undefined });
    expect(await cellsOf(state, '410381')).toEqual([
      { territory: '410381001', industry: 'F5211', subjects: 2, watch: 0, warning: 1, severe: 0 },
    ]);

    expect((await scanOn(state, scanner, '2026-03-11')).counts).toMatchObject({ evaluated: 0 });
    expect((await scanOn(state, scanner, '2026-03-12')).counts).toMatchObject({ evaluated: 1, cleared: 1 });
    expect(await open()).toEqual([]);
    expect(await standing(1)).toEqual({ level: undefined, due: '2026-03-31' });
    expect(await cellsOf(state, '410381')).toMatchObject([{ subjects: 2, warning: 0 }]);
    expect((await scanOn(state, scanner, '2026-03-31')).counts).toMatchObject({ evaluated: 1, cleared: 0 });
    expect(await standing(1)).toEqual({ level: undefined, due: undefined });
  });

  it('counts where a subject stands now, after it moved, closed and came back', async () => {
    await importSubjects(state, '2026-03-02', enterprise(1), enterprise(2), enterprise(3));
    await scanOn(state, scanner, '2026-03-03');
    await importSubjects(
      state,
      '2026-03-03',
      enterprise(1, { territory: '410381002' }),
      enterprise(2, { status: 'deregistered' }),
    );
    await scanOn(state, scanner, '2026-03-04');
    expect(await cellsOf(state, '410381')).toMatchObject([
      { territory: '410381001', industry: 'F5211', subjects: 1 },
      { territory: '410381002', industry: 'F5211', subjects: 1 },
    ]);
    await importSubjects(state, '2026-03-04', enterprise(2));
    await scanOn(state, scanner, '2026-03-05');
    expect(await cellsOf(state, '410381')).toMatchObject([{ subjects: 2 }, { subjects: 1 }]);
  });

  it('keeps a subject due whose announced row is not there yet, and for no longer than a day', async () => {
    const review = reviewItem(codeOf(1), { day: day('2026-03-03'), digest: 'd', awaits: 'd' });
    await putPages(state, [review]);
    expect((await scanOn(state, scanner, '2026-03-03')).counts.evaluated).toBe(0);
    expect(await standing(1)).toEqual({ level: undefined, due: '2026-03-03' });
    expect((await scanOn(state, scanner, '2026-03-04')).counts.evaluated).toBe(1);
    expect(await standing(1)).toEqual({ level: undefined, due: undefined });
  });

  it('does not let a subject go for a signal that came before its announced row', async () => {
    await adopt(state, MONDAY, { ...complaints, when: 'subject.complaints(30) >= 1' });
    await scanOn(state, scanner, '2026-03-02');
    const subject = enterprise(1);
    const { digest, ...item } = libraryItem('subjects', subject);
    await putPages(state, [reviewItem(subject.id, { day: day('2026-03-03'), digest, awaits: digest })]);
    const complaint = Signal.parse({
      id: 'G-1',
      subject: subject.id,
      kind: 'complaint',
      on: '2026-03-03',
      source: 'trigger',
    });
    const writes = await recordedSignals(state, [complaint], day('2026-03-03'));
    await commit(state, { at: MONDAY, writes, events: [] });
    expect((await scanOn(state, scanner, '2026-03-03')).counts.evaluated).toBe(0);
    await putPages(state, [{ ...item, digest }]);
    expect((await scanOn(state, scanner, '2026-03-04')).counts).toMatchObject({ evaluated: 1, raised: 1 });
  });

  it('has one run a day, also when it is started twice at once', async () => {
    await Promise.all([scanner.start(day('2026-03-03')), scanner.start(day('2026-03-03'))]);
    await scanner.start(day('2026-03-03'));
    const events = await historyOf(state, 'scan', 'scan-2026-03-03');
    expect(events.map(({ type }) => type).filter((type) => type === 'scan.started')).toHaveLength(1);
  });

  it('goes over the library once more for a rule that is adopted while a lap begins', async () => {
    const rule = (id: string, from: string) => ({
      id,
      about: 'subject',
      when: 'subject.industry.startsWith("F52")',
      level: 'watch',
      reason: id,
      effectiveFrom: from,
    });
    await importSubjects(state, '2026-03-01', enterprise(1));
    await scanOn(state, scanner, '2026-03-02');
    await adopt(state, MONDAY, rule('retail-1', '2026-03-03'));
    await scanner.start(day('2026-03-03'));
    const events = await historyOf(state, 'scan', 'scan-2026-03-03');
    const [pass] = events.flatMap((event) =>
      event.type === 'scan.continued' && event.data.part === PASS_PART ? [event] : [],
    );
    if (pass === undefined) throw new Error('no part goes over the library');
    const client = documents();
    let isFirst = true;
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (isFirst && JSON.stringify(args.input).includes(lists.riskRules)) {
          isFirst = false;
          await adopt(state, MONDAY, rule('retail-2', '2026-03-02'));
        }
        return answer;
      },
      { step: 'initialize' },
    );
    const around = {
      state: metered({ ...state, client }),
      step: 100,
      passPerDay: 100,
      telemetry: telemetryOf('assess'),
    };
    await continuePart(around, pass);
    await carryOn(state, day('2026-03-03'), scanner.deliver);
    expect((await open()).map(({ reasons }) => reasons.map(({ policy }) => policy))).toEqual([['retail-1']]);
    await scanOn(state, scanner, '2026-03-04');
    expect((await open()).map(({ reasons }) => reasons.map(({ policy }) => policy))).toEqual([
      ['retail-1', 'retail-2'],
    ]);
  });

  it('looks at the whole library when a rule is adopted, so many subjects each morning', async () => {
    await importSubjects(state, '2026-03-02', ...Array.from({ length: 30 }, (_, n) => enterprise(n)));
    expect((await scanOn(state, scanner, '2026-03-03')).counts).toMatchObject({ evaluated: 30, raised: 0 });
    await adopt(state, MONDAY, {
      id: 'retail',
      about: 'subject',
      when: 'subject.industry.startsWith("F52")',
      level: 'watch',
      reason: '零售',
      effectiveFrom: '2026-03-05',
    });
    const raised = [];
    for (const date of ['2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07']) {
      raised.push((await scanOn(state, scanner, date)).counts.raised);
    }
    expect(raised[0]).toBe(0);
    expect(raised[1]).toBeGreaterThanOrEqual(20);
    expect(raised[1]).toBeLessThan(30);
    expect([(raised[1] ?? 0) + (raised[2] ?? 0), raised[3]]).toEqual([30, 0]);
  });

  it('says how far each part is and what it used', async () => {
    await importSubjects(state, '2026-03-02', ...Array.from({ length: 30 }, (_, n) => enterprise(n)));
    const run = await scanOn(state, scanner, '2026-03-03');
    const parts = await partsOf(state, run);
    expect(parts.map(({ part, status }) => [part, status])).toEqual(
      Array.from({ length: 8 }, (_, part) => [part, 'finished']),
    );
    expect(parts.reduce((sum, { counts }) => sum + counts.evaluated, 0)).toBe(30);
    expect(run.territories).toEqual(['410381']);
    // Each of the 30 is read in four places, three of them half a unit or more; the engine of the tests tells no more of a transaction than one item.
    expect(run.capacity.read).toBeGreaterThan(45);
    expect(run.capacity.write).toBeGreaterThan(0);
  });
});

describe('article 4: a cohort over its threshold', () => {
  const rule = {
    id: 'retail-cohort',
    about: 'cohort',
    name: '零售业风险聚集',
    when: 'cohort.warned >= 2 && cohort.warnedBasisPoints >= 2000',
    industryDigits: 2,
    coolDownDays: 30,
  };
  const triggers = async () =>
    (await queryAll(state, Trigger, { index: 'list', partition: lists.triggers })).map(
      ({ source, status, report }) => ({ source, status, ...report }),
    );
  const complained = async (on: string, ...numbers: number[]) => {
    for (const n of numbers) {
      await signal(state, n, 'complaint', on);
      await signal(state, n, 'complaint', addDays(day(on), -1), { known: on });
    }
  };

  it('becomes a trigger like one that was sent, once, and again when its cool-down is over', async () => {
    await adopt(state, MONDAY, complaints);
    await adopt(state, MONDAY, rule);
    await importSubjects(
      state,
      '2026-03-02',
      ...Array.from({ length: 8 }, (_, n) => enterprise(n)),
      ...Array.from({ length: 8 }, (_, n) => enterprise(100 + n, { industry: 'C1351' })),
    );
    await complained('2026-03-02', 1, 100);
    expect((await scanOn(state, scanner, '2026-03-03')).cohorts).toEqual({
      looked: 2,
      fired: 0,
      coolingDown: 0,
      failed: 0,
    });
    await complained('2026-03-03', 2);
    expect((await scanOn(state, scanner, '2026-03-04')).cohorts).toMatchObject({ looked: 2, fired: 1 });
    expect(await triggers()).toEqual([
      {
        source: 'scan',
        status: 'received',
        category: 'risk',
        title: '零售业风险聚集：410381 F52 预警 2/8 户',
        text: '规则 retail-cohort 第 1 版：在营 8 户，其中关注 0 户、预警 2 户、严重 0 户。',
        cohort: { territory: '410381', industry: 'F52' },
      },
    ]);
    await complained('2026-03-10', 3);
    expect((await scanOn(state, scanner, '2026-03-11')).cohorts).toMatchObject({ fired: 0, coolingDown: 1 });
    await complained('2026-04-01', 1, 2);
    expect((await scanOn(state, scanner, '2026-04-02')).cohorts).toMatchObject({ fired: 0, coolingDown: 1 });
    // Nothing has changed since; the cool-down of 30 days from 4 March is over.
    expect((await scanOn(state, scanner, '2026-04-03')).cohorts).toMatchObject({ fired: 1 });
    expect(await triggers()).toHaveLength(2);
  });

  it('is looked at anew when a rule about cohorts is adopted, with nothing else changed', async () => {
    await adopt(state, MONDAY, complaints);
    await importSubjects(state, '2026-03-02', ...Array.from({ length: 8 }, (_, n) => enterprise(n)));
    await complained('2026-03-02', 1, 2);
    await scanOn(state, scanner, '2026-03-03');
    await adopt(state, MONDAY, rule);
    expect((await scanOn(state, scanner, '2026-03-04')).cohorts).toMatchObject({ looked: 1, fired: 1 });
    expect((await scanOn(state, scanner, '2026-03-05')).cohorts).toMatchObject({ looked: 0, fired: 0 });
  });
});

describe('article 4: a rule about cohorts that is adopted anew', () => {
  const rule = {
    id: 'retail-cohort',
    about: 'cohort',
    when: 'cohort.warned >= 1',
    industryDigits: 2,
    coolDownDays: 30,
  };
  const watched = { ...complaints, when: 'subject.industry.startsWith("F52")' };

  it('while the cohorts are weighed is weighed by the run after', async () => {
    await adopt(state, MONDAY, watched);
    await importSubjects(state, '2026-03-02', enterprise(1));
    await scanOn(state, scanner, '2026-03-03');
    await signal(state, 1, 'complaint', '2026-03-04');
    await scanner.start(day('2026-03-04'));
    const adopting = async (event: MingchouEvent) => {
      if (event.type === 'scan.weighing') await adopt(state, MONDAY, rule);
      return scanner.deliver(event);
    };
    expect((await carryOn(state, day('2026-03-04'), adopting)).cohorts).toMatchObject({ looked: 0 });
    expect((await scanOn(state, scanner, '2026-03-05')).cohorts).toMatchObject({ looked: 1, fired: 1 });
  });

  it.each([
    [40, '2026-04-12'],
    [10, '2026-03-13'],
  ])('with a cool-down of %i days fires again on %s, with nothing else changed', async (days, on) => {
    await adopt(state, MONDAY, watched);
    await adopt(state, MONDAY, rule);
    await importSubjects(state, '2026-03-02', enterprise(1));
    expect((await scanOn(state, scanner, '2026-03-03')).cohorts).toMatchObject({ fired: 1 });
    await adopt(state, MONDAY, { ...rule, version: 2, coolDownDays: days });
    const before = addDays(day(on), -1);
    const fired: string[] = [];
    const dates = new Set(['2026-03-04', '2026-03-13', '2026-04-02', before, on]);
    for (const date of [...dates].toSorted().filter((one) => one <= on)) {
      const { cohorts } = await scanOn(state, scanner, date);
      if (cohorts.fired > 0) fired.push(date);
    }
    expect(fired).toEqual([on]);
  });
});

describe('article 4: a subject at the gravest level', () => {
  const severe = {
    id: 'serious-violator',
    about: 'subject',
    when: 'subject.isSeriousViolator()',
    level: 'severe',
    reason: '列入严重违法失信名单',
    directCheck: { items: ['YS-001'], coolDownDays: 60 },
  };
  const checks = async (warning: string) =>
    (await historyOf(state, 'warning', warning))
      .filter(({ type }) => type === 'warning.check-due')
      .map(({ time }) => time.slice(0, 10))
      .toSorted();

  it('is proposed for a direct check, not again within its cool-down, and again after it', async () => {
    await adopt(state, MONDAY, severe);
    await importSubjects(state, '2026-03-02', enterprise(1));
    await signal(state, 1, 'serious-violation', '2026-03-02');
    expect((await scanOn(state, scanner, '2026-03-03')).counts.checks).toBe(1);
    const [warning] = await open();
    await signal(state, 1, 'complaint', '2026-03-20');
    await scanOn(state, scanner, '2026-03-21');
    expect(await standing(1)).toEqual({ level: 'severe', due: '2026-05-02' });
    expect((await scanOn(state, scanner, '2026-05-02')).counts).toMatchObject({ raised: 0, checks: 1 });
    expect(await checks(warning?.id ?? '')).toEqual(['2026-03-02', '2026-05-01']);
  });

  it('is let go by a credit repair', async () => {
    await adopt(state, MONDAY, severe);
    await importSubjects(state, '2026-03-02', enterprise(1));
    await signal(state, 1, 'serious-violation', '2026-03-02');
    await scanOn(state, scanner, '2026-03-03');
    await signal(state, 1, 'credit-repair', '2026-03-05', { lifts: ['serious-violation'] });
    expect((await scanOn(state, scanner, '2026-03-06')).counts).toMatchObject({ cleared: 1, checks: 0 });
    expect(await standing(1)).toEqual({ level: undefined, due: undefined });
  });
});
