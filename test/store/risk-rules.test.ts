import { describe, expect, it } from 'vitest';
import { CohortRule, type RiskRule } from '#domain/risk/rule.ts';
import { commit } from '#store/commit.ts';
import { dueThrough, PASS_PARTITION } from '#store/keys.ts';
import { adoptedRule, allRiskRules, Pass, riskRulesInForce, versionsOfRule } from '#store/risk-rules.ts';
import { passesDone } from '#store/scans.ts';
import { queryAll } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { refusalFrom } from '../support/refusals.ts';
import { subjectRule } from '../support/risk-samples.ts';
import { day, MONDAY } from '../support/samples.ts';

const { state } = await openDatabase();
const adopt = (rule: RiskRule) => commit(state, { at: MONDAY, writes: adoptedRule(rule), events: [] });
const since = (effectiveFrom: string, version = 1) => ({ version, effectiveFrom });

const fuel = (version: number, effectiveFrom: string): CohortRule =>
  CohortRule.parse({
    id: 'fuel',
    version,
    name: '加油站预警比例',
    effectiveFrom,
    about: 'cohort',
    when: 'cohort.warnedBasisPoints >= 500',
    industryDigits: 3,
    severity: 'severe',
    coolDownDays: 90,
  });
const listed = subjectRule('listed', 'severe', {
  ...since('2026-01-01'),
  when: 'subject.isAbnormal()',
  directCheck: { items: ['YS-001'], coolDownDays: 180 },
});
const complaints = Array.from({ length: 11 }, (_, at) =>
  subjectRule('complaints', 'watch', since(at === 10 ? '2026-06-01' : '2026-01-01', at + 1)),
);
const complaintsAgain = subjectRule('complaints-again', 'watch', since('2026-01-01'));

await adopt(listed);
for (const version of complaints) await adopt(version);
await adopt(fuel(1, '2026-02-01'));
await adopt(fuel(2, '2026-04-01'));
await adopt(complaintsAgain);

describe('article 17: the rules about risk', () => {
  it('are kept in every version, by id and version, as they were adopted', async () => {
    expect(await allRiskRules(state)).toEqual([
      ...complaints,
      complaintsAgain,
      fuel(1, '2026-02-01'),
      fuel(2, '2026-04-01'),
      listed,
    ]);
  });

  it('are listed for one id alone, oldest first, the eleventh version last', async () => {
    expect((await versionsOfRule(state, 'complaints')).map(({ version }) => version)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(await versionsOfRule(state, 'complaint')).toEqual([]);
  });

  it.each([
    ['2025-12-31', [], []],
    ['2026-01-31', ['complaints 10', 'complaints-again 1', 'listed 1'], []],
    ['2026-02-01', ['complaints 10', 'complaints-again 1', 'listed 1'], ['fuel 1']],
    ['2026-03-31', ['complaints 10', 'complaints-again 1', 'listed 1'], ['fuel 1']],
    ['2026-06-01', ['complaints 11', 'complaints-again 1', 'listed 1'], ['fuel 2']],
  ])('in force on %s are these about subjects %j and these about cohorts %j', async (on, subject, cohort) => {
    const names = (rules: readonly RiskRule[]) => rules.map(({ id, version }) => `${id} ${version}`);
    const inForce = await riskRulesInForce(state, day(on));
    expect([names(inForce.subject), names(inForce.cohort)]).toEqual([subject, cohort]);
  });

  it('are adopted once: a version that is there is refused, and stays as it was', async () => {
    const refusal = await refusalFrom(adopt({ ...listed, reason: '其他理由' }));
    expect([refusal.reason, refusal.message.split(' ')[0]]).toEqual(['version-conflict', 'POLICY#listed@1']);
    expect(await versionsOfRule(state, 'listed')).toEqual([listed]);
  });
});

describe('a pass over the library', () => {
  const passes = (on: string) =>
    queryAll(state, Pass, { index: 'due', partition: PASS_PARTITION, through: dueThrough(day(on)) });

  const asked = async (on: string) => (await passes(on)).map(({ id, digest }) => `${id} ${digest}`);

  it('is asked for once for each day from which rules are in force, by the one that was adopted last', async () => {
    expect(await asked('2025-12-31')).toEqual([]);
    expect(await asked('2026-03-31')).toEqual([
      'subject@2026-01-01 complaints-again@1',
      'cohort@2026-02-01 fuel@1',
    ]);
    expect((await asked('2026-06-01')).slice(-2)).toEqual([
      'cohort@2026-04-01 fuel@2',
      'subject@2026-06-01 complaints@11',
    ]);
  });

  it('says what is to be looked at: every subject or every cohort', async () => {
    expect((await passes('2026-04-01')).map(({ about, from }) => [about, from])).toEqual([
      ['subject', '2026-01-01'],
      ['cohort', '2026-02-01'],
      ['cohort', '2026-04-01'],
    ]);
  });

  it('is not done by one that began before another rule asked', async () => {
    const begun = await passes('2026-03-31');
    await adopt(subjectRule('later', 'watch', since('2026-01-01')));
    await commit(state, { at: MONDAY, writes: await passesDone(state, begun), events: [] });
    expect(await asked('2026-03-31')).toEqual(['subject@2026-01-01 later@1']);
  });
});
