import type { EventOf } from '#contracts/events.ts';
import type { LeavingReason } from '#domain/inspection/member.ts';
import { recusalKindLabels } from '#domain/inspector/recusal.ts';
import type { Wording } from './wording.ts';

const leavingLabels: Readonly<Record<LeavingReason, readonly [string, string]>> = {
  recused: ['回避', 'recused'],
  ineligible: ['不具备执法资格', 'not eligible'],
  unresponsive: ['逾期未接受', 'did not answer in time'],
  reassigned: ['调整选派', 'reassigned'],
};

/** A draw came to a visit that had not begun (article 3): those who are new accept, the others learn what is added. */
export function joined({ about, data }: EventOf<'inspection.joined'>, isNew: boolean): Wording {
  const items = data.items.join('、');
  if (isNew) {
    return {
      urgency: 'immediate',
      zh: {
        subject: `新检查任务：${data.subjectName}`,
        text: `您被派往 ${data.subjectName}（${data.subjectId}）参加联合检查，事项 ${items}，请于 ${data.acceptBy ?? ''} 前接受。任务编号 ${about.id}。`,
      },
      en: {
        subject: `New inspection: ${data.subjectName}`,
        text: `You join the visit to ${data.subjectName}; accept by ${data.acceptBy ?? ''}.`,
      },
    };
  }
  const later =
    data.acceptBy === undefined
      ? ['', '']
      : ['，有新的检查人员加入，待其接受后开始检查', ' New members have to accept before it begins.'];
  return {
    urgency: 'immediate',
    zh: {
      subject: `检查任务增加事项：${data.subjectName}`,
      text: `${data.subjectName}（${about.id}）按 ${data.planNumber} 增加事项 ${items}，一次检查完成${later[0]}。`,
    },
    en: {
      subject: `Items added to your visit: ${data.subjectName}`,
      text: `Items were added to your visit: ${items}.${later[1]}`,
    },
  };
}

export function recused({ about, data }: EventOf<'inspection.recused'>): Wording {
  const why = `${recusalKindLabels[data.kind]}：${data.reason}`;
  return data.seatOpen
    ? {
        urgency: 'immediate',
        zh: {
          subject: `席位空缺：${data.subjectName}`,
          text: `${data.inspector} 回避对 ${data.subjectName}（${about.id}）的检查（${why}），${data.unit} 已无人可以递补，请直接选派。`,
        },
        en: {
          subject: `Seat open: ${data.subjectName}`,
          text: `${data.inspector} recused and nobody of ${data.unit} is left in line; assign somebody directly.`,
        },
      }
    : {
        urgency: 'immediate',
        zh: {
          subject: `检查人员回避：${data.subjectName}`,
          text: `${data.inspector} 回避对 ${data.subjectName}（${about.id}）的检查（${why}），已按顺位递补。`,
        },
        en: {
          subject: `Inspector recused: ${data.subjectName}`,
          text: `${data.inspector} recused; the next in line takes the seat.`,
        },
      };
}

export function cameInstead({ about, data }: EventOf<'inspection.replaced'>): Wording {
  return {
    urgency: 'immediate',
    zh: {
      subject: `新检查任务：${data.subjectName}`,
      text: `您按随机顺位递补检查 ${data.subjectName}（${data.subjectId}），请于 ${data.acceptBy} 前接受。任务编号 ${about.id}。`,
    },
    en: {
      subject: `New inspection: ${data.subjectName}`,
      text: `You are next in line to inspect ${data.subjectName}; accept by ${data.acceptBy}.`,
    },
  };
}

export function madeRoom({ about, data }: EventOf<'inspection.replaced'>): Wording {
  const [zh, en] = leavingLabels[data.why];
  return {
    urgency: 'immediate',
    zh: {
      subject: `不再参加检查：${data.subjectName}`,
      text: `您不再参加 ${data.subjectName}（${about.id}）的检查（${zh}：${data.reason}）。`,
    },
    en: {
      subject: `No longer on the visit: ${data.subjectName}`,
      text: `You are no longer on this visit: ${en}.`,
    },
  };
}

export function replaced({ about, data }: EventOf<'inspection.replaced'>): Wording {
  const [zh, en] = leavingLabels[data.why];
  return {
    urgency: 'immediate',
    zh: {
      subject: `检查人员更换：${data.subjectName}`,
      text: `${data.subjectName}（${about.id}）的检查人员 ${data.inspector}（${zh}：${data.reason}）由 ${data.successor} 递补。`,
    },
    en: {
      subject: `Inspector replaced: ${data.subjectName}`,
      text: `${data.successor} takes the seat of ${data.inspector}: ${en}.`,
    },
  };
}

export function assignedDirectly({ about, data }: EventOf<'inspection.assigned-directly'>): Wording {
  const by = data.acceptBy ?? '';
  return {
    urgency: 'immediate',
    zh: {
      subject: `新检查任务：${data.subjectName}`,
      text: `您被选派检查 ${data.subjectName}（${data.subjectId}），请于 ${by} 前接受。任务编号 ${about.id}。`,
    },
    en: {
      subject: `New inspection: ${data.subjectName}`,
      text: `You were assigned to inspect ${data.subjectName}; accept by ${by}.`,
    },
  };
}

export function movedOn({ about, data }: EventOf<'inspection.assigned-directly'>): Wording {
  return {
    urgency: 'immediate',
    zh: {
      subject: `不再参加检查：${data.subjectName}`,
      text: `${data.unit} 调整了 ${data.subjectName}（${about.id}）的检查人员（${data.reason}），您不再参加。`,
    },
    en: {
      subject: `No longer on the visit: ${data.subjectName}`,
      text: 'You are no longer on this visit: your unit assigned others.',
    },
  };
}

export function seatTaken({ about, data }: EventOf<'inspection.assigned-directly'>): Wording {
  const team = data.team.join('、');
  return {
    urgency: 'immediate',
    zh: {
      subject: `直接选派：${data.subjectName}`,
      text: `${data.unit} 对 ${data.subjectName}（${about.id}）直接选派 ${team}，理由：${data.reason}。`,
    },
    en: {
      subject: `Assigned directly: ${data.subjectName}`,
      text: `Assigned directly: ${data.team.join(', ')}.`,
    },
  };
}

export function ownUnit(
  { about, data }: EventOf<'draw.staffing-requested'>,
  unit: string,
  objects: number,
): Wording {
  return {
    urgency: 'immediate',
    zh: {
      subject: `请选派检查人员：${data.title}`,
      text: `${data.title}（${about.id}）由承担单位直接选派，${unit} 须为 ${objects} 个检查对象各选派不少于两人并说明理由。`,
    },
    en: {
      subject: `Choose inspectors: ${data.title}`,
      text: `Choose at least two inspectors for each of your ${objects} objects, with the reason.`,
    },
  };
}
