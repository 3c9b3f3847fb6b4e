import type { SubjectHistory } from '#domain/risk/facts.ts';
import type { CellChange } from '#domain/risk/cohort.ts';
import { RiskStanding } from '#domain/risk/standing.ts';
import { RiskWarning, type RiskWarningStatus } from '#domain/risk/warning.ts';
import type * as z from 'zod';
import type { Increment, StateWrite } from './commit.ts';
import { cellKey, lists, stateKey, type Key, type RecordKind } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { Review } from './reviews.ts';
import { historyOfSubject } from './signals.ts';
import { load, loadMany, queryPage, type Page, type StateTable } from './store.ts';
import { storedSubjects, type StoredSubject } from './subjects.ts';

/** All that is needed to look at a subject. */
export interface Dossier {
  readonly id: string;
  /** Absent for one that was never due. */
  readonly review?: Review | undefined;
  /** Absent for one that is not in the library. */
  readonly stored?: StoredSubject | undefined;
  readonly standing?: RiskStanding | undefined;
  readonly warning?: RiskWarning | undefined;
  readonly history: Omit<SubjectHistory, 'subject'>;
}

/**
 * What is known of subjects, in their order. The reviews are read before anything that they tell of: what changes after that
 * leaves another review, and what is decided by this reading can't be committed.
 * @param histories whether signals and classes are read: a query for each subject, which only rules need
 */
export async function dossiersOf(
  store: StateTable,
  ids: readonly string[],
  { histories: asked = true }: { readonly histories?: boolean } = {},
): Promise<Dossier[]> {
  const reviews = await byId(store, Review, 'REVIEW', ids);
  const [subjects, standings, histories] = await Promise.all([
    storedSubjects(store, ids),
    byId(store, RiskStanding, 'RISK', ids),
    asked ? Promise.all(ids.map((id) => historyOfSubject(store, id))) : [],
  ]);
  const stored = new Map<string, StoredSubject>(subjects.map((one) => [one.subject.id, one]));
  const warnings = await byId(
    store,
    RiskWarning,
    'WARNING',
    [...standings.values()].flatMap(({ warning }) => warning ?? []),
  );
  return ids.map((id, place) => {
    const standing = standings.get(id);
    return {
      id,
      review: reviews.get(id),
      stored: stored.get(id),
      standing,
      warning: standing?.warning === undefined ? undefined : warnings.get(standing.warning),
      history: histories[place] ?? { signals: [], classes: [] },
    };
  });
}

async function byId<T extends z.ZodType<{ readonly id: string }>>(
  store: StateTable,
  schema: T,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, z.infer<T>>> {
  const found = await loadMany(store, schema, keysOf(kind, ids));
  return new Map(found.map((one) => [one.id, one]));
}

function keysOf(kind: RecordKind, ids: readonly string[]): Key[] {
  return ids.map((id) => stateKey(kind, id));
}

/** The next version of a standing. Committing it fails when somebody else changed it. */
export function savedRisk(next: RiskStanding): StateWrite {
  return next.version === 1 ? created('RISK', next) : updated('RISK', next);
}

/** The next version of a warning, in the list of its status. */
export function savedWarning(next: RiskWarning): StateWrite {
  const index = { listPk: lists.warningsOf(next.status), listSk: `${next.raisedOn}#${next.id}` };
  return next.version === 1 ? created('WARNING', next, index) : updated('WARNING', next, index);
}

/** What is added to the counts of cells, each cell once. */
export function cellIncrements(changes: readonly CellChange[]): Increment[] {
  const sums = new Map<string, { place: CellChange['place']; add: Record<string, number> }>();
  for (const { place, add } of changes) {
    const id = `${place.territory}#${place.industry ?? ''}`;
    const sum = sums.get(id) ?? { place, add: {} };
    for (const [name, value] of Object.entries(add)) sum.add[name] = (sum.add[name] ?? 0) + value;
    sums.set(id, sum);
  }
  return [...sums.values()].flatMap(({ place, add }): Increment[] => {
    const changed = Object.fromEntries(Object.entries(add).filter(([, value]) => value !== 0));
    const { territory, industry } = place;
    return Object.keys(changed).length === 0
      ? []
      : [
          {
            key: cellKey(territory, industry),
            item: { territory, ...(industry === undefined ? {} : { industry }) },
            add: changed,
          },
        ];
  });
}

/** @throws Refusal `not-found` */
export function loadWarning(store: StateTable, id: string): Promise<RiskWarning> {
  return mustLoad(store, RiskWarning, 'WARNING', id);
}

export function loadRisk(store: StateTable, subject: string): Promise<RiskStanding | undefined> {
  return load(store, RiskStanding, stateKey('RISK', subject));
}

/** Warnings of a status, newest first, from the one after `after`. */
export function warningsOf(
  store: StateTable,
  status: RiskWarningStatus,
  limit: number,
  after?: Pick<RiskWarning, 'id' | 'raisedOn'>,
): Promise<Page<RiskWarning>> {
  const listPk = lists.warningsOf(status);
  return queryPage(store, RiskWarning, {
    index: 'list',
    partition: listPk,
    newestFirst: true,
    limit,
    ...(after === undefined
      ? {}
      : { after: { ...stateKey('WARNING', after.id), listPk, listSk: `${after.raisedOn}#${after.id}` } }),
  });
}
