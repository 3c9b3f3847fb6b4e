import { dateInShanghai, type CalendarDate, type Instant } from '#domain/time/time.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { FormerMember, InspectionMember } from './member.ts';
import { withoutMember, type Seats } from './team.ts';

/** The next in line for somebody who said nothing. */
export interface Successor {
  readonly inspector: string;
  readonly successor: InspectionMember;
}

/** What those who did not answer are replaced by: all of them in one step, since the first newcomer begins the time anew. */
export interface Replacing {
  readonly by: string;
  readonly at: Instant;
  /** The last day to accept, which has passed. */
  readonly acceptBy: CalendarDate;
  readonly successors: readonly Successor[];
}

/** Those whose answer is missing. */
export function unanswered({ team }: Pick<Seats, 'team'>): readonly InspectionMember[] {
  return team.filter(({ acceptedAt }) => acceptedAt === undefined);
}

/**
 * The seats once those who did not answer until the last day have made room for the next in line (articles 5, 7(4)).
 * @throws Refusal `member-can-act` while the last day is not over, or for somebody who accepted
 */
export function withSuccessors(seats: Seats, { by, at, acceptBy, successors }: Replacing): Seats {
  return successors.reduce<Seats>((now, { inspector, successor }) => {
    const member = unanswered(now).find((one) => one.inspector === inspector);
    if (member === undefined || dateInShanghai(at) <= acceptBy) {
      throw new Refusal(
        'member-can-act',
        `${inspector} 未逾期未接受，不能更换 is not overdue (accept by ${acceptBy}); only somebody who did not answer is replaced.`,
      );
    }
    const { name, unit } = member;
    const reason = `逾期未接受（${acceptBy}） did not answer by ${acceptBy}`;
    const former: FormerMember = { inspector, name, unit, why: 'unresponsive', reason, by, at };
    return withoutMember(now, former, successor);
  }, seats);
}
