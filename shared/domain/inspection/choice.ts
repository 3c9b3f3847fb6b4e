import { eligibility, ineligibleReasonLabels, type Inspector } from '#domain/inspector/inspector.ts';
import type { Item } from '#domain/item/item.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { holdsFor, qualificationsOf } from './form.ts';
import { memberOf, type InspectionMember } from './member.ts';

/** A team that a unit chose by itself (直接选派, article 7(4)), and all that it is measured by. */
export interface Choice {
  readonly unit: string;
  readonly staffNos: readonly string[];
  /** Those of the staff numbers whom the library knows. */
  readonly directory: ReadonlyMap<string, Inspector>;
  readonly recused: ReadonlySet<string>;
  /** The unit's items at the subject. */
  readonly items: readonly Item[];
  readonly window: { readonly from: CalendarDate; readonly through: CalendarDate };
}

/** The chosen people as members. @throws Refusal `team-below-two`, or `team-invalid` naming every person at fault and why. */
export function chosenTeam(choice: Choice): InspectionMember[] {
  refuseFaulty(choiceFaults(choice, '/inspectors'));
  return membersOf(choice);
}

/** The members of a choice in which no fault was found. */
export function membersOf({ staffNos, directory, window }: Choice): InspectionMember[] {
  return staffNos.flatMap((staffNo) => {
    const inspector = directory.get(staffNo);
    return inspector === undefined ? [] : [memberOf(inspector, window.through)];
  });
}

/** One thing that is wrong with a choice. */
export interface ChoiceFault extends FieldError {
  readonly reason: 'team-below-two' | 'team-invalid';
}

/** Everything that is wrong with a choice, each person by name; `pointer` is where the staff numbers stand. */
export function choiceFaults(choice: Choice, pointer: string): ChoiceFault[] {
  const { staffNos, directory, items } = choice;
  const people = new Set(staffNos).size;
  const faults: ChoiceFault[] = [];
  if (people < 2 || people < staffNos.length) {
    faults.push({
      reason: 'team-below-two',
      pointer,
      detail: `检查人员不得少于两人，且不得重复 ${people} of ${staffNos.length} are different people; at least two, each once (article 10)`,
    });
  }
  faults.push(...staffNos.flatMap((staffNo, at) => personFault(choice, staffNo, `${pointer}/${at}`)));
  const known = staffNos.flatMap((staffNo) => directory.get(staffNo) ?? []);
  if (known.length === people && !holdsFor(known, items)) {
    const needed = qualificationsOf(items).join('、');
    const names = known.map(({ name, staffNo }) => `${name}（${staffNo}）`).join('、');
    faults.push({
      reason: 'team-invalid',
      pointer,
      detail: `${names} 中须有一人具备资质 one of them has to hold: ${needed}`,
    });
  }
  return faults;
}

function personFault(
  { unit, directory, recused, window }: Choice,
  staffNo: string,
  at: string,
): ChoiceFault[] {
  const inspector = directory.get(staffNo);
  if (inspector === undefined) {
    return [
      {
        reason: 'team-invalid',
        pointer: at,
        detail: `${staffNo} 不在执法人员库 is not in the inspectors' library`,
      },
    ];
  }
  const found = eligibility(inspector, { unit, ...window });
  const reasons = [
    ...(found.eligible ? [] : found.reasons.map((reason) => `${ineligibleReasonLabels[reason]} ${reason}`)),
    ...(recused.has(staffNo) ? ['对该检查对象应当回避 recused for this subject'] : []),
  ];
  return reasons.length === 0
    ? []
    : [
        {
          reason: 'team-invalid',
          pointer: at,
          detail: `${inspector.name}（${staffNo}）：${reasons.join('、')}`,
        },
      ];
}

/** @throws Refusal with all the faults, `team-below-two` before `team-invalid`. */
export function refuseFaulty(faults: readonly ChoiceFault[]): void {
  const [first] = faults;
  if (first === undefined) {
    return;
  }
  const detail = `选派的检查人员不符合要求，见 errors The chosen team does not fit; see errors: ${first.detail}.`;
  const fields = faults.map(({ pointer, detail: what }) => ({ pointer, detail: what }));
  if (faults.some(({ reason }) => reason === 'team-below-two')) {
    throw new Refusal('team-below-two', detail, fields);
  }
  throw new Refusal('team-invalid', detail, fields);
}
