import { beaconValueOf, type Beacon, type DrandVerifier } from './beacon.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { canonicalUnit, matchInspectors } from './matching.ts';
import { assertSignatureFits, strangerTo, unitsHashOf, type Proof, type ProofMatching } from './proof.ts';
import { QuotaRule, quotaOf, type QuotaPerStratum } from './quota.ts';
import { failed, notChecked, ok, refusalOf, type Step } from './report.ts';
import type { Selected } from './select.ts';

/** `quota`: recomputed from the rule in the spec; without a rule only its bounds can be checked. */
export function quotaStep({ commitment }: Proof): Step {
  const { quota, pool, spec } = commitment;
  const misfit = quotaMisfit(quota, pool.size);
  if (misfit !== undefined) {
    return failed('quota', misfit, `承诺中的抽取数与名单不符（${misfit}）`);
  }
  if (!Object.hasOwn(spec, 'rule')) {
    return notChecked(
      'quota',
      'The quota is taken from the commitment: its spec has no rule to recompute it from.',
      '抽取数直接取自承诺：承诺未载明规则，无法重新计算。',
    );
  }
  const rule = QuotaRule.safeParse(spec['rule']);
  if (!rule.success) {
    return failed('quota', 'The rule in the spec is no quota rule.', '承诺所载规则不是有效的抽取数规则。');
  }
  let computed: QuotaPerStratum = {};
  const refusal = refusalOf(() => {
    computed = quotaOf(rule.data, pool.size);
  });
  if (refusal !== undefined) {
    return failed('quota', refusal, `按承诺所载规则无法计算抽取数（${refusal}）`);
  }
  const [expected, claimed] = [canonicalJson(computed), canonicalJson(quota)];
  return expected === claimed
    ? ok('quota', `The quota follows from the rule: ${expected}.`, `抽取数与规则计算结果一致：${expected}。`)
    : failed(
        'quota',
        `The rule gives ${expected}, the commitment says ${claimed}.`,
        `按规则应抽 ${expected}，承诺为 ${claimed}。`,
      );
}

function quotaMisfit(quota: QuotaPerStratum, size: Readonly<Record<string, number>>): string | undefined {
  const strata = Object.keys(size).toSorted().join(', ');
  const named = Object.keys(quota).toSorted().join(', ');
  if (strata !== named) {
    return `The quota names the strata ${named}, the pool has ${strata}.`;
  }
  const tooMany = Object.keys(quota).find((stratum) => (quota[stratum] ?? 0) > (size[stratum] ?? 0));
  return tooMany === undefined
    ? undefined
    : `The quota of stratum ${tooMany} is ${quota[tooMany]}, and it has ${size[tooMany]} objects.`;
}

/** `commitment-hash`, against the recomputed one. */
export function commitmentHashStep(proof: Proof, hash: string): Step {
  return proof.commitmentHash === hash
    ? ok('commitment-hash', `The commitment hashes to ${hash}.`, `承诺的哈希为 ${hash}，与证明一致。`)
    : failed(
        'commitment-hash',
        `The commitment hashes to ${hash}, the proof says ${proof.commitmentHash}.`,
        `承诺的哈希为 ${hash}，证明为 ${proof.commitmentHash}。`,
      );
}

/** `beacon`: the value has its kind's normal form, is the sealed secret, and fits the signature if there is one. */
export function beaconStep(proof: Proof): Step {
  const { commitment, beaconValue, beaconSignature } = proof;
  const { beacon } = commitment;
  let normal = '';
  const refusal = refusalOf(() => {
    normal = beaconValueOf(beacon, beaconValue);
    if (beaconSignature !== undefined) {
      assertSignatureFits(commitment, beaconValue, beaconSignature);
    }
  });
  if (refusal !== undefined) {
    return failed('beacon', refusal, `随机信标的值不成立（${refusal}）`);
  }
  if (normal !== beaconValue) {
    return failed(
      'beacon',
      'The value is not trimmed, or not in Unicode NFC.',
      '随机信标的值首尾有空白，或不是 Unicode NFC 形式。',
    );
  }
  return beaconInOrder(beacon, beaconSignature !== undefined);
}

function beaconInOrder(beacon: Beacon, signed: boolean): Step {
  if (beacon.kind === 'sealed') {
    return ok(
      'beacon',
      'The secret is the one that was sealed in the commitment.',
      '公开的秘密与承诺中封存的一致。',
    );
  }
  if (beacon.kind === 'announced') {
    return ok(
      'beacon',
      `The value has its normal form; compare it with what ${beacon.source} published at ${beacon.expectedAt}.`,
      `值的形式正确；请与“${beacon.source}”在 ${beacon.expectedAt} 公布的原文核对。`,
    );
  }
  return ok(
    'beacon',
    `The value has the form of a drand randomness${signed ? ' and is SHA-256 of the signature' : ''}.`,
    `值符合 drand 随机数的形式${signed ? '，且等于签名的 SHA-256' : ''}。`,
  );
}

/** `beacon-signature`, for drand only: never `ok` unless a verifier was passed in and accepted the signature. */
export function beaconSignatureSteps(proof: Proof, verifier: DrandVerifier | undefined): Step[] {
  const { beacon } = proof.commitment;
  if (beacon.kind !== 'drand') {
    return [];
  }
  const { chain, round } = beacon;
  if (verifier === undefined) {
    const en = `Not checked: no verifier for drand signatures was given. Compare the value with round ${round} of chain ${chain}.`;
    return [
      notChecked('beacon-signature', en, `未核验签名：请与 drand 链 ${chain} 第 ${round} 轮自行核对。`),
    ];
  }
  const { beaconSignature: signature, beaconValue: randomness } = proof;
  if (signature === undefined) {
    return [
      failed('beacon-signature', 'The proof carries no signature to verify.', '证明未附签名，无法核验。'),
    ];
  }
  return [
    verifier({ chain, round, signature, randomness })
      ? ok('beacon-signature', `The signature is the one of round ${round}.`, `签名确属第 ${round} 轮。`)
      : failed(
          'beacon-signature',
          `The signature is not the one of round ${round}.`,
          `签名不属于第 ${round} 轮。`,
        ),
  ];
}

/** `seed`, against the recomputed one. */
export function seedStep(proof: Proof, seed: string): Step {
  return proof.seed === seed
    ? ok('seed', `The seed follows from commitment and beacon: ${seed}.`, `种子由承诺与信标算出：${seed}。`)
    : failed(
        'seed',
        `Commitment and beacon give the seed ${seed}, the proof says ${proof.seed}.`,
        `由承诺与信标算得种子 ${seed}，证明为 ${proof.seed}。`,
      );
}

/** `selected`: the list as a whole, in order, with its tickets. */
export function selectedStep(proof: Proof, computed: readonly Selected[]): Step {
  const claimed = proof.selected;
  const length = Math.max(claimed.length, computed.length);
  const at = Array.from({ length }, (_, index) => index).find(
    (index) => textOf(claimed[index]) !== textOf(computed[index]),
  );
  if (at === undefined) {
    return ok(
      'selected',
      `The ${length} objects with the smallest tickets are the selected ones.`,
      `选中的 ${length} 个对象正是各类别中签号最小者。`,
    );
  }
  const [expected, found] = [textOf(computed[at]), textOf(claimed[at])];
  return failed(
    'selected',
    `Place ${at + 1} of the selection must be ${expected}; the proof has ${found}.`,
    `第 ${at + 1} 位应为 ${expected}，证明为 ${found}。`,
  );
}

function textOf(selected: Selected | undefined): string {
  return selected === undefined ? '—' : `${selected.id},${selected.stratum},${selected.ticket}`;
}

/** `matching`: recomputed from its inputs and the recomputed seed. */
export function matchingStep(proof: Proof, seed: string): Step {
  if (proof.matching === undefined) {
    return notChecked(
      'matching',
      'The proof has no matching of inspectors (not yet matched, or assigned directly).',
      '证明中没有检查人员匹配（尚未匹配，或为直接指派）。',
    );
  }
  const { matching } = proof;
  let fault: string | undefined;
  const refusal = refusalOf(() => {
    fault = matchingFault(matching, proof, seed);
  });
  const detail = refusal ?? fault;
  return detail === undefined
    ? ok(
        'matching',
        `The ${matching.teams.length} teams follow from the inputs and the seed.`,
        `${matching.teams.length} 个检查组由匹配输入与种子算出，一致。`,
      )
    : failed('matching', detail, `检查人员匹配不成立（${detail}）`);
}

function matchingFault(matching: ProofMatching, proof: Proof, seed: string): string | undefined {
  const { units, unitsHash, teams } = matching;
  const hash = unitsHashOf(units);
  if (hash !== unitsHash) {
    return `The inputs of the matching hash to ${hash}, the proof says ${unitsHash}.`;
  }
  if (unitsHashOf(units.map(canonicalUnit)) !== hash) {
    return 'The inputs of the matching are not in their one form: lists sorted by id, pairs once each and none that concerns nobody.';
  }
  const stranger = strangerTo(proof, units);
  if (stranger !== undefined) {
    return `The object ${stranger} was matched, but neither selected nor named in the commitment.`;
  }
  const outcome = matchInspectors(seed, units);
  if (outcome.kind === 'unstaffable') {
    return outcome.objects[0]?.detail;
  }
  const wrong = Array.from(
    { length: Math.max(teams.length, outcome.teams.length) },
    (_, index) => index,
  ).find((index) => canonicalJson(teams[index] ?? null) !== canonicalJson(outcome.teams[index] ?? null));
  return wrong === undefined
    ? undefined
    : `Team ${wrong + 1} must be ${canonicalJson(outcome.teams[wrong] ?? null)}, and the proof has ${canonicalJson(teams[wrong] ?? null)}.`;
}
