import { describe, expect, it } from 'vitest';

import { sealedBeacon, type Beacon } from '#domain/draw/beacon.ts';
import { buildCommitment } from '#domain/draw/commitment.ts';
import { explainProof } from '#domain/draw/explanation.ts';
import { canonicalPool, summarizePool } from '#domain/draw/pool.ts';
import { addMatching, buildProof, type Proof } from '#domain/draw/proof.ts';
import type { QuotaRule } from '#domain/draw/quota.ts';

const SECRET = '5485cb5d03981cc3bd989290a6be33ca392c013279a5c3c3fd10a1cae57e1460';
const pool = canonicalPool(
  Array.from({ length: 40 }, (_, index) => ({
    id: `91410381${index * 37}`,
    stratum: index % 4 === 0 ? 'D' : 'A',
  })),
);

const proofOf = (
  spec: Record<string, unknown>,
  rule: QuotaRule = { mode: 'ratio', basisPoints: { A: 525, D: 3000 } },
  beacon: Beacon = sealedBeacon(SECRET),
  beaconValue = SECRET,
): Proof =>
  buildProof({
    commitment: buildCommitment({ drawId: 'D-1', pool: summarizePool(pool), rule, beacon, spec }),
    beaconValue,
    pool,
  });

const full = proofOf({
  plan: '明抽〔2026〕3号',
  title: '餐饮投诉抽查（后厨脏乱）',
  trigger: 'T-7',
  policy: { id: 'complaint-dining', version: 2 },
  criteria: { territory: ['410381'], industry: ['H62'] },
  items: ['YS-1', 'YS-2'],
  teamSize: 2,
  excluded: { 'not-operating': 3, 'no-item-applies': 1, 'seen-lately': 0 },
});
const zh = (proof: Proof) => explainProof(proof).map((paragraph) => paragraph.zh);
const en = (proof: Proof) => explainProof(proof).map((paragraph) => paragraph.en);

describe('the explanation of a proof', () => {
  it('says in Chinese what was drawn from whom, and how many', () => {
    expect(zh(full).slice(0, 4)).toEqual([
      '本次抽取的编号为 D-1；名称为“餐饮投诉抽查（后厨脏乱）”；计划文号为明抽〔2026〕3号；由触发 T-7 引起；依据规则 complaint-dining 第 2 版；检查事项为 YS-1、YS-2；为定向抽查：行政区划 410381；行业 H62。',
      '名单中共有 40 个符合条件的对象：A 低风险 30 个，D 高风险 10 个。',
      '范围内另有 4 个对象没有进入名单：抽查事项均不适用 1 个，登记状态不是存续 3 个。',
      '抽取数由事先写明的比例算出，不足一个的按一个计：A 低风险按 5.25% 从 30 个中抽 2 个，D 高风险按 30% 从 10 个中抽 3 个。共抽 5 个。',
    ]);
  });

  it('says the same in English', () => {
    expect(en(full).slice(0, 4)).toEqual([
      'This is the draw D-1: it is called “餐饮投诉抽查（后厨脏乱）”; belongs to the plan 明抽〔2026〕3号; was caused by the trigger T-7; follows the rule complaint-dining in version 2; is about the check items YS-1, YS-2; is a directed draw: territory 410381; industry H62.',
      'The pool has 40 eligible objects: 30 of class A (low risk), 10 of class D (high risk).',
      'Within the scope, 4 more objects were left out of the pool: 1 because none of the items applies, 3 because not operating.',
      'How many are drawn follows from shares that were written down before, parts of an object counting as a whole one: 2 of the 30 of class A (low risk) (5.25%), 3 of the 10 of class D (high risk) (30%). That is 5 in all.',
    ]);
  });

  it('tells the fingerprint, the opened secret with its weakness, the seed and the selected', () => {
    const [, , , , commitment, beacon, tickets, selected, matching] = zh(full);
    expect(commitment).toContain(`公布了它的数字指纹 ${full.commitmentHash}。`);
    expect(beacon).toContain(`抽取时公开的秘密为 ${SECRET}。随机数是系统在读取名单之前封存的秘密`);
    expect(beacon).toContain('最弱的一种');
    expect(tickets).toContain(`算出一个“种子”：${full.seed}。`);
    expect(selected).toBe(
      `共选中 5 个对象，按签号从小到大为：${full.selected.map(({ id, stratum }) => `${id}（${stratum === 'A' ? 'A 低风险' : 'D 高风险'}）`).join('、')}。`,
    );
    expect(matching).toBe('证明中没有检查人员的匹配：尚未匹配，或由承担单位直接指派。');
  });

  it('tells how the inspectors were matched', () => {
    const objects = full.selected.map(({ id }) => id);
    const matched = addMatching(full, [
      {
        unitId: 'u1',
        teamSize: 2,
        objects,
        inspectors: ['p1', 'p2', 'p3', 'p4'].map((id) => ({ id, qualified: true })),
        barred: [{ objectId: objects[0] ?? '', inspectorId: 'p1' }],
        previous: [{ objectId: objects[1] ?? '', inspectorId: 'p2' }],
      },
    ]);
    expect(zh(matched).at(8)).toBe(
      '检查人员也由同一个种子决定，共组成 5 个检查组。单位 u1 有 4 名可派人员，为 5 个对象各配 2 人，因回避排除 1 个人员与对象的组合，对上次检查过同一对象的 1 个组合，有其他人可派时不再派。每组至少有一人具备所需资质；任务最重的人尽可能少；仍可选择时由签号决定，不由人决定。单位和人员在证明中用代号表示。',
    );
    expect(en(matched).at(8)).toContain(
      'The unit u1 had 4 people who could go, and sends 2 to each of 5 objects, leaving out 1 pairs of person and object for recusal',
    );
  });

  it('tells a rule of a fixed number with weights', () => {
    const counted = proofOf({}, { mode: 'count', count: 9, weights: { A: 1, D: 2 } });
    expect(zh(counted)[3]).toBe(
      '事先写明共抽 9 个，按各类别的数量乘以权重分配，哪一类都不超过它的全部对象：A 低风险（权重 1）从 30 个中抽 5 个，D 高风险（权重 2）从 10 个中抽 4 个。实际共抽 9 个。',
    );
  });

  it('says nothing that the proof does not say', () => {
    const bare = proofOf({ policy: 'by hand', items: 7 });
    expect(zh(bare).slice(0, 3)).toEqual([
      '本次抽取的编号为 D-1。',
      '名单中共有 40 个符合条件的对象：A 低风险 30 个，D 高风险 10 个。',
      '承诺没有载明哪些对象被排除在名单之外。',
    ]);
    expect(en(bare)[0]).toBe('This is the draw D-1.');
    const { rule: _, ...spec } = bare.commitment.spec;
    const unruled = { ...bare, commitment: { ...bare.commitment, spec } };
    expect(zh(unruled)[3]).toBe(
      '抽取数由承诺直接写明，共 5 个：A 低风险 2 个，D 高风险 3 个。承诺没有载明计算它的规则。',
    );
    expect(zh(proofOf({ criteria: {}, excluded: {} })).slice(0, 3)).toEqual([
      '本次抽取的编号为 D-1；为不定向抽查：全部检查对象。',
      '名单中共有 40 个符合条件的对象：A 低风险 30 个，D 高风险 10 个。',
      '承诺载明：范围内没有对象被排除在名单之外。',
    ]);
  });

  it('names an exclusion that it has no words for, and a class that is no credit class', () => {
    expect(zh(proofOf({ excluded: { 'seen-lately': 2 } }))[2]).toBe(
      '范围内另有 2 个对象没有进入名单：seen-lately 2 个。',
    );
    const other = proofOf({});
    const renamed = { ...other.commitment, pool: { ...other.commitment.pool, size: { gas: 8 } } };
    expect(zh({ ...other, commitment: renamed })[1]).toBe('名单中共有 8 个符合条件的对象：类别 gas 8 个。');
  });

  it('tells a drand round and an announced source by their names', () => {
    const chain = 'ab'.repeat(32);
    const drand = proofOf({}, undefined, { kind: 'drand', chain, round: 4711 }, SECRET);
    expect(zh(drand)[5]).toContain(`承诺指定用 drand 链 ${chain} 的第 4711 轮，其随机数为 ${SECRET}。`);
    const announced: Beacon = { kind: 'announced', source: '双色球', expectedAt: '2026-11-26T13:15:00Z' };
    expect(zh(proofOf({}, undefined, announced, '01 02'))[5]).toContain(
      '承诺指定用“双色球”的公布内容，预计公布时间为 2026-11-26T13:15:00Z（UTC）；采用的内容为“01 02”。',
    );
  });

  it('tells what was named, spared, replaced and left to the units, and that a fallback was used', () => {
    const story = proofOf({
      replaces: 'D-0',
      named: ['91410381MA00000001'],
      coolDownDays: 30,
      staffing: 'direct',
      beaconWanted: 'drand',
      excluded: { named: 1, 'cool-down': 2, frequency: 4 },
    });
    const paragraphs = explainProof(story);
    const has = (one: { zh: string; en: string }) =>
      paragraphs.filter((paragraph) => paragraph.zh.includes(one.zh) && paragraph.en.includes(one.en)).length;
    expect([
      has({ zh: '系在抽取 D-0 作废后重新进行', en: 'is made instead of the draw D-0, which was voided' }),
      has({ zh: '30 天内检查过的对象不再抽取', en: 'spares whoever was visited within 30 days' }),
      has({ zh: '触发线索点名了 91410381MA00000001', en: 'The trigger names 91410381MA00000001' }),
      has({
        zh: '近期已检查，处于冷却期 2 个，已达抽查频次上限 4 个',
        en: '2 because visited within the cool-down',
      }),
      has({ zh: '计划原定采用 drand 信标', en: 'The plan asked for a drand beacon, which could not be had' }),
      has({ zh: '检查人员由承担单位直接选派并说明理由', en: 'the units choose their inspectors themselves' }),
    ]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('names the first of many selected and counts the rest', () => {
    const many = proofOf({}, { mode: 'ratio', basisPoints: { A: 10_000, D: 0 } });
    expect(zh(many)[7]).toMatch(/^共选中 30 个对象，.*，其余 10 个见证明。$/);
    expect(zh({ ...many, selected: [] })[7]).toBe('没有对象被选中。');
  });

  it('holds no number that is not from the proof', () => {
    const known = `${JSON.stringify(full)} 525 5.25 30 2 3 4 5 10 40`;
    for (const number of [...zh(full), ...en(full)].join(' ').match(/\d[\d.]*\d|\d/g) ?? []) {
      expect(known).toContain(number);
    }
  });
});
