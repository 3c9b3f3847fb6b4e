import { expect, it } from 'vitest';
import { newEvent } from '#contracts/events.ts';
import { Deadline, deadlineId } from '#domain/deadline/deadline.ts';
import { Draw } from '#domain/draw/draw.ts';
import { proposeDirectCheck } from '#functions/draw/direct-check.ts';
import { savedCalendar, withYear } from '#store/calendars.ts';
import { commit } from '#store/commit.ts';
import { lists, stateKey } from '#store/keys.ts';
import { load, queryAll } from '#store/store.ts';
import { ARRANGEMENT_2027 } from '../support/arrangements.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, fillLibrary } from '../support/draws.ts';
import { at, MONDAY } from '../support/samples.ts';

it('article 4: a direct check names one subject, takes nobody from its pool, and is to be approved within two working days of the imported year', async () => {
  const { state } = await openDatabase();
  await fillLibrary(state, 3);
  const year = {
    year: 2027,
    days: [...ARRANGEMENT_2027],
    contentHash: 'a'.repeat(64),
    adoptedAt: MONDAY,
    by: 'admin',
  };
  await commit(state, { at: MONDAY, writes: [savedCalendar(withYear(undefined, year))], events: [] });
  const event = newEvent('warning.check-due', {
    // Friday 8 January in Shanghai; on the Sunday after it people work.
    time: at('2027-01-07T23:00:00.000Z'),
    about: { kind: 'warning', id: 'W-1', version: 1 },
    correlation: 'W-1',
    causation: 'scan-2027-01-08',
    actor: { kind: 'function', id: 'assess' },
    data: {
      subjectId: codeOf(1),
      subjectName: '企业1',
      level: 'severe',
      policies: ['serious'],
      items: ['YS-001'],
    },
  });
  if (event.type !== 'warning.check-due') throw new Error(`made a ${event.type}`);
  await proposeDirectCheck(state, event, '明抽〔{year}〕{serial}号');
  await proposeDirectCheck(state, event, '明抽〔{year}〕{serial}号');
  const draws = await queryAll(state, Draw, { index: 'list', partition: lists.draws });
  expect(
    draws.map(({ status, title, named, rule, items, teamSize }) => ({
      status,
      title,
      named: named.map(({ id }) => id),
      rule,
      items,
      teamSize,
    })),
  ).toEqual([
    {
      status: 'proposed',
      title: '风险预警直接检查：企业1',
      named: [codeOf(1)],
      rule: { mode: 'ratio', basisPoints: { A: 0, B: 0, C: 0, D: 0 } },
      items: ['YS-001'],
      teamSize: 2,
    },
  ]);
  const deadline = stateKey('DEADLINE', deadlineId('approve', draws[0]?.id ?? ''));
  expect(await load(state, Deadline, deadline)).toMatchObject({ due: '2027-01-11', provisional: false });
});
