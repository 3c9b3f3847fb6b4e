import * as z from 'zod';
import { isOpen, type Inspection } from '#domain/inspection/inspection.ts';
import type { StateWrite } from './commit.ts';
import { stateKey } from './keys.ts';
import { inspectionsById } from './inspections.ts';
import { created, updated } from './records.ts';
import { loadMany, type StateTable } from './store.ts';

/** Which inspection is the newest of a subject. It is not touched when that one begins: whether a draw may join is read from the inspection. */
const Pointer = z.object({
  /** The subject's id. */
  id: z.string(),
  version: z.int().positive(),
  inspection: z.string(),
});
type Pointer = z.infer<typeof Pointer>;

/** What a draw finds at a subject. */
export interface Found {
  readonly pointer: Pointer | undefined;
  /** An inspection that has not begun, which the draw joins (article 3). */
  readonly open: Inspection | undefined;
}

/** What there is at each of these subjects, with as few reads as the engine allows. */
export async function foundAt(
  store: StateTable,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const pointers = await loadMany(
    store,
    Pointer,
    subjects.map((subject) => stateKey('OPEN', subject)),
  );
  const inspections = await inspectionsById(
    store,
    pointers.map(({ inspection }) => inspection),
  );
  const byId = new Map(inspections.map((inspection) => [inspection.id, inspection]));
  return new Map(
    pointers.map((pointer) => {
      const newest = byId.get(pointer.inspection);
      return [pointer.id, { pointer, open: newest !== undefined && isOpen(newest) ? newest : undefined }];
    }),
  );
}

/** Makes a new inspection the newest of its subject. Committing it fails when another draw was faster. */
export function pointedTo({ id, subject }: Inspection, pointer: Pointer | undefined): StateWrite {
  return pointer === undefined
    ? created('OPEN', { id: subject.id, version: 1, inspection: id })
    : updated('OPEN', { id: subject.id, version: pointer.version + 1, inspection: id });
}
