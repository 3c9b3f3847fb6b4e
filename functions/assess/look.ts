import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { assess } from '#domain/risk/assessment.ts';
import { summedClasses, type ClassChange } from '#domain/risk/classes.ts';
import type { CellChange } from '#domain/risk/cohort.ts';
import type { SubjectRule } from '#domain/risk/rule.ts';
import { addScanCounts, NOTHING_SCANNED, type ScanCounts, type ScanRun } from '#domain/risk/scan.ts';
import { weigh, type Found } from '#domain/risk/standing.ts';
import type { RiskWarning } from '#domain/risk/warning.ts';
import type { Instant } from '#domain/time/time.ts';
import { conditionsOn } from '#rules/subject-condition.ts';
import type { StateWrite } from '#store/commit.ts';
import { reviewed, reviewSet, staysDue } from '#store/reviews.ts';
import { savedRisk, savedWarning, type Dossier } from '#store/risk.ts';

/** What looking at subjects comes to, to be committed as a whole. */
export interface Looked {
  readonly writes: readonly StateWrite[];
  readonly events: readonly MingchouEvent[];
  readonly cells: readonly CellChange[];
  readonly classes: ClassChange;
  readonly counts: ScanCounts;
  /** Rules that could not be computed, each once. */
  readonly failed: ReadonlySet<string>;
}

interface Circumstances {
  readonly run: Pick<ScanRun, 'id' | 'day'>;
  readonly rules: readonly SubjectRule[];
  readonly at: Instant;
}

/** Looks at subjects by the rules in force on the day of the run. */
export function lookAt(dossiers: readonly Dossier[], circumstances: Circumstances): Looked {
  const writes: StateWrite[] = [];
  const events: MingchouEvent[] = [];
  const cells: CellChange[] = [];
  const classes: ClassChange[] = [];
  const failed = new Set<string>();
  let counts = NOTHING_SCANNED;
  for (const dossier of dossiers) {
    // Its row is about to be written: what is seen now is no longer true in a moment.
    if (staysDue(dossier.review, dossier.stored?.digest, circumstances.run.day)) continue;
    const { found, faults } = foundOf(dossier, circumstances);
    for (const fault of faults) failed.add(fault);
    writes.push(...writesOf(dossier, found, circumstances.run));
    events.push(...eventsOf(dossier, found, circumstances));
    cells.push(...found.cells);
    classes.push(found.classes);
    counts = addScanCounts(counts, countsOf(found, faults.length));
  }
  return { writes, events, cells, classes: summedClasses(classes), counts, failed };
}

function foundOf(
  { id, stored, standing, warning, history }: Dossier,
  { run, rules, at }: Circumstances,
): { readonly found: Found; readonly faults: readonly string[] } {
  const assessment =
    stored === undefined
      ? { reasons: [], failed: [] }
      : assess(rules, conditionsOn({ subject: stored.subject, ...history }, run.day));
  const found = weigh({ id, subject: stored?.subject, standing, warning }, assessment, at);
  return { found, faults: assessment.failed };
}

function writesOf({ id, review }: Dossier, found: Found, run: Circumstances['run']): StateWrite[] {
  const next = { digest: run.id, on: found.reviewOn };
  return [
    ...(review === undefined ? reviewSet(id, next) : reviewed(review, next)),
    ...(found.standing === undefined ? [] : [savedRisk(found.standing)]),
    ...(found.warning === undefined ? [] : [savedWarning(found.warning.warning)]),
  ];
}

function countsOf({ warning, directCheck }: Found, failed: number): ScanCounts {
  return {
    evaluated: 1,
    raised: warning?.how === 'raise' ? 1 : 0,
    changed: warning?.how === 'change' ? 1 : 0,
    cleared: warning?.how === 'clear' ? 1 : 0,
    checks: directCheck === undefined ? 0 : 1,
    failed,
  };
}

function eventsOf(
  dossier: Dossier,
  { warning: change, directCheck }: Found,
  { run, at }: Circumstances,
): MingchouEvent[] {
  const warning = change?.warning ?? dossier.warning;
  if (warning === undefined) return [];
  const facts = {
    time: at,
    about: { kind: 'warning', id: warning.id, version: warning.version },
    correlation: warning.id,
    causation: run.id,
    actor: { kind: 'function', id: 'assess' },
  } as const;
  const data = toldOf(warning);
  const events: MingchouEvent[] = [];
  switch (change?.how) {
    case 'raise':
      events.push(newEvent('warning.raised', { ...facts, data }));
      break;
    case 'change':
      events.push(
        newEvent('warning.changed', {
          ...facts,
          data: { ...data, before: dossier.warning?.level ?? warning.level },
        }),
      );
      break;
    case 'clear': {
      const { subjectId, subjectName } = data;
      events.push(newEvent('warning.cleared', { ...facts, data: { subjectId, subjectName } }));
      break;
    }
    case undefined:
  }
  if (directCheck !== undefined) {
    events.push(newEvent('warning.check-due', { ...facts, data: { ...data, items: directCheck.items } }));
  }
  return events;
}

function toldOf({ subject, level, reasons }: RiskWarning) {
  return {
    subjectId: subject.id,
    subjectName: subject.name,
    level,
    policies: reasons.map(({ policy }) => policy),
  };
}
