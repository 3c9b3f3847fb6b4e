import { deadlineLabels, type DeadlineKind } from '#domain/deadline/deadline.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { Wording } from './wording.ts';

/** Deadlines named in one letter; the rest are counted. */
const NAMED = 20;

/** A deadline that moved, as whoever it concerns reads it. */
export interface MovedDeadline {
  readonly about: string;
  readonly kind: DeadlineKind;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly provisional: boolean;
  readonly remaining: number;
}

/** To everybody whose deadlines a year's arrangement moved: all of theirs in one letter, the most pressing first. */
export function movedDeadlines(year: number, moves: readonly MovedDeadline[]): Wording {
  const overdue = moves.filter(({ remaining }) => remaining < 0).length;
  const pressing = moves.toSorted((a, b) => a.remaining - b.remaining || (a.about < b.about ? -1 : 1));
  const rest = moves.length - NAMED;
  const [zhRest, enRest] = rest > 0 ? [`\n……另有 ${rest} 项`, ` ${rest} more are not named here.`] : ['', ''];
  const late = overdue > 0 ? [`，其中 ${overdue} 项已逾期`, `, ${overdue} of them overdue now`] : ['', ''];
  return {
    urgency: 'digest',
    zh: {
      subject: `${year} 年放假安排：${moves.length} 项期限变更${late[0]}`,
      text: `${year} 年放假安排已导入，以下期限按新的工作日重新计算${late[0]}：\n${pressing.slice(0, NAMED).map(line).join('\n')}${zhRest}`,
    },
    en: {
      subject: `Holidays of ${year}: ${moves.length} of your deadlines moved${late[1]}`,
      text: `The arrangement of holidays for ${year} moved ${moves.length} of your deadlines${late[1]}.${enRest}`,
    },
  };
}

function line({ about, kind, from, to, provisional, remaining }: MovedDeadline): string {
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
