import type { PersonRole } from '#domain/person/person.ts';
import { Refusal } from '#domain/refusal/refusal.ts';

/**
 * What somebody is to a record: role, unit and place on the team in one. A person may stand to a record in several ways (an
 * inspector who heads a unit); `receiver` is whom a case or a clue is handed to, `public` is whoever does not sign in, `system` what follows by itself.
 */
export type Standing =
  | 'team'
  | 'unit'
  | 'receiver'
  | 'lead-section'
  | 'business-section'
  | 'supervisor'
  | 'administrator'
  | 'public'
  | 'system';

export const standingLabels: Readonly<Record<Standing, string>> = {
  team: '本组检查人员',
  unit: '承担单位负责人',
  receiver: '接收方',
  'lead-section': '牵头科室',
  'business-section': '业务科室',
  supervisor: '分管领导/督查',
  administrator: '系统管理员',
  public: '社会公众',
  system: '系统',
};

/** What somebody is to any record by their role alone; heads of units and inspectors are something to their own only. */
export function standingsByRole(role: PersonRole): ReadonlySet<Standing> {
  return new Set(role === 'unit' || role === 'inspector' ? [] : [role]);
}

/** One command on a record: who may give it, in which states it is taken, and which states it may lead to. */
export interface Step<Status extends string> {
  readonly zh: string;
  /** The article that it comes from. */
  readonly article?: string;
  readonly by: readonly Standing[];
  readonly from: readonly Status[];
  /** The states it may lead to from any of those; `unchanged` when the record stays in the state it is in. */
  readonly to: readonly Status[] | 'unchanged';
}

/**
 * The life of a kind of record as data: its `decide` refuses by it, its route lets people in by it, and the diagram and the
 * permission table of docs/lifecycles.md are printed from it, so that none of the three can say something else.
 */
export interface Lifecycle<Status extends string, Command extends string> {
  readonly name: string;
  readonly zh: string;
  readonly statuses: Readonly<Record<Status, string>>;
  /** How a record comes into being: in which states it may begin, and by whom. */
  readonly begins: { readonly zh: string; readonly in: readonly Status[]; readonly by: readonly Standing[] };
  readonly steps: Readonly<Record<Command, Step<Status>>>;
}

/** Whether a command is taken in a state. */
export function isPossible<Status extends string, Command extends string>(
  lifecycle: Lifecycle<Status, Command>,
  command: Command,
  status: Status,
): boolean {
  return lifecycle.steps[command].from.includes(status);
}

/** @throws Refusal `wrong-state` naming the state and those that would be accepted, unless the command is taken in the record's state */
export function refuseWrongState<Status extends string, Command extends string>(
  lifecycle: Lifecycle<Status, Command>,
  command: Command,
  { id, status }: { readonly id: string; readonly status: Status },
): void {
  if (isPossible(lifecycle, command, status)) return;
  const { zh, from } = lifecycle.steps[command];
  const labelled = from.map((one) => `${lifecycle.statuses[one]} ${one}`).join('、');
  throw new Refusal(
    'wrong-state',
    `${id} 的状态为${lifecycle.statuses[status]} ${status}，“${zh}”只能在 ${labelled} 状态进行 is ${status}; ${command} is possible from ${from.join(' or ')} only.`,
  );
}

/** Whether somebody who stands so to a record may give a command. */
export function isPermitted<Command extends string>(
  lifecycle: Lifecycle<string, Command>,
  command: Command,
  standings: ReadonlySet<Standing>,
): boolean {
  return lifecycle.steps[command].by.some((one) => standings.has(one));
}

/** @throws Refusal `not-on-team` when the command is the team's alone, else `role-forbidden`, naming who may give it */
export function refuseUnpermitted<Command extends string>(
  lifecycle: Lifecycle<string, Command>,
  command: Command,
  { id }: { readonly id: string },
  standings: ReadonlySet<Standing>,
): void {
  if (isPermitted(lifecycle, command, standings)) return;
  const { zh, by } = lifecycle.steps[command];
  const labelled = by.map((one) => standingLabels[one]).join('、');
  const detail = `“${zh}”须由${labelled}办理 ${command} of ${id} takes: ${by.join(', ')}.`;
  if (by.every((one) => one === 'team')) {
    throw new Refusal('not-on-team', detail);
  }
  throw new Refusal('role-forbidden', detail);
}

/** Whether somebody who stands so to a record may give a command in the state that the record is in. */
export function mayGive<Status extends string, Command extends string>(
  lifecycle: Lifecycle<Status, Command>,
  command: Command,
  status: Status,
  standings: ReadonlySet<Standing>,
): boolean {
  return isPossible(lifecycle, command, status) && isPermitted(lifecycle, command, standings);
}
