import {
  OwnRecusal,
  recusedIn,
  SubjectRecusals,
  withRecusal,
  type Recusal,
  type SubjectRecusals as Stored,
} from '#domain/inspector/recusal.ts';
import type { StateWrite } from './commit.ts';
import { lists, recusalKey, stateKey, type Key } from './keys.ts';
import { created, updated } from './records.ts';
import { load, queryAll, type Found, type StateTable } from './store.ts';

/** The recusals of one subject; undefined when there are none. */
export function loadRecusals(store: StateTable, subject: string): Promise<Stored | undefined> {
  return load(store, SubjectRecusals, stateKey('RECUSAL', subject));
}

export const recusalsKeys = (subjects: readonly string[]): readonly Key[] =>
  subjects.map((subject) => stateKey('RECUSAL', subject));

/** For each of these subjects that somebody is recused for, the staff numbers of those people, of what a reading of their keys found. */
export function recusedFound(
  found: Found,
  subjects: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    found.all(SubjectRecusals, recusalsKeys(subjects)).map((recusals) => [recusals.id, recusedIn(recusals)]),
  );
}

/** Remembers a recusal for the subject and in the person's own list; nothing when it is known already. */
export function recusalWrites(known: Stored | undefined, subject: string, recusal: Recusal): StateWrite[] {
  const next = withRecusal(known, subject, recusal);
  if (next === undefined) {
    return [];
  }
  const { inspector, at } = recusal;
  return [
    known === undefined ? created('RECUSAL', next) : updated('RECUSAL', next),
    {
      key: recusalKey(subject, inspector),
      item: { ...recusal, subject, listPk: lists.recusalsOf(inspector), listSk: `${at}#${subject}` },
      expect: 'absent',
    },
  ];
}

/** A person's recusals, oldest first. */
export function recusalsOf(store: StateTable, inspector: string): Promise<OwnRecusal[]> {
  return queryAll(store, OwnRecusal, { index: 'list', partition: lists.recusalsOf(inspector) });
}
