import * as z from 'zod';

import { creditClassLabels } from '#domain/subject/subject.ts';

import { beaconMeaning, type Beacon, type Bilingual } from './beacon.ts';
import { describeCriteria, DrawCriteria, isDirected } from './criteria.ts';
import { exclusionReasonLabels } from './exclusion.ts';
import type { UnitStaffing } from './matching.ts';
import type { Proof, ProofMatching } from './proof.ts';
import { Staffing } from './draw.ts';
import { QuotaRule } from './quota.ts';

/*
 * A proof in plain words, for somebody who has to answer for it in a courtroom and not in a laboratory. Every number is
 * one of the proof, or a sum of such; what the proof doesn't say is not said.
 */

/** More selected objects than these are counted and not named: the proof itself has them all. */
const NAMED = 20;

/** What our own commitments put into their spec. A member that is missing, or is something else, is passed over. */
const Story = z.object({
  plan: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  trigger: z.string().optional().catch(undefined),
  policy: z.object({ id: z.string(), version: z.int() }).optional().catch(undefined),
  replaces: z.string().optional().catch(undefined),
  criteria: DrawCriteria.optional().catch(undefined),
  items: z.array(z.string()).optional().catch(undefined),
  named: z.array(z.string()).optional().catch(undefined),
  coolDownDays: z.int().positive().optional().catch(undefined),
  staffing: Staffing.optional().catch(undefined),
  beaconWanted: z.string().optional().catch(undefined),
  excluded: z.record(z.string(), z.int().nonnegative()).optional().catch(undefined),
  rule: QuotaRule.optional().catch(undefined),
});
type Story = z.infer<typeof Story>;

const EXCLUSIONS = new Map<string, Bilingual>(Object.entries(exclusionReasonLabels));

const CLASS_ZH = new Map<string, string>(Object.entries(creditClassLabels));
const CLASS_EN = new Map<string, string>([
  ['A', 'A (low risk)'],
  ['B', 'B (ordinary risk)'],
  ['C', 'C (raised risk)'],
  ['D', 'D (high risk)'],
]);

/** The proof in plain words, a paragraph for each question that a reader has. It tells what the proof says; whether that is true is for the verification. */
export function explainProof(proof: Proof): Bilingual[] {
  const story = Story.parse(proof.commitment.spec);
  return [
    aboutDraw(proof, story),
    aboutPool(proof),
    aboutExclusions(story),
    ...aboutNamed(story),
    aboutQuota(proof, story),
    aboutCommitment(proof),
    aboutBeacon(proof, story),
    aboutTickets(proof),
    aboutSelected(proof),
    aboutMatching(proof.matching, story),
    {
      zh: '任何人都可以用本证明和名单重新计算以上各步，不需要任何账号，也不需要相信本系统；企业只凭自己的“入池证明”即可核验自己的那一行。',
      en: 'Anyone can recompute all of this from this proof and the pool, without an account and without trusting this system; an enterprise can check its own line with its inclusion file alone.',
    },
  ];
}

function aboutDraw({ commitment }: Proof, story: Story): Bilingual {
  const { plan, title, trigger, policy, replaces, criteria, items, coolDownDays } = story;
  const known = [
    clause(title, (text) => ({ zh: `名称为“${text}”`, en: `is called “${text}”` })),
    clause(plan, (text) => ({ zh: `计划文号为${text}`, en: `belongs to the plan ${text}` })),
    clause(trigger, (text) => ({ zh: `由触发 ${text} 引起`, en: `was caused by the trigger ${text}` })),
    clause(policy, ({ id, version }) => ({
      zh: `依据规则 ${id} 第 ${version} 版`,
      en: `follows the rule ${id} in version ${version}`,
    })),
    clause(items, (codes) => ({
      zh: `检查事项为 ${codes.join('、')}`,
      en: `is about the check items ${codes.join(', ')}`,
    })),
    clause(criteria, scopeOf),
    clause(coolDownDays, (days) => ({
      zh: `${days} 天内检查过的对象不再抽取`,
      en: `spares whoever was visited within ${days} days`,
    })),
    clause(replaces, (voided) => ({
      zh: `系在抽取 ${voided} 作废后重新进行`,
      en: `is made instead of the draw ${voided}, which was voided`,
    })),
  ].flat();
  const zh = [`本次抽取的编号为 ${commitment.drawId}`, ...known.map((part) => part.zh)].join('；');
  const en = known.length === 0 ? '' : `: it ${known.map((part) => part.en).join('; ')}`;
  return { zh: `${zh}。`, en: `This is the draw ${commitment.drawId}${en}.` };
}

function clause<T>(value: T | undefined, say: (value: T) => Bilingual): Bilingual[] {
  return value === undefined ? [] : [say(value)];
}

function scopeOf(criteria: DrawCriteria): Bilingual {
  const { zh, en } = describeCriteria(criteria);
  return { zh: `为${zh}`, en: `is ${isDirected(criteria) ? 'a d' : 'an u'}${en.slice(1)}` };
}

function aboutPool({ commitment }: Proof): Bilingual {
  const { size } = commitment.pool;
  const strata = Object.keys(size).toSorted();
  const total = sum(Object.values(size));
  return {
    zh: `名单中共有 ${total} 个符合条件的对象：${strata.map((stratum) => `${classZh(stratum)} ${size[stratum]} 个`).join('，')}。`,
    en: `The pool has ${total} eligible objects: ${strata.map((stratum) => `${size[stratum]} of class ${classEn(stratum)}`).join(', ')}.`,
  };
}

function aboutExclusions({ excluded }: Story): Bilingual {
  if (excluded === undefined) {
    return {
      zh: '承诺没有载明哪些对象被排除在名单之外。',
      en: 'The commitment does not say which objects were left out of the pool.',
    };
  }
  const reasons = Object.keys(excluded)
    .filter((reason) => (excluded[reason] ?? 0) > 0)
    .toSorted();
  if (reasons.length === 0) {
    return {
      zh: '承诺载明：范围内没有对象被排除在名单之外。',
      en: 'The commitment says that nothing within the scope was left out of the pool.',
    };
  }
  const counted = reasons.map((reason) => ({
    name: EXCLUSIONS.get(reason),
    reason,
    count: excluded[reason],
  }));
  return {
    zh: `范围内另有 ${sum(Object.values(excluded))} 个对象没有进入名单：${counted.map(({ name, reason, count }) => `${name?.zh ?? reason} ${count} 个`).join('，')}。`,
    en: `Within the scope, ${sum(Object.values(excluded))} more objects were left out of the pool: ${counted.map(({ name, reason, count }) => `${count} because ${name?.en ?? reason}`).join(', ')}.`,
  };
}

function aboutQuota({ commitment }: Proof, { rule }: Story): Bilingual {
  const { quota, pool } = commitment;
  const strata = Object.keys(quota).toSorted();
  const total = sum(Object.values(quota));
  if (rule === undefined) {
    return {
      zh: `抽取数由承诺直接写明，共 ${total} 个：${strata.map((stratum) => `${classZh(stratum)} ${quota[stratum]} 个`).join('，')}。承诺没有载明计算它的规则。`,
      en: `The commitment itself says how many are drawn, ${total} in all: ${strata.map((stratum) => `${quota[stratum]} of class ${classEn(stratum)}`).join(', ')}. It does not give the rule behind them.`,
    };
  }
  if (rule.mode === 'ratio') {
    const share = (stratum: string) => percent(rule.basisPoints[stratum] ?? 0);
    return {
      zh: `抽取数由事先写明的比例算出，不足一个的按一个计：${strata.map((stratum) => `${classZh(stratum)}按 ${share(stratum)} 从 ${pool.size[stratum]} 个中抽 ${quota[stratum]} 个`).join('，')}。共抽 ${total} 个。`,
      en: `How many are drawn follows from shares that were written down before, parts of an object counting as a whole one: ${strata.map((stratum) => `${quota[stratum]} of the ${pool.size[stratum]} of class ${classEn(stratum)} (${share(stratum)})`).join(', ')}. That is ${total} in all.`,
    };
  }
  const weight = (stratum: string) => rule.weights[stratum] ?? 0;
  return {
    zh: `事先写明共抽 ${rule.count} 个，按各类别的数量乘以权重分配，哪一类都不超过它的全部对象：${strata.map((stratum) => `${classZh(stratum)}（权重 ${weight(stratum)}）从 ${pool.size[stratum]} 个中抽 ${quota[stratum]} 个`).join('，')}。实际共抽 ${total} 个。`,
    en: `It was written down before that ${rule.count} are drawn, shared out by the number of objects of each class times its weight, no class giving more than it has: ${strata.map((stratum) => `${quota[stratum]} of the ${pool.size[stratum]} of class ${classEn(stratum)} (weight ${weight(stratum)})`).join(', ')}. That makes ${total}.`,
  };
}

function aboutCommitment({ commitmentHash }: Proof): Bilingual {
  return {
    zh: `在随机数公开之前，名单、每个对象的类别、抽取数、随机数的来源和上述说明已写成一份“承诺”，并公布了它的数字指纹 ${commitmentHash}。承诺中哪怕改动一个字，指纹就完全不同：因此从公布时起，谁也无法悄悄改动名单、类别或抽取数。公布的时间记在公开账本中。`,
    en: `Before the randomness was known to the public, the pool, each object's class, how many to draw, where the randomness comes from and the story above were written into a “commitment”, whose digital fingerprint ${commitmentHash} was published. Changing one character gives another fingerprint: from then on nobody could quietly change the pool, a class or a number. The public ledger holds the time of publication.`,
  };
}

function aboutNamed({ named = [] }: Story): Bilingual[] {
  return named.length === 0
    ? []
    : [
        {
          zh: `触发线索点名了 ${named.join('、')}：不参加抽取，另行检查，因此不在名单中。`,
          en: `The trigger names ${named.join(', ')}: checked besides the draw, and for that reason not in the pool.`,
        },
      ];
}

function aboutBeacon({ commitment, beaconValue }: Proof, { beaconWanted }: Story): Bilingual {
  const { beacon } = commitment;
  const meaning = beaconMeaning(beacon);
  const which = beaconInWords(beacon, beaconValue);
  const instead =
    beaconWanted === undefined || beaconWanted === beacon.kind
      ? { zh: '', en: '' }
      : {
          zh: `计划原定采用 ${beaconWanted} 信标，公布承诺时无法取得，按计划允许改用 ${beacon.kind} 信标。`,
          en: ` The plan asked for a ${beaconWanted} beacon, which could not be had when the commitment was made, and allowed ${beacon.kind} instead.`,
        };
  return {
    zh: `${which.zh}${instead.zh}${meaning.zh}`,
    en: `${which.en}${instead.en} ${meaning.en}`,
  };
}

function beaconInWords(beacon: Beacon, value: string): Bilingual {
  if (beacon.kind === 'drand') {
    return {
      zh: `承诺指定用 drand 链 ${beacon.chain} 的第 ${beacon.round} 轮，其随机数为 ${value}。`,
      en: `The commitment names round ${beacon.round} of the drand chain ${beacon.chain}; its randomness is ${value}.`,
    };
  }
  return beacon.kind === 'announced'
    ? {
        zh: `承诺指定用“${beacon.source}”的公布内容，预计公布时间为 ${beacon.expectedAt}（UTC）；采用的内容为“${value}”。`,
        en: `The commitment names what “${beacon.source}” publishes, expected at ${beacon.expectedAt} (UTC); the text that was used is “${value}”.`,
      }
    : {
        zh: `承诺中封存了一个秘密的数字指纹 ${beacon.commitment}，抽取时公开的秘密为 ${value}。`,
        en: `The commitment holds the digital fingerprint ${beacon.commitment} of a secret; the secret that was opened for the draw is ${value}.`,
      };
}

function aboutTickets({ seed }: Proof): Bilingual {
  return {
    zh: `承诺的指纹与随机数合在一起，算出一个“种子”：${seed}。种子与每个对象的代码合在一起，再算出该对象的“签号”，如同人人各抽一支签。签号由公开的算法唯一确定：谁来算都一样，谁也挑不了，也无法事先知道。在每个类别中，签号最小的若干个对象被选中，个数就是上面的抽取数。`,
    en: `The commitment's fingerprint and the randomness together give a “seed”: ${seed}. The seed and an object's code together give that object's “ticket”, as if each had drawn a lot. A public method fixes every ticket: whoever computes it gets the same, nobody can choose one, and nobody could know it before. In each class the objects with the smallest tickets are selected, as many as stated above.`,
  };
}

function aboutSelected({ selected }: Proof): Bilingual {
  if (selected.length === 0) {
    return { zh: '没有对象被选中。', en: 'No object was selected.' };
  }
  const named = selected.slice(0, NAMED);
  const rest = selected.length - named.length;
  return {
    zh: `共选中 ${selected.length} 个对象，按签号从小到大为：${named.map(({ id, stratum }) => `${id}（${classZh(stratum)}）`).join('、')}${rest > 0 ? `，其余 ${rest} 个见证明` : ''}。`,
    en: `${selected.length} objects were selected, the smallest ticket first: ${named.map(({ id, stratum }) => `${id} (class ${stratum})`).join(', ')}${rest > 0 ? `, and ${rest} more that the proof lists` : ''}.`,
  };
}

function aboutMatching(matching: ProofMatching | undefined, { staffing }: Story): Bilingual {
  if (matching === undefined && staffing === 'direct') {
    return {
      zh: '承诺载明：检查人员由承担单位直接选派并说明理由，不由抽取决定。',
      en: 'The commitment says that the units choose their inspectors themselves and give a reason: the draw does not decide them.',
    };
  }
  if (matching === undefined) {
    return {
      zh: '证明中没有检查人员的匹配：尚未匹配，或由承担单位直接指派。',
      en: 'The proof has no matching of inspectors: they are not matched yet, or their unit assigned them directly.',
    };
  }
  const { units, teams } = matching;
  return {
    zh: `检查人员也由同一个种子决定，共组成 ${teams.length} 个检查组。${units.map(unitZh).join('')}每组至少有一人具备所需资质；任务最重的人尽可能少；仍可选择时由签号决定，不由人决定。单位和人员在证明中用代号表示。`,
    en: `The same seed decides the inspectors, ${teams.length} teams in all. ${units.map(unitEn).join(' ')} Each team has somebody with the qualification that is needed; the largest load on one person is as small as it can be; where there is still a choice, tickets decide and not people. Units and people stand in the proof under aliases.`,
  };
}

function unitZh({ unitId, teamSize, objects, inspectors, barred, previous }: UnitStaffing): string {
  const avoided = barred.length === 0 ? '' : `，因回避排除 ${barred.length} 个人员与对象的组合`;
  const rotated =
    previous.length === 0 ? '' : `，对上次检查过同一对象的 ${previous.length} 个组合，有其他人可派时不再派`;
  return `单位 ${unitId} 有 ${inspectors.length} 名可派人员，为 ${objects.length} 个对象各配 ${teamSize} 人${avoided}${rotated}。`;
}

function unitEn({ unitId, teamSize, objects, inspectors, barred, previous }: UnitStaffing): string {
  const avoided =
    barred.length === 0 ? '' : `, leaving out ${barred.length} pairs of person and object for recusal`;
  const rotated =
    previous.length === 0
      ? ''
      : `, and avoiding ${previous.length} pairs of the last visit where others can go`;
  return `The unit ${unitId} had ${inspectors.length} people who could go, and sends ${teamSize} to each of ${objects.length} objects${avoided}${rotated}.`;
}

/** A share as people write it: 1250 basis points are `12.5%`. Integers only, so that it prints what was committed. */
function percent(basisPoints: number): string {
  const rest = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${Math.floor(basisPoints / 100)}${rest === '' ? '' : `.${rest}`}%`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function classZh(stratum: string): string {
  return CLASS_ZH.get(stratum) ?? `类别 ${stratum}`;
}

function classEn(stratum: string): string {
  return CLASS_EN.get(stratum) ?? stratum;
}
