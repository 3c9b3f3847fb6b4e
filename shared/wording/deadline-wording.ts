import type { EventOf } from '#contracts/events.ts';
import { deadlineLabels, type DeadlineRequest } from '#domain/deadline/deadline.ts';
import type { Wording } from './wording.ts';

/** What was asked for, in both languages. */
function asked({ what, workingDays = 0 }: Pick<DeadlineRequest, 'what' | 'workingDays'>) {
  return what === 'pause'
    ? { zh: '中止计算', en: 'a pause' }
    : { zh: `延期 ${workingDays} 个工作日`, en: `${workingDays} working day(s) more` };
}

/** To the lead section, of which somebody else than whoever asked decides. */
export function changeRequested({ actor, data }: EventOf<'deadline.requested'>, about: string): Wording {
  const { zh, en } = asked(data);
  const label = deadlineLabels[data.deadline];
  return {
    urgency: 'digest',
    zh: {
      subject: `期限申请待批准：${label}`,
      text: `${about}：${label}，截止 ${data.due}，${actor.id} 申请${zh}。理由：${data.reason}`,
    },
    en: {
      subject: `Approval asked for: ${data.deadline} due on ${data.due}`,
      text: `${actor.id} asks for ${en}; approve or refuse it.`,
    },
  };
}

/** To whoever asked, and those who have to keep the day. */
export function changeGranted({ data }: EventOf<'deadline.granted'>, about: string): Wording {
  const { zh, en } = asked(data);
  const label = deadlineLabels[data.deadline];
  const [zhDay, enDay] =
    data.what === 'pause'
      ? ['中止期间不计算期限', 'its days are not counted until it is resumed']
      : [`截止日由 ${data.from} 改为 ${data.to}`, `due on ${data.to} instead of ${data.from}`];
  return {
    urgency: 'digest',
    zh: {
      subject: `已批准${zh}：${label}`,
      text: `${about}：${label}，已批准${zh}，${zhDay}。理由：${data.reason}`,
    },
    en: { subject: `Granted: ${en}`, text: `Granted: ${en}; ${enDay}.` },
  };
}

/** To whoever asked. */
export function changeRefused({ data }: EventOf<'deadline.request-refused'>, about: string): Wording {
  const label = deadlineLabels[data.deadline];
  const [zh, en] = data.what === 'pause' ? ['中止', 'pause'] : ['延期', 'extension'];
  return {
    urgency: 'digest',
    zh: {
      subject: `不予${zh}：${label}`,
      text: `${about}：${label}，不予${zh}，仍应于 ${data.due} 前完成。理由：${data.reason}`,
    },
    en: { subject: `Refused: ${en}`, text: `The ${en} is refused: due on ${data.due} as before.` },
  };
}

/** To those who have to keep the day, and the lead section. */
export function resumed({ data }: EventOf<'deadline.resumed'>, about: string): Wording {
  const label = deadlineLabels[data.deadline];
  return {
    urgency: 'digest',
    zh: {
      subject: `期限恢复计算：${label}`,
      text: `${about}：${label}，恢复计算，截止日由 ${data.from} 改为 ${data.to}。理由：${data.reason}`,
    },
    en: {
      subject: `Counted on: ${data.deadline}`,
      text: `Counted on; due on ${data.to} instead of ${data.from}.`,
    },
  };
}
