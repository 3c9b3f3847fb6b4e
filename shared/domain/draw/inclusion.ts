import * as z from 'zod';

import { canonicalJson } from '#domain/canonical/canonical.ts';
import { Refusal } from '#domain/refusal/refusal.ts';

import type { Bilingual } from './beacon.ts';
import { commitmentHash, DrawId } from './commitment.ts';
import { Hex32 } from './hex.ts';
import { verifyMerklePath } from './merkle.ts';
import { parsePoolLine, type PoolEntry } from './pool.ts';
import type { Proof } from './proof.ts';
import { parsedJson, readProof, textOfUtf8 } from './proof-reading.ts';
import { beaconSignatureSteps, beaconStep, commitmentHashStep, quotaStep, seedStep } from './proof-steps.ts';
import {
  failed,
  INCLUSION_STEP_NAMES,
  notChecked,
  ok,
  reportOf,
  type Step,
  type VerificationReport,
} from './report.ts';
import { before, type Selected } from './select.ts';
import { seedOf, ticketOf } from './ticket.ts';
import type { VerifierOptions } from './verification.ts';

/*
 * "Was I in the pool, and was I selected by the rule?", answered for one object from the proof and the object's Merkle
 * path alone: nobody needs a million lines to check one of them.
 */

/** Deeper than any tree that can be counted exactly. */
const MAX_PATH = 53;

/** The file that one enterprise gets: its pool line, where it stands among how many, and its RFC 6962 audit path. */
export const InclusionFile = z.strictObject({
  drawId: DrawId,
  /** The pool line `<id>,<stratum>`, without line end. */
  leaf: z.string().max(100),
  /** From 0, in canonical order. */
  index: z.int().nonnegative(),
  size: z.int().positive(),
  /** Hex, from the leaf upwards. */
  path: z.array(Hex32).max(MAX_PATH),
});
export type InclusionFile = z.infer<typeof InclusionFile>;

/** The text of an inclusion file: RFC 8785 with a line feed at the end. */
export function inclusionText(inclusion: InclusionFile): string {
  return `${canonicalJson(inclusion)}\n`;
}

/** Where an object of the pool stands in its draw. */
export interface Standing extends PoolEntry {
  /** Hex, from the recomputed seed. */
  readonly ticket: string;
  /** How many the draw takes from the object's stratum; 0 when the commitment doesn't name it. */
  readonly quota: number;
  /** The last of its stratum that the proof lists; absent when it lists none. */
  readonly last?: Selected;
  /** By the rule: its ticket is not above the last one's. */
  readonly due: boolean;
  /** By the proof's list. */
  readonly listed: boolean;
}

export interface InclusionReport extends VerificationReport {
  /** Null when proof or inclusion could not be read. What it says holds only when `verified` is true. */
  readonly standing: Standing | null;
  /** The answer in one sentence. */
  readonly conclusion: Bilingual;
}

/**
 * Verifies one object's inclusion, both files as published: text, or bytes as read. Needs neither pool nor network and
 * throws nothing for bad input. What it can't see is reported as not checked: whether the *other* selected objects are in
 * the pool and have its smallest tickets, for which the whole pool is needed.
 */
export function verifyInclusion(
  proof: string | Uint8Array,
  inclusion: string | Uint8Array,
  options: VerifierOptions = {},
): InclusionReport {
  const read = readProof(proof);
  const own = readInclusion(inclusion);
  if (read.proof === undefined) {
    return unreadProof(read.format, own.format);
  }
  const seed = seedOf(commitmentHash(read.proof.commitment), read.proof.beaconValue);
  const standing = own.entry === undefined ? null : standingOf(read.proof, seed, own.entry);
  const steps = [
    read.format,
    ...proofSteps(read.proof, seed, options),
    own.format,
    ...(own.file === undefined || standing === null
      ? OWN_STEPS.map(inclusionUnread)
      : ownSteps(read.proof, own.file, standing)),
    notChecked(
      'selected',
      'Whether the other selected objects were in the pool, and no ticket in it is smaller than theirs, can only be seen from the whole pool.',
      '其他选中的对象是否在名单中、名单里是否有更小的签号，须用完整名单核验，本步未核验。',
    ),
  ];
  const report = reportOf(steps, read.proof.commitment.beacon);
  return { ...report, standing, conclusion: conclusionOf(report.verified, standing) };
}

/** What the rule says of an object of the pool, and what the proof's list says. `seed` is the recomputed one. */
export function standingOf(proof: Proof, seed: string, { id, stratum }: PoolEntry): Standing {
  const quota = proof.commitment.quota[stratum] ?? 0;
  const ticket = ticketOf(seed, id);
  const last = proof.selected
    .filter((selected) => selected.stratum === stratum)
    .reduce<Selected | undefined>(
      (greatest, selected) => (greatest === undefined || before(greatest, selected) ? selected : greatest),
      undefined,
    );
  return {
    id,
    stratum,
    ticket,
    quota,
    ...(last === undefined ? {} : { last }),
    due: quota > 0 && last !== undefined && !before(last, { id, stratum, ticket }),
    listed: proof.selected.some((selected) => selected.id === id),
  };
}

const OWN_STEPS = ['inclusion-draw', 'inclusion-path', 'inclusion-ticket', 'inclusion-selected'] as const;

interface ReadInclusion {
  readonly format: Step;
  readonly file?: InclusionFile;
  readonly entry?: PoolEntry;
}

function readInclusion(received: string | Uint8Array): ReadInclusion {
  const text = typeof received === 'string' ? received : textOfUtf8(received);
  const value = text === undefined ? undefined : parsedJson(text);
  const file = InclusionFile.safeParse(value);
  if (!file.success) {
    const issue = file.error.issues[0];
    const where =
      value === undefined ? 'it is no JSON in UTF-8' : `/${issue?.path.join('/')}: ${issue?.message}`;
    return unreadable(where);
  }
  try {
    const entry = parsePoolLine(file.data.leaf);
    const format = ok(
      'inclusion-format',
      `The line ${file.data.leaf}, number ${file.data.index + 1} of ${file.data.size}.`,
      `名单共 ${file.data.size} 行，本行为第 ${file.data.index + 1} 行：${file.data.leaf}。`,
    );
    return { format, file: file.data, entry };
  } catch (error) {
    if (error instanceof Refusal) {
      return unreadable(error.message);
    }
    throw error;
  }
}

function unreadable(where: string): ReadInclusion {
  return {
    format: failed(
      'inclusion-format',
      `The inclusion file can't be read: ${where}`,
      `入池证明无法读取（${where}）`,
    ),
  };
}

/** What can be said of the proof itself without its pool. */
function proofSteps(proof: Proof, seed: string, options: VerifierOptions): Step[] {
  return [
    quotaStep(proof),
    commitmentHashStep(proof, commitmentHash(proof.commitment)),
    beaconStep(proof),
    ...beaconSignatureSteps(proof, options.drand),
    seedStep(proof, seed),
    selectedListStep(proof, seed),
  ];
}

/**
 * `selected-list`: each listed ticket is the one of its id, they ascend, and each stratum has its quota. Without it a
 * list with an invented ticket, or one that is too short, would move the limit that the object is measured by.
 */
function selectedListStep({ commitment, selected }: Proof, seed: string): Step {
  const counted = new Map<string, number>();
  let previous: Selected | undefined;
  for (const entry of selected) {
    const ticket = ticketOf(seed, entry.id);
    if (entry.ticket !== ticket) {
      return failed(
        'selected-list',
        `The ticket of ${entry.id} is ${ticket}, the proof says ${entry.ticket}.`,
        `${entry.id} 的签号应为 ${ticket}，证明为 ${entry.ticket}。`,
      );
    }
    if (previous !== undefined && !before(previous, entry)) {
      return failed(
        'selected-list',
        `${entry.id} is listed twice, or out of the order of tickets.`,
        `${entry.id} 重复，或不在签号顺序的位置上。`,
      );
    }
    previous = entry;
    counted.set(entry.stratum, (counted.get(entry.stratum) ?? 0) + 1);
  }
  const strata = [...new Set([...Object.keys(commitment.quota), ...counted.keys()])];
  const wrong = strata.find((stratum) => (counted.get(stratum) ?? 0) !== (commitment.quota[stratum] ?? 0));
  if (wrong !== undefined) {
    const [found, quota] = [counted.get(wrong) ?? 0, commitment.quota[wrong] ?? 0];
    return failed(
      'selected-list',
      `Of stratum ${wrong} the proof lists ${found}, and the quota is ${quota}.`,
      `类别 ${wrong} 列出 ${found} 个，抽取数为 ${quota} 个。`,
    );
  }
  return ok(
    'selected-list',
    `The ${selected.length} listed tickets are recomputed, in order, and as many as the quota of each class.`,
    `列出的 ${selected.length} 个签号重新计算一致，顺序正确，各类别数量等于抽取数。`,
  );
}

function inclusionUnread(name: (typeof OWN_STEPS)[number]): Step {
  return notChecked(name, 'The inclusion file could not be read.', '入池证明无法读取，本步未核验。');
}

function ownSteps(proof: Proof, file: InclusionFile, standing: Standing): Step[] {
  return [
    drawStep(proof, file),
    pathStep(proof, file),
    ok(
      'inclusion-ticket',
      `The ticket of ${standing.id} is ${standing.ticket}.`,
      `${standing.id} 的签号为 ${standing.ticket}。`,
    ),
    selectedStep(standing),
  ];
}

function drawStep({ commitment }: Proof, { drawId }: InclusionFile): Step {
  return drawId === commitment.drawId
    ? ok('inclusion-draw', `Both are of the draw ${drawId}.`, `均属于抽取 ${drawId}。`)
    : failed(
        'inclusion-draw',
        `The inclusion is of the draw ${drawId}, the proof of ${commitment.drawId}.`,
        `入池证明属于抽取 ${drawId}，证明属于 ${commitment.drawId}。`,
      );
}

function pathStep({ commitment }: Proof, file: InclusionFile): Step {
  const { root, size } = commitment.pool;
  const committed = Object.values(size).reduce((sum, objects) => sum + objects, 0);
  // The path of some leaves is the same in trees of several sizes: the root alone doesn't tell them apart.
  if (file.size !== committed) {
    return failed(
      'inclusion-path',
      `The inclusion says that the pool has ${file.size} lines, the commitment ${committed}.`,
      `入池证明称名单共 ${file.size} 行，承诺为 ${committed} 行。`,
    );
  }
  return verifyMerklePath(file, root)
    ? ok(
        'inclusion-path',
        `The path leads from the line to the committed pool root ${root}: the line was in the pool.`,
        `由本行沿路径算得承诺的名单根值 ${root}：本行确在名单中。`,
      )
    : failed(
        'inclusion-path',
        `The path does not lead from the line to the committed pool root ${root}: this line, at this place, was not in the pool.`,
        `由本行沿路径得不到承诺的名单根值 ${root}：名单的这一位置没有这一行。`,
      );
}

/** `inclusion-selected`: what the rule says of the object, and that the proof's list says the same. */
function selectedStep(standing: Standing): Step {
  const { id, stratum, quota, last, due, listed } = standing;
  if (due && listed) {
    return ok(
      'inclusion-selected',
      `Selected: its ticket is not above ${last?.ticket}, the last one selected of class ${stratum}, and the proof lists it.`,
      `应被选中，也确被选中：签号不大于类别 ${stratum} 最后一个选中的签号 ${last?.ticket}。`,
    );
  }
  if (!due && !listed) {
    return quota === 0
      ? ok(
          'inclusion-selected',
          `Not selected: nothing is drawn from class ${stratum}.`,
          `未被选中：类别 ${stratum} 的抽取数为零。`,
        )
      : ok(
          'inclusion-selected',
          `Not selected: its ticket is above ${last?.ticket ?? '—'}, the last one selected of class ${stratum}.`,
          `未被选中：签号大于类别 ${stratum} 最后一个选中的签号 ${last?.ticket ?? '—'}。`,
        );
  }
  return listed
    ? failed(
        'inclusion-selected',
        `The proof lists ${id}, and by the rule it is not selected with this ticket in class ${stratum}, whose quota is ${quota}.`,
        `证明列出了 ${id}，但以此签号，在抽取数为 ${quota} 的类别 ${stratum} 中按规则不应选中。`,
      )
    : failed(
        'inclusion-selected',
        `The proof leaves out ${id}, though its ticket is smaller than ${last?.ticket}, the last one selected of class ${stratum}.`,
        `证明漏列了 ${id}：其签号小于类别 ${stratum} 最后一个选中的签号 ${last?.ticket}。`,
      );
}

function conclusionOf(verified: boolean, standing: Standing | null): Bilingual {
  if (!verified || standing === null) {
    return {
      zh: '核验未通过：不能据此认定该对象是否在名单中、是否应被选中。',
      en: 'Not verified: these files do not show whether the object was in the pool or selected.',
    };
  }
  return standing.listed
    ? {
        zh: `${standing.id} 在名单中（类别 ${standing.stratum}），并按规则被选中。`,
        en: `${standing.id} was in the pool (class ${standing.stratum}) and was selected by the rule.`,
      }
    : {
        zh: `${standing.id} 在名单中（类别 ${standing.stratum}），按规则未被选中。`,
        en: `${standing.id} was in the pool (class ${standing.stratum}) and was not selected, by the rule.`,
      };
}

function unreadProof(format: Step, own: Step): InclusionReport {
  const steps = INCLUSION_STEP_NAMES.flatMap((name): Step[] => {
    if (name === 'proof-format' || name === 'inclusion-format') {
      return [name === 'proof-format' ? format : own];
    }
    return name === 'beacon-signature'
      ? []
      : [notChecked(name, 'The proof could not be read.', '证明无法读取，本步未核验。')];
  });
  return { ...reportOf(steps, null), standing: null, conclusion: conclusionOf(false, null) };
}
