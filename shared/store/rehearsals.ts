import * as z from 'zod';
import { contentHash, type AnyPolicy } from '#domain/policy/body.ts';
import { Policy } from '#domain/policy/policy.ts';
import {
  NO_TRIGGERS,
  OpenWindow,
  RehearsalWindow,
  RehearsedTriggers,
  TriggerFinding,
} from '#domain/policy/rehearsal.ts';
import {
  CohortFinding,
  NO_COHORTS,
  NO_SUBJECTS,
  RehearsalFailure,
  RehearsedCohorts,
  RehearsedSubjects,
  SubjectFinding,
} from '#domain/risk/rehearsal.ts';
import { CohortRule, SubjectRule } from '#domain/risk/rule.ts';
import { Instant } from '#domain/time/time.ts';
import { CohortPosition } from './cohort.ts';
import type { StateWrite } from './commit.ts';
import { findingsPartition, PAGE_PREFIX, pageKey, stateKey, windowsPartition } from './keys.ts';
import { load, queryAll, type StateTable } from './store.ts';

/** Findings that are kept, and shown; the counts are always whole. */
export const FINDINGS_KEPT = 200;

const count = z.int().nonnegative();

/** A policy, what it has come to so far, and where its rehearsal goes on. */
const Rehearsed = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('trigger'),
    policy: Policy,
    counts: RehearsedTriggers,
    /** The last trigger that was looked at, as the listing index has it. */
    position: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    about: z.literal('subject'),
    policy: SubjectRule,
    counts: RehearsedSubjects,
    position: CohortPosition.optional(),
  }),
  z.object({
    about: z.literal('cohort'),
    policy: CohortRule,
    counts: RehearsedCohorts,
    /** The last territory that was looked at. */
    position: z.string().optional(),
  }),
]);
export type Rehearsed = z.infer<typeof Rehearsed>;
/** A rehearsal of one kind of policy. */
export type RehearsedOf<Kind extends Rehearsed['about']> = Extract<Rehearsed, { about: Kind }>;

/**
 * The rehearsal of a policy (试运行). It is started, counts what there is to look at, looks at some of it step by step, and is
 * finished. What a step found stands in the transaction that moves the position on: a step that is run again finds nothing twice.
 */
export const Rehearsal = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: z.enum(['started', 'running', 'finished']),
  contentHash: z.string(),
  window: RehearsalWindow,
  by: z.string(),
  startedAt: Instant,
  finishedAt: Instant.optional(),
  /** Triggers, subjects or territories: those that were looked at, of those that there were when it began. */
  done: count,
  total: count,
  /** Steps that were made. */
  step: count,
  /** Findings, and how many of them are kept. */
  found: count,
  kept: count,
  /** The first thing for which the condition could not be computed. */
  failure: RehearsalFailure.optional(),
  of: Rehearsed,
});
export type Rehearsal = z.infer<typeof Rehearsal>;

/** What a rehearsal begins with. */
export function unrehearsed(policy: AnyPolicy): Rehearsed {
  if (!('about' in policy)) return { about: 'trigger', policy, counts: NO_TRIGGERS };
  return policy.about === 'subject'
    ? { about: 'subject', policy, counts: NO_SUBJECTS }
    : { about: 'cohort', policy, counts: NO_COHORTS };
}

export const Finding = z.union([TriggerFinding, SubjectFinding, CohortFinding]);
export type Finding = z.infer<typeof Finding>;

const FindingsPage = z.object({ findings: z.array(Finding) });

/** Keeps what a step found; fails when the step was made already. */
export function keptFindings(rehearsal: string, step: number, findings: readonly Finding[]): StateWrite[] {
  return findings.length === 0
    ? []
    : [{ key: pageKey(findingsPartition(rehearsal), step), item: { findings }, expect: 'absent' }];
}

/** The findings that were kept, in the order in which they were made. */
export async function findingsOf(store: StateTable, rehearsal: string): Promise<Finding[]> {
  const pages = await queryAll(store, FindingsPage, {
    partition: findingsPartition(rehearsal),
    prefix: PAGE_PREFIX,
  });
  return pages.flatMap(({ findings }) => findings);
}

/** Windows of one item: some 100 bytes each, of the 400 KB that an item takes. */
const WINDOWS_A_PAGE = 2_000;
const WindowsPage = z.object({ windows: z.array(OpenWindow) });

/** Keeps the windows that are open after a step. */
export function keptWindows(rehearsal: string, step: number, windows: readonly OpenWindow[]): StateWrite[] {
  return Array.from({ length: Math.ceil(windows.length / WINDOWS_A_PAGE) }, (_, page) => ({
    key: pageKey(windowsPartition(rehearsal, step), page),
    item: { windows: windows.slice(page * WINDOWS_A_PAGE, (page + 1) * WINDOWS_A_PAGE) },
    expect: 'absent',
  }));
}

/** The windows that were open after a step. */
export async function windowsAfter(
  store: StateTable,
  rehearsal: string,
  step: number,
): Promise<OpenWindow[]> {
  const pages = await queryAll(store, WindowsPage, {
    partition: windowsPartition(rehearsal, step),
    prefix: PAGE_PREFIX,
  });
  return pages.flatMap(({ windows }) => windows);
}

/** Which rehearsal of a content finished last. */
const LastRehearsed = z.object({ rehearsal: z.string() });

export function rehearsedLast({ id, contentHash: hash }: Rehearsal): StateWrite {
  return { key: stateKey('REHEARSED', hash), item: { rehearsal: id }, expect: 'anything' };
}

/** The rehearsal of exactly this content that finished last; undefined when there is none. */
export async function lastRehearsalOf(store: StateTable, policy: AnyPolicy): Promise<Rehearsal | undefined> {
  const last = await load(store, LastRehearsed, stateKey('REHEARSED', contentHash(policy)));
  return last === undefined ? undefined : load(store, Rehearsal, stateKey('REHEARSAL', last.rehearsal));
}
