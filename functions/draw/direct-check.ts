import type { EventOf } from '#contracts/events.ts';
import { namedObjects, type Proposal } from '#domain/draw/proposal.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { Handled } from '#lambda/bus.ts';
import { settled } from '#store/commit.ts';
import { knownItems } from '#store/items.ts';
import type { StateTable } from '#store/store.ts';
import { knownSubjects } from '#store/subjects.ts';
import { committed } from './propose.ts';

/**
 * Proposes to check one subject whose risk is of the gravest level (article 4): a draw that takes nobody from its pool and
 * checks the one that it names; its inspectors are drawn like any others (article 5). The lead section decides.
 */
export function proposeDirectCheck(
  store: StateTable,
  event: EventOf<'warning.check-due'>,
  template: string,
): Promise<Handled> {
  return settled(async () => {
    const { subjectId, items: codes } = event.data;
    const [items, known] = await Promise.all([knownItems(store, codes), knownSubjects(store, [subjectId])]);
    return committed(store, event, template, proposalOf(event, items, known));
  });
}

function proposalOf(
  { id: cause, correlation, time, data }: EventOf<'warning.check-due'>,
  items: readonly Item[],
  known: readonly Subject[],
): Proposal {
  const { named, leftOut } = namedObjects([data.subjectId], known, items);
  return {
    id: deriveId('D', 'direct-check', cause),
    correlation,
    title: `风险预警直接检查：${data.subjectName}`,
    items: [...data.items],
    criteria: {},
    rule: { mode: 'ratio', basisPoints: { A: 0, B: 0, C: 0, D: 0 } },
    named,
    ...(leftOut.length === 0 ? {} : { namedLeftOut: leftOut }),
    coolDownDays: 0,
    teamSize: 2,
    staffing: 'random',
    beacon: { preferred: { kind: 'drand' }, fallback: { kind: 'sealed' } },
    at: time,
    automatic: false,
  };
}
