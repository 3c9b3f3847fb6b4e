import { itemApplies, type Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { FormItem, VisitedSubject } from './form-parts.ts';

/** For each object, the codes of the items that the item-frequency rule withholds (抽查频次). */
export type Withheld = ReadonlyMap<string, readonly string[]>;

/** The items of a draw that are checked at a subject: those that concern it and are not withheld for it. */
export function itemsAt(
  subject: Pick<Subject, 'id' | 'kind' | 'industry'>,
  items: readonly Item[],
  withheld: Withheld,
): Item[] {
  const not = withheld.get(subject.id) ?? [];
  return items.filter((item) => itemApplies(item, subject) && !not.includes(item.code));
}

/** An item as a line of the registration form (article 7(3)), with what the library says of it at this moment. */
export function formItem(item: Item): FormItem {
  const { code, matter, subMatter, legalBasis, unit, methods, content, materials } = item;
  return {
    code,
    matter,
    ...(subMatter === undefined ? {} : { subMatter }),
    legalBasis,
    unit,
    methods,
    content,
    ...(materials === undefined ? {} : { materials }),
  };
}

/** A subject as the head of the form has it. */
export function visitedSubject(subject: Subject): VisitedSubject {
  const { id, name, territory, address, legalRepresentative, jurisdictionUnit } = subject;
  return {
    id,
    name,
    territory,
    // A subject without a class counts as B, ordinary risk.
    creditClass: subject.creditClass ?? 'B',
    ...(address === undefined ? {} : { address }),
    ...(legalRepresentative === undefined ? {} : { legalRepresentative }),
    ...(jurisdictionUnit === undefined ? {} : { jurisdictionUnit }),
  };
}

/** One object that a unit sends a team to, and what for. */
export interface Visit {
  readonly subject: Subject;
  readonly items: readonly Item[];
}

/** For each unit of the items, in their order, the objects that it sends a team to; a unit with nothing to check there sends none. */
export function visitsByUnit(
  subjects: readonly Subject[],
  items: readonly Item[],
  withheld: Withheld,
): ReadonlyMap<string, readonly Visit[]> {
  const units = new Map<string, Visit[]>(items.map(({ unit }) => [unit, []]));
  for (const subject of subjects) {
    const here = itemsAt(subject, items, withheld);
    for (const [unit, visits] of units) {
      const own = here.filter((item) => item.unit === unit);
      if (own.length > 0) {
        visits.push({ subject, items: own });
      }
    }
  }
  return units;
}

/** The qualifications that the items ask for (人员要求), each once. Whoever holds them all is qualified for the items. */
export function qualificationsOf(items: readonly Pick<Item, 'qualification'>[]): readonly string[] {
  return [
    ...new Set(items.flatMap(({ qualification }) => (qualification === undefined ? [] : [qualification]))),
  ];
}

/** Whether one of them holds every qualification that the items ask for. */
export function holdsFor(
  inspectors: readonly { readonly qualifications: readonly string[] }[],
  items: readonly Pick<Item, 'qualification'>[],
): boolean {
  const needed = qualificationsOf(items);
  return (
    needed.length === 0 ||
    inspectors.some(({ qualifications }) => needed.every((one) => qualifications.includes(one)))
  );
}
