import * as z from 'zod';
import { Subject } from '#domain/subject/subject.ts';
import { stateKey, type Key } from './keys.ts';
import { loadMany, loadTogether, type Found, type StateTable } from './store.ts';

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
  return subjectsFound(await loadTogether(store, subjectKeys(ids)), ids);
}

export const subjectKeys = (ids: readonly string[]): readonly Key[] =>
  ids.map((id) => stateKey('SUBJECT', id));

/** The same of what a reading of their keys found. @throws Error */
export function subjectsFound(found: Found, ids: readonly string[]): Map<string, Subject> {
  const subjects = found.all(SubjectAlone, subjectKeys(ids));
  const byId = new Map<string, Subject>(subjects.map((subject) => [subject.id, subject]));
  const lost = ids.find((id) => !byId.has(id));
  if (lost !== undefined) {
    throw new Error(`subject ${lost} is not in the library`);
  }
  return byId;
}
