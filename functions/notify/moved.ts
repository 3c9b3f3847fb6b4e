import type { EventOf } from '#contracts/events.ts';
import { deadlineLabels } from '#domain/deadline/deadline.ts';
import { inspectionsById } from '#store/inspections.ts';
import { movesOf, type DeadlineMove } from '#store/recounts.ts';
import type { StateTable } from '#store/store.ts';
import { recipientsOfReminder, roleHolders } from './recipients.ts';
import type { Wording } from './wording.ts';

/** Deadlines named in one letter; the rest are counted. */
const NAMED = 20;

/** A move as whoever it concerns reads it. */
interface Told extends DeadlineMove {
  readonly about: string;
}

/**
 * A letter for everybody whom a recount concerns, by staff number: those who would be reminded of the deadlines that moved,
 * each once, the most pressing first. A deadline that only became certain is nobody's news.
 */
export async function lettersOfRecount(
  store: StateTable,
  { data }: EventOf<'calendar.recounted'>,
): Promise<Map<string, Wording>> {
  const moves = (await movesOf(store, data.cause)).filter(({ from, to }) => from !== to);
  const ids = moves.flatMap(({ of }) => (of.kind === 'inspection' ? [of.id] : []));
  const inspections = new Map((await inspectionsById(store, [...new Set(ids)])).map((one) => [one.id, one]));
  const holders = roleHolders(store);
  const told = new Map<string, Told[]>();
  for (const move of moves) {
    const { of, reaches, units } = move;
    const concern = { of, reaches, units, inspection: inspections.get(of.id) };
    const { to, about } = await recipientsOfReminder(store, concern, holders);
    for (const person of new Set(to)) told.set(person, [...(told.get(person) ?? []), { ...move, about }]);
  }
  return new Map([...told].map(([person, own]) => [person, letter(data.year, own)]));
}

function letter(year: number, moves: readonly Told[]): Wording {
  const overdue = moves.filter(({ remaining }) => remaining < 0).length;
  const pressing = moves.toSorted((a, b) => a.remaining - b.remaining || (a.about < b.about ? -1 : 1));
  const rest = moves.length - NAMED;
  const [zhRest, enRest] = rest > 0 ? [`\n……另有 ${rest} 项`, ` ${rest} more are not named here.`] : ['', ''];
  const late = overdue > 0 ? [`，其中 ${overdue} 项已逾期`, `, ${overdue} of them overdue now`] : ['', ''];
  return {
    subject: `${year} 年放假安排：${moves.length} 项期限变更${late[0]}`,
    text: `${year} 年放假安排已导入，以下期限按新的工作日重新计算${late[0]}：\n${pressing.slice(0, NAMED).map(line).join('\n')}${zhRest}\nThe arrangement of holidays for ${year} moved ${moves.length} of your deadlines${late[1]}.${enRest}`,
  };
}

function line({ about, kind, from, to, provisional, remaining }: Told): string {
  const certain = provisional ? '（暂定 provisional）' : '';
  const days = Math.abs(remaining);
  const left =
    remaining === 0
      ? '今日截止'
      : remaining > 0
        ? `还剩 ${days} 个工作日`
        : `已逾期 ${days} 个工作日，请立即办理`;
  return `${about}：${deadlineLabels[kind]}，${from} → ${to}${certain}，${left}`;
}
