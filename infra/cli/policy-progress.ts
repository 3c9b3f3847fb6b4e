import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { answered } from './answer.ts';
import { exchange } from './http.ts';
import { note } from './output.ts';
import { lines, progress, rowBar } from './progress.ts';

const count = z.int();
const TriggerFinding = z.object({
  trigger: z.string(),
  day: z.string(),
  title: z.string(),
  outcome: z.string(),
  into: z.string().optional(),
  missing: z.array(z.string()).optional(),
  by: z.string().optional(),
  why: z.string().optional(),
});
const SubjectFinding = z.object({
  subject: z.string(),
  name: z.string(),
  territory: z.string(),
  industry: z.string().optional(),
  first: z.string(),
  days: count,
  holds: z.boolean(),
});
const CohortFinding = z.object({
  territory: z.string(),
  industry: z.string(),
  subjects: count,
  watch: count,
  warning: count,
  severe: count,
});

const shared = {
  id: z.string(),
  policy: z.string(),
  status: z.enum(['started', 'running', 'finished']),
  from: z.string(),
  through: z.string(),
  progress: z.object({ done: count, total: count }),
  failure: z.object({ of: z.string(), on: z.string().optional(), why: z.string() }).optional(),
  found: count,
};

/** What the server shows of a rehearsal. */
export const RehearsalView = z.discriminatedUnion('about', [
  z.object({
    ...shared,
    about: z.literal('trigger'),
    counts: z.object({
      looked: count,
      fired: count,
      merged: count,
      held: count,
      outdone: count,
      failed: count,
    }),
    findings: z.array(TriggerFinding),
  }),
  z.object({
    ...shared,
    about: z.literal('subject'),
    counts: z.object({
      looked: count,
      operating: count,
      warned: count,
      holding: count,
      failed: count,
      byClass: z.record(z.string(), count),
      byTerritory: z.record(z.string(), count),
    }),
    shareBasisPoints: count,
    findings: z.array(SubjectFinding),
  }),
  z.object({
    ...shared,
    about: z.literal('cohort'),
    counts: z.object({ looked: count, fired: count, failed: count }),
    asOf: z.string(),
    findings: z.array(CohortFinding),
  }),
]);
export type RehearsalView = z.infer<typeof RehearsalView>;

const WHAT = 'looked at';
const ASKED_EVERY_MS = 500;

/** Asks how far a rehearsal is until it is finished, and shows it meanwhile. */
export async function followed(url: string, token: string): Promise<RehearsalView> {
  const line = progress();
  const say = process.stderr.isTTY ? undefined : lines(note, WHAT);
  try {
    for (;;) {
      const answer = await exchange({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
      const view = answered('the rehearsal', answer, RehearsalView);
      if (view.status === 'finished') return view;
      if (view.status === 'running') {
        line.show(rowBar(view.progress.done, view.progress.total, WHAT));
        say?.(view.progress.done, view.progress.total);
      } else {
        line.show('the server counts what there is to look at …');
      }
      await sleep(ASKED_EVERY_MS);
    }
  } finally {
    line.clear();
  }
}
