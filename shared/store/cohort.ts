import * as z from 'zod';
import type { DrawCriteria } from '#domain/draw/lifecycle.ts';
import { CreditClass, SubjectKind, SubjectStatus } from '#domain/subject/subject.ts';
import { cohortPartitions, lists } from './keys.ts';
import { queryAll, queryPage, type KeyQuery, type StateTable } from './store.ts';

/** What the cohort index tells of a subject: enough to decide whether it belongs to a draw's pool, nothing of a person. */
export const CohortSubject = z.object({
  id: z.string(),
  kind: SubjectKind,
  status: SubjectStatus,
  territory: z.string(),
  industry: z.string().optional(),
  creditClass: CreditClass.optional(),
});
export type CohortSubject = z.infer<typeof CohortSubject>;

/** The attributes that the index carries; the table's definition reads them from here. */
export const COHORT_ATTRIBUTES = Object.keys(CohortSubject.shape);

/** Every subject of the criteria, each once, in no order. Reads only the partitions of the territories that the criteria name. */
export async function* subjectsMeeting(
  store: StateTable,
  criteria: DrawCriteria,
): AsyncGenerator<CohortSubject[]> {
  const territories = outermost(criteria.territory);
  const industries = outermost(criteria.industry) ?? [undefined];
  for (const partition of (await territoriesOf(store, territories)).flatMap(cohortPartitions)) {
    for (const industry of industries) {
      yield* pages(
        store,
        { index: 'cohort', partition, ...(industry === undefined ? {} : { prefix: industry }) },
        territories,
      );
    }
  }
}

async function* pages(store: StateTable, query: KeyQuery, territories: readonly string[] | undefined) {
  let after: Record<string, unknown> | undefined;
  do {
    const page = await queryPage(store, CohortSubject, {
      ...query,
      ...(after === undefined ? {} : { after }),
    });
    yield page.items.filter((subject) => within(subject.territory, territories));
    after = page.next;
  } while (after !== undefined);
}

/** The 6-digit territories to read: those that hold subjects and touch one of the prefixes. */
async function territoriesOf(store: StateTable, prefixes: readonly string[] | undefined): Promise<string[]> {
  const known = await queryAll(store, z.object({ id: z.string() }), {
    index: 'list',
    partition: lists.territories,
  });
  return known
    .map(({ id }) => id)
    .filter(
      (territory) =>
        prefixes === undefined ||
        prefixes.some((prefix) => territory.startsWith(prefix) || prefix.startsWith(territory)),
    );
}

function within(code: string, prefixes: readonly string[] | undefined): boolean {
  return prefixes === undefined || prefixes.some((prefix) => code.startsWith(prefix));
}

/** Prefixes that no other one covers: `C` and `C13` together would put the subjects of C13 into the pool twice. */
function outermost(prefixes: readonly string[] | undefined): string[] | undefined {
  return prefixes === undefined
    ? undefined
    : [...new Set(prefixes)].filter(
        (prefix) => !prefixes.some((other) => other !== prefix && prefix.startsWith(other)),
      );
}
