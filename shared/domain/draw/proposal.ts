import { itemApplies, type ClassRatio, type Item } from '#domain/item/item.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { planNumber, type Plan } from '#domain/plan/plan.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import type { Draw, LeftOutObject, NamedObject } from './draw.ts';

/** A draw as a rule or a person proposes it, before it has a document number. */
export interface Proposal extends Pick<
  Draw,
  | 'id'
  | 'correlation'
  | 'trigger'
  | 'policy'
  | 'title'
  | 'items'
  | 'criteria'
  | 'rule'
  | 'named'
  | 'namedLeftOut'
  | 'coolDownDays'
  | 'teamSize'
  | 'staffing'
  | 'beacon'
  | 'proposedBy'
  | 'replaces'
> {
  readonly at: Instant;
  /** Whether it runs by itself or waits for the lead section (牵头科室). */
  readonly automatic: boolean;
}

/** The plan (article 7(1)) and the draw of a proposal, under the year's serial-th document number. */
export function numbered(
  proposal: Proposal,
  template: string,
  serial: number,
): { readonly plan: Plan; readonly draw: Draw } {
  const { at, automatic, ...fields } = proposal;
  const year = yearOf(at);
  const id = deriveId('P', proposal.id);
  const number = planNumber(template, year, serial);
  const madeBy = proposal.policy?.id ?? proposal.proposedBy ?? proposal.correlation;
  return {
    plan: { id, version: 1, number, year, serial, title: proposal.title, madeAt: at, madeBy },
    draw: {
      ...fields,
      version: 1,
      status: automatic ? 'approved' : 'proposed',
      plan: { id, number },
      proposedAt: at,
      ...(automatic ? { approvedAt: at } : {}),
    },
  };
}

/** The year of Asia/Shanghai whose document numbers an instant takes. */
export function yearOf(at: Instant): number {
  return Number(dateInShanghai(at).slice(0, 4));
}

/** One visit does all the items (article 3), so the share of a class is the highest that one of them asks for (article 6). */
export function highestRatio(items: readonly Item[]): ClassRatio {
  const highest = (creditClass: keyof ClassRatio) =>
    Math.max(...items.map((item) => item.ratio[creditClass]));
  return { A: highest('A'), B: highest('B'), C: highest('C'), D: highest('D') };
}

/**
 * What becomes of the objects that a trigger names: each is checked besides the draw, or left out with the reason. How often
 * an item may be checked does not bind them: the report is about them.
 */
export function namedObjects(
  ids: readonly string[],
  known: readonly Subject[],
  items: readonly Item[],
): { readonly named: NamedObject[]; readonly leftOut: LeftOutObject[] } {
  const named: NamedObject[] = [];
  const leftOut: LeftOutObject[] = [];
  for (const id of new Set(ids)) {
    const subject = known.find((one) => one.id === id);
    const reason = reasonAgainst(subject, items);
    if (subject === undefined || reason !== undefined) {
      leftOut.push({ id, reason: reason ?? 'not-in-library' });
    } else {
      named.push({ id, name: subject.name });
    }
  }
  return { named, leftOut };
}

function reasonAgainst(
  subject: Subject | undefined,
  items: readonly Item[],
): LeftOutObject['reason'] | undefined {
  if (subject === undefined) {
    return 'not-in-library';
  }
  if (subject.status !== 'active') {
    return 'not-operating';
  }
  return items.some((item) => itemApplies(item, subject)) ? undefined : 'no-item-applies';
}
