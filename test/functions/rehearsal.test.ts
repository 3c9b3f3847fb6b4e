import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Policy } from '#domain/policy/policy.ts';
import { Instant, later } from '#domain/time/time.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { commit } from '#store/commit.ts';
import { cellKey } from '#store/keys.ts';
import { putPages } from '#store/pages.ts';
import { adopted } from '#store/policies.ts';
import { riskRulesInForce } from '#store/risk-rules.ts';
import { createdTrigger } from '#store/triggers.ts';
import { codeOf } from '../support/draws.ts';
import { complaints, fillLibrary, openPolicies, TODAY, WINDOW } from '../support/policies.ts';
import { fuelPolicy } from '../support/samples.ts';

const HOUR = 3_600_000;
const Finding = z.record(z.string(), z.unknown());

let policies: Awaited<ReturnType<typeof openPolicies>>;
beforeAll(async () => {
  policies = await openPolicies();
  await fillLibrary(policies.state);
});

describe('the rehearsal of a rule about subjects', () => {
  it('tells on which day each would have been warned of, step by step, and counts each once', async () => {
    const { events, view } = await policies.rehearsed('many-complaints', complaints);
    expect(view).toMatchObject({
      policy: 'many-complaints',
      about: 'subject',
      status: 'finished',
      ...WINDOW,
      progress: { done: 8, total: 8 },
      counts: {
        looked: 8,
        operating: 7,
        warned: 2,
        holding: 1,
        failed: 0,
        byClass: { none: 2 },
        byTerritory: { '410381': 2 },
      },
      // 1 of 7.
      shareBasisPoints: 1428,
      found: 2,
    });
    const findings = z.array(Finding).parse(view['findings']);
    expect(findings.toSorted((a, b) => (String(a['subject']) < String(b['subject']) ? -1 : 1))).toEqual([
      {
        subject: codeOf(0),
        name: '企业0',
        territory: '410381001',
        industry: 'F5265',
        first: '2026-01-20',
        days: 15,
        holds: false,
      },
      {
        subject: codeOf(2),
        name: '企业2',
        territory: '410381001',
        industry: 'F5265',
        first: '2026-02-25',
        days: 5,
        holds: true,
      },
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'rehearsal.started',
      ...Array.from({ length: events.length - 2 }, () => 'rehearsal.continued'),
      'rehearsal.finished',
    ]);
    expect(events.length).toBeGreaterThan(4);
    expect(events.at(-1)).toMatchObject({
      data: { policy: 'many-complaints', about: 'subject', looked: 8, found: 2, failed: 0 },
    });
  });

  it('goes by the class that stood on the day', async () => {
    const { view } = await policies.rehearsed('class-b', {
      ...complaints,
      when: 'subject.creditClass == "B"',
    });
    expect(view).toMatchObject({
      counts: { warned: 1, holding: 0, byClass: { D: 1 } },
      findings: [{ subject: codeOf(1), creditClass: 'D', first: '2026-01-10', days: 31, holds: false }],
    });
  });

  it('writes nothing but what it found: the rule is not in force', async () => {
    expect(await riskRulesInForce(policies.state, TODAY)).toEqual({ subject: [], cohort: [] });
  });
});

describe('the rehearsal of a rule about cohorts', () => {
  const crowded = {
    about: 'cohort',
    name: '预警集中',
    effectiveFrom: '2026-01-01',
    when: 'cohort.warned >= 3 && cohort.warnedBasisPoints >= 500',
    industryDigits: 2,
    coolDownDays: 30,
  };

  it('tells which would fire on the counts of now, and that they are of now', async () => {
    const cell = (territory: string, industry: string | undefined, counts: object) => ({
      ...cellKey(territory, industry),
      territory,
      industry,
      watch: 0,
      warning: 0,
      severe: 0,
      ...counts,
    });
    await putPages(policies.state, [
      cell('410381001', 'F5265', { subjects: 30, watch: 2 }),
      cell('410381', 'F5211', { subjects: 20, severe: 1 }),
      cell('410381', undefined, { subjects: 9, severe: 9 }),
      cell('410381', 'H6210', { subjects: 100, warning: 3 }),
      cell('410305', 'F5265', { subjects: 0 }),
      cell('410305', 'H6210', { subjects: 5, warning: 3 }),
    ]);
    const { events, view } = await policies.rehearsed('crowded', crowded);
    expect(view).toMatchObject({
      status: 'finished',
      asOf: '2026-03-02T01:30:00.000Z',
      progress: { done: 2, total: 2 },
      counts: { looked: 3, fired: 2, failed: 0 },
      findings: [
        { territory: '410305', industry: 'H62', subjects: 5, watch: 0, warning: 3, severe: 0 },
        { territory: '410381', industry: 'F52', subjects: 50, watch: 2, warning: 0, severe: 1 },
      ],
    });
    expect(events.length).toBe(3);
    expect((await policies.put('crowded', crowded)).body).toEqual({
      ...crowded,
      territoryDigits: 6,
      id: 'crowded',
      version: 1,
    });
  });
});

describe('the rehearsal of a policy of triggers', () => {
  const at = (hours: number) => later(fromDay, hours * HOUR);
  const fromDay = Instant.parse('2026-02-01T02:00:00.000Z');

  it('tells what it would have fired, merged, held, left to another policy, and not computed', async () => {
    const received = (n: number, hours: number, report: object) =>
      createdTrigger(
        Trigger.parse({
          id: `T-${n}`,
          version: 1,
          status: 'received',
          source: 'hotline-12345',
          senderId: String(n),
          receivedAt: at(hours),
          report: { category: 'monitoring', title: `线索${n}`, cohort: { territory: '410381' }, ...report },
        }),
      );
    const evidence = [{ name: '照片', url: 'https://example.org/1.jpg' }];
    const writes = [
      received(0, -24 * 32, { evidence }),
      received(1, 0, { evidence }),
      received(2, 1, { evidence, cohort: {} }),
      received(3, 2, { evidence }),
      received(4, 3, {}),
      received(5, 4, { evidence, severity: 'severe' }),
      received(6, 5, { evidence, category: 'risk' }),
      received(7, 27, { evidence }),
      received(8, 28, { evidence }),
      received(9, 29, { category: 'complaint' }),
      received(10, 24 * 30, { evidence }),
    ];
    await commit(policies.state, { at: at(0), writes, events: [] });
    const severe = Policy.parse({
      ...fuelPolicy,
      id: 'newer',
      effectiveFrom: '2026-01-15',
      when: 'trigger.category == "risk"',
    });
    await commit(policies.state, { at: at(0), writes: [adopted(severe)], events: [] });
    const { id: _, version: __, ...body } = fuelPolicy;
    const policy = {
      ...body,
      when: 'trigger.category != "complaint" && 2 / trigger.evidence >= 1',
      merge: { windowHours: 24 },
    };
    const { view } = await policies.rehearsed('evidence', policy, {
      from: '2026-02-01',
      through: '2026-02-28',
    });
    const criteria = { territory: ['410381'], industry: ['F526'] };
    expect(view).toMatchObject({
      status: 'finished',
      progress: { done: 9, total: 9 },
      counts: { looked: 9, fired: 3, merged: 2, held: 1, outdone: 1, failed: 1 },
      failure: { of: 'T-4', on: '2026-02-01', why: 'division by zero' },
      found: 8,
      findings: [
        { trigger: 'T-1', day: '2026-02-01', title: '线索1', outcome: 'fired', criteria },
        { trigger: 'T-2', outcome: 'held', missing: ['territory'] },
        { trigger: 'T-3', outcome: 'merged', into: 'T-1', criteria },
        { trigger: 'T-4', outcome: 'failed', why: 'division by zero' },
        { trigger: 'T-5', outcome: 'fired', criteria },
        { trigger: 'T-6', outcome: 'outdone', by: 'newer' },
        // The severe one opened the window anew, 23 hours ago.
        { trigger: 'T-7', outcome: 'merged', into: 'T-5' },
        { trigger: 'T-8', day: '2026-02-02', outcome: 'fired' },
      ],
    });
  });
});
