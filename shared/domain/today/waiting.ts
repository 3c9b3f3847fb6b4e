import * as z from 'zod';
import type { DeadlineKind } from '#domain/deadline/kind.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { CalendarDate } from '#domain/time/time.ts';

/** What waits for somebody to do it, by what their role has to do. */
export const Waiting = z.enum([
  'triage',
  'approve',
  'reveal',
  'decide',
  'correct',
  'match',
  'replace',
  'handover',
  'follow-up',
  'accept',
  'begin',
  'end',
  'record',
  'publish',
]);
export type Waiting = z.infer<typeof Waiting>;

export const waitingLabels: Readonly<Record<Waiting, readonly [zh: string, en: string]>> = {
  triage: ['待研判的触发信息', 'Triggers to triage'],
  approve: ['待批准的抽查', 'Draws to approve'],
  reveal: ['待公布的随机信标', 'Beacons to enter'],
  decide: ['待决定的延期、中止申请', 'Requests for a longer day or a pause'],
  correct: ['待答复的更正申请', 'Corrections to answer'],
  match: ['待选派人员的抽查', 'Draws to staff'],
  replace: ['逾期未接受、须更换人员的检查', 'Inspections to replace people of'],
  handover: ['待接收的移送线索', 'Clues to receive'],
  'follow-up': ['待办结的后续处置', 'Follow-ups to close'],
  accept: ['待接受的检查', 'Inspections to accept'],
  begin: ['待开始的检查', 'Inspections to begin'],
  end: ['检查中的检查', 'Visits to end'],
  record: ['待录入的检查', 'Records to enter'],
  publish: ['待公示的检查', 'Results to publish'],
};

/** How many of each wait; what nobody waits for is left out. */
export type Waits = ReadonlyMap<Waiting, number>;

/** A deadline that has to be kept, as far as a list of them says. */
export interface ListedDeadline {
  readonly kind: DeadlineKind;
  readonly due: CalendarDate;
}

/** What waits for the lead section: of its own deadlines, and of those that others ask it to decide of. */
export function waitsOfLead(
  own: readonly ListedDeadline[],
  decided: readonly { readonly kind: DeadlineKind; readonly requested: boolean }[],
): Waits {
  return summed([
    ...own.flatMap(({ kind }) =>
      kind === 'triage' || kind === 'approve' || kind === 'reveal' || kind === 'match' ? [kind] : [],
    ),
    ...decided.flatMap(({ kind, requested }) => [
      ...(requested ? ['decide' as const] : []),
      ...(kind === 'correct' ? ['correct' as const] : []),
    ]),
  ]);
}

/** What waits for the head of a unit. Whoever has not accepted when the day is over is replaced. */
export function waitsOfUnit(deadlines: readonly ListedDeadline[], today: CalendarDate): Waits {
  return summed(
    deadlines.flatMap(({ kind, due }): Waiting[] => {
      if (kind === 'accept') return due < today ? ['replace'] : [];
      return kind === 'match' || kind === 'correct' || kind === 'handover' || kind === 'follow-up'
        ? [kind]
        : [];
    }),
  );
}

const next: Readonly<Partial<Record<Inspection['status'], Waiting>>> = {
  accepted: 'begin',
  begun: 'end',
  ended: 'record',
  recorded: 'publish',
};

function nextOf(status: Inspection['status']): Waiting[] {
  const step = next[status];
  return step === undefined ? [] : [step];
}

/** What waits for an inspector: the next step of each visit on hand, and of those not accepted by all only if it is theirs. */
export function waitsOfInspector(
  inspector: string,
  visits: readonly Pick<Inspection, 'status' | 'team'>[],
): Waits {
  return summed(
    visits.flatMap(({ status, team }): Waiting[] => {
      if (status !== 'assigned') return nextOf(status);
      const own = team.find((member) => member.inspector === inspector);
      return own !== undefined && own.acceptedAt === undefined ? ['accept'] : [];
    }),
  );
}

function summed(all: readonly Waiting[]): Waits {
  return new Map(
    Waiting.options.flatMap((what) => {
      const count = all.filter((one) => one === what).length;
      return count === 0 ? [] : [[what, count] as const];
    }),
  );
}
