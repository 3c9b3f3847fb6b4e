import * as z from 'zod';
import { Subject } from '#domain/subject/subject.ts';
import { stateKey } from './keys.ts';
import { loadMany, type StateTable } from './store.ts';

/** Stored rows carry their keys; what is parsed of them is the subject alone. */
const SubjectAlone = Subject.strip();

/** A subject as it stands in the library, with the digest of its row: absent from rows that an earlier version has stored. */
export interface StoredSubject {
  readonly subject: Subject;
  readonly digest: string | undefined;
}

const SubjectRow = z
  .looseObject({ digest: z.string().optional() })
  .transform((row): StoredSubject => ({ digest: row.digest, subject: SubjectAlone.parse(row) }));

/** Those of the subjects that the library has with their digests, in no order. */
export function storedSubjects(store: StateTable, ids: readonly string[]): Promise<StoredSubject[]> {
  return loadMany(
    store,
    SubjectRow,
    [...new Set(ids)].map((id) => stateKey('SUBJECT', id)),
  );
}

/** Those of the subjects that the library has, in no order. */
export function knownSubjects(store: StateTable, ids: readonly string[]): Promise<Subject[]> {
  return loadMany(
    store,
    SubjectAlone,
    [...new Set(ids)].map((id) => stateKey('SUBJECT', id)),
  );
}

/** The subjects by id. @throws Error naming one that is gone from the library since it was drawn */
export async function subjectsById(store: StateTable, ids: readonly string[]): Promise<Map<string, Subject>> {
  const found = await knownSubjects(store, ids);
  const byId = new Map<string, Subject>(found.map((subject) => [subject.id, subject]));
  const lost = ids.find((id) => !byId.has(id));
  if (lost !== undefined) {
    throw new Error(`subject ${lost} is not in the library`);
  }
  return byId;
}
