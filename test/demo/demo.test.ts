import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runProgram, type Outcome } from '../support/process.ts';
import { workshop } from '../support/template.ts';

const ENTRY = fileURLToPath(new URL('../../infra/demo/demo.ts', import.meta.url));

const Line = z.object({
  date: z.string(),
  time: z.string(),
  weekday: z.string(),
  step: z.string(),
  zh: z.string(),
  en: z.string(),
  facts: z.record(z.string(), z.unknown()).default({}),
});
type Line = z.infer<typeof Line>;

/** Runs the demo as a person does, on the engine that the tests share. */
async function demo(args: readonly string[], environment: Record<string, string>): Promise<Outcome> {
  return runProgram(ENTRY, args, { environment });
}

describe('the demo', () => {
  let played: Outcome | undefined;
  let lines: readonly Line[] = [];
  const steps = (step: string): Line[] => lines.filter((line) => line.step === step);
  /** When reminders of a deadline went out, how many working days were left, and to whom. */
  const reminders = (deadline: string) =>
    steps('deadline.reminded')
      .filter(({ facts }) => facts['deadline'] === deadline)
      .map(({ date, weekday, facts }) => [
        date,
        weekday,
        facts['remaining'],
        Object.keys(z.record(z.string(), z.unknown()).parse(facts['told'])).join(' '),
      ]);

  beforeAll(async () => {
    const { endpoint } = await workshop();
    played = await demo(['--json'], { AWS_ENDPOINT_URL_DYNAMODB: endpoint });
    lines = played.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Line.parse(JSON.parse(line)));
  }, 900_000);

  it('ends well and complains of nothing', () => {
    expect([played?.code, played?.stderr]).toEqual([0, '']);
  });

  it('goes from a signed complaint to teams within the same minute', () => {
    const chain = lines
      .filter(({ date, time }) => date === '2026-09-01' && time === '09:30')
      .map(({ step }) => step);
    expect(chain).toEqual([
      'trigger.received',
      'trigger.fired',
      'draw.proposed',
      'draw.approved',
      'draw.committed',
      'draw.drawn',
      'draw.matched',
      ...Array.from({ length: 4 }, () => 'inspection.assigned'),
      'draw.dispatched',
      'webhook.repeated',
      'proof.verified',
      'proof.tampered',
    ]);
    expect(steps('draw.proposed')[0]?.facts['plan']).toBe('明抽〔2026〕1号');
    expect(steps('draw.committed')[0]?.facts).toMatchObject({ poolSize: 54, quota: 4 });
    expect(steps('proof.tampered')[0]?.facts['firstFailure']).toBe('pool-size');
  });

  it('refuses a wrong signature and holds what no rule knows', () => {
    expect(steps('webhook.refused').map(({ time, facts }) => [time, facts['status']])).toEqual([
      ['09:15', 401],
    ]);
    expect(steps('trigger.held').map(({ time, facts }) => [time, facts['title']])).toEqual([
      ['10:00', '路面夜间施工扰民'],
    ]);
    expect(reminders('triage').slice(0, 3)).toEqual([
      ['2026-09-02', 'Wed', 1, 'lead-section'],
      ['2026-09-03', 'Thu', 0, 'lead-section'],
      ['2026-09-04', 'Fri', -1, 'lead-section supervisor'],
    ]);
  });

  it('counts 20 working days over Mid-Autumn, National Day and two make-up days', () => {
    expect(steps('inspection.ended').map(({ date, facts }) => [date, facts['publishBy']])).toEqual([
      ['2026-09-03', '2026-10-08'],
      ['2026-09-07', '2026-10-10'],
      ['2026-09-16', '2026-10-20'],
    ]);
    expect(steps('day.make-up').map(({ date, weekday }) => [date, weekday])).toEqual([
      ['2026-09-20', 'Sun'],
      ['2026-10-10', 'Sat'],
    ]);
    expect(steps('day.holiday').map(({ date, facts }) => [date, facts['through']])).toEqual([
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ]);
  });

  it('publishes two results on time, and a third late after its rungs up to the supervisor', () => {
    expect(steps('inspection.published').map(({ date, facts }) => [date, facts['onTime']])).toEqual([
      ['2026-09-10', true],
      ['2026-09-22', true],
      ['2026-10-14', false],
    ]);
    expect(reminders('publish')).toEqual([
      ['2026-09-20', 'Sun', 10, 'inspector'],
      ['2026-09-28', 'Mon', 5, 'inspector'],
      ['2026-09-30', 'Wed', 3, 'inspector'],
      ['2026-10-09', 'Fri', 1, 'inspector'],
      ['2026-10-10', 'Sat', 0, 'inspector'],
      ['2026-10-12', 'Mon', -1, 'inspector unit'],
      ['2026-10-13', 'Tue', -2, 'inspector unit supervisor'],
      ['2026-10-14', 'Wed', -3, 'inspector unit supervisor'],
    ]);
  });

  it('lets the next in line come when a team never accepts, and goes up to the supervisor once nobody is left', () => {
    expect(reminders('accept').slice(0, 4)).toEqual([
      ['2026-09-02', 'Wed', 1, 'inspector'],
      ['2026-09-03', 'Thu', 0, 'inspector'],
      ['2026-09-04', 'Fri', -1, 'inspector unit'],
      ['2026-09-07', 'Mon', 1, 'inspector'],
    ]);
    expect(steps('inspection.replaced').map(({ date }) => date)).toEqual([
      '2026-09-04',
      '2026-09-04',
      '2026-09-09',
      '2026-09-09',
      '2026-09-14',
    ]);
    expect(reminders('accept').at(-1)).toEqual(['2026-10-27', 'Tue', -25, 'inspector unit supervisor']);
  });

  it('ends with a verified ledger and the figures of two months', () => {
    const [ledger, summary, ...more] = lines.slice(-2);
    expect([ledger?.step, summary?.step, more.length]).toEqual(['ledger.verified', 'summary', 0]);
    expect(summary?.date).toBe('2026-11-01');
    expect(summary?.facts).toMatchObject({
      inspections: { closed: 2, published: 1, assigned: 1 },
      late: 1,
      days: 61,
      deadLetters: 0,
      entries: ledger?.facts['entries'],
    });
  });
});

it('a demo that can not start says why in one line', async () => {
  const { code, stderr } = await demo([], { AWS_ENDPOINT_URL_DYNAMODB: 'nowhere' });
  expect(code).toBe(1);
  expect(stderr).toBe('FAILED 失败 The environment variable AWS_ENDPOINT_URL_DYNAMODB must be a URL.\n');
});

it('an unknown argument is answered with the usage', async () => {
  const { code, stderr } = await demo(['--fast'], {});
  expect(code).toBe(2);
  expect(stderr).toBe('Usage: npm run demo [-- --json]\n');
});
