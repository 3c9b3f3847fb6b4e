import type { EventOf } from '#contracts/events.ts';
import { deadlineLabels } from '#domain/deadline/deadline.ts';
import type { Urgency, Words } from '#domain/message/message.ts';

/** What somebody is told, in each language by itself, and how soon. */
export interface Wording {
  readonly urgency: Urgency;
  readonly zh: Words;
  readonly en: Words;
}

export function assigned({ about, data }: EventOf<'inspection.assigned'>): Wording {
  const [zh, en] = data.direct === true ? ['您被选派', 'assigned'] : ['您被随机抽中', 'drawn'];
  return {
    urgency: 'immediate',
    zh: {
      subject: `新检查任务：${data.subjectName}`,
      text: `${zh}检查 ${data.subjectName}（${data.subjectId}），请于 ${data.acceptBy} 前接受。任务编号 ${about.id}。`,
    },
    en: {
      subject: `New inspection: ${data.subjectName}`,
      text: `You were ${en} to inspect ${data.subjectName}; accept by ${data.acceptBy}.`,
    },
  };
}

/** A statutory deadline (article 14) that has passed is told at once; every other rung can wait for the morning. */
export function reminded({ data }: EventOf<'deadline.reminded'>, about: string): Wording {
  const label = deadlineLabels[data.deadline];
  const days = Math.abs(data.remaining);
  if (data.remaining > 0) {
    return {
      urgency: 'digest',
      zh: {
        subject: `还剩 ${days} 个工作日：${label}`,
        text: `${about}：${label}，截止 ${data.due}，还剩 ${days} 个工作日。`,
      },
      en: {
        subject: `${days} working day(s) left: ${about}`,
        text: `${days} working day(s) left until ${data.due}.`,
      },
    };
  }
  if (data.remaining === 0) {
    return {
      urgency: 'digest',
      zh: { subject: `今日截止：${label}`, text: `${about}：${label}，今日（${data.due}）截止。` },
      en: { subject: `Due today: ${about}`, text: `Due today, ${data.due}.` },
    };
  }
  return {
    urgency: data.deadline === 'publish' ? 'immediate' : 'digest',
    zh: {
      subject: `已逾期 ${days} 个工作日：${label}`,
      text: `${about}：${label}，已于 ${data.due} 到期，逾期 ${days} 个工作日，请立即办理。`,
    },
    en: {
      subject: `Overdue by ${days} working day(s): ${about}`,
      text: `Overdue by ${days} working day(s) since ${data.due}; act now.`,
    },
  };
}

export function held({ about, data }: EventOf<'trigger.held'>): Wording {
  return {
    urgency: 'digest',
    zh: {
      subject: `触发信息待研判：${data.title}`,
      text: `${data.title}（${about.id}）没有自动触发抽查：${data.reason}。请于 2 个工作日内研判。`,
    },
    en: { subject: `To be triaged: ${data.title}`, text: 'Triage within two working days.' },
  };
}

/** To the lead section: a report came to a draw that names its businesses already. */
export function mergedLate({ about, data }: EventOf<'trigger.merged'>): Wording {
  const late = data.late ?? '';
  return {
    urgency: 'digest',
    zh: {
      subject: `并入的信息点名了企业：${data.title}`,
      text: `${data.title}（${about.id}）已并入 ${data.into}，其抽查已经拟定，所点名的 ${late} 不在其中，请决定是否另行检查。`,
    },
    en: {
      subject: `A merged report names a business: ${data.title}`,
      text: `The report was merged when its draw was proposed already; decide whether ${late} is to be checked.`,
    },
  };
}

export function proposed({ about, data }: EventOf<'draw.proposed'>): Wording {
  return {
    urgency: 'digest',
    zh: {
      subject: `抽查待批准：${data.title}`,
      text: `${data.title}（${data.plan}，${about.id}）待牵头科室批准，请于 2 个工作日内办理。`,
    },
    en: {
      subject: `Draw to be approved: ${data.title}`,
      text: "A draw waits for the lead section's approval.",
    },
  };
}

const beaconNames = { drand: 'drand 信标', announced: '公开来源', sealed: '系统封存的秘密' } as const;

/** To the lead section: the draw took its fallback, whose proof may be weaker than what the plan asked for. */
export function fellBack({ about, data }: EventOf<'draw.committed'>): Wording {
  const { beacon, beaconWanted = beacon, readyAt } = data;
  const enter =
    beacon === 'announced'
      ? {
          zh: `请两人分别在 ${readyAt} 之后录入公开来源公布的原文，录入须一致。`,
          en: ` Two people have to enter what the announced source publishes at ${readyAt}.`,
        }
      : { zh: '', en: '' };
  return {
    urgency: 'immediate',
    zh: {
      subject: '抽查改用备用信标',
      text: `抽查 ${about.id} 公布承诺时无法取得原定的 ${beaconNames[beaconWanted]}，已按计划改用${beaconNames[beacon]}；承诺与证明均已写明。如不接受，可在匹配检查人员之前作废并重抽。${enter.zh}`,
    },
    en: {
      subject: 'A draw took its fallback beacon',
      text: `The ${beaconWanted} beacon that the plan asks for could not be had: the draw was committed to its fallback, ${beacon}, as its commitment says. Void it and draw again if that is not good enough.${enter.en}`,
    },
  };
}

/** To the lead section: an announced source has to be read, and its value entered by two people. */
export function awaited({ about, data }: EventOf<'draw.committed'>): Wording {
  return {
    urgency: 'immediate',
    zh: {
      subject: '抽查待录入公开信标',
      text: `抽查 ${about.id} 已公布承诺，请两人分别在 ${data.readyAt} 之后录入公开来源公布的原文，录入须一致。`,
    },
    en: {
      subject: 'A draw waits for its announced beacon',
      text: `Two people have to enter what the announced source publishes at ${data.readyAt}.`,
    },
  };
}

export function entered({ about, data }: EventOf<'draw.beacon-entered'>): Wording {
  return data.entries === 1
    ? {
        urgency: 'immediate',
        zh: {
          subject: '公开信标待第二人录入',
          text: `抽查 ${about.id} 的公开信标已由一人录入，须由另一人录入相同原文。`,
        },
        en: {
          subject: 'A second person has to enter the beacon',
          text: 'A second person has to enter the same value.',
        },
      }
    : {
        urgency: 'immediate',
        zh: {
          subject: '公开信标录入不一致',
          text: `抽查 ${about.id} 的公开信标已有 ${data.entries} 人录入，尚无两人一致，请核对来源原文后重新录入。`,
        },
        en: {
          subject: 'The entered beacon values differ',
          text: 'No two of the values that were entered agree; compare them with the source and enter again.',
        },
      };
}

export function beaconUnavailable({ about, data }: EventOf<'draw.beacon-unavailable'>): Wording {
  return {
    urgency: 'immediate',
    zh: { subject: '抽查无可用随机信标', text: `抽查 ${about.id} 无法公布承诺：${data.reason}` },
    en: {
      subject: 'No beacon for a draw',
      text: "The draw can't be committed; try again or void it.",
    },
  };
}

export function unstaffed({ about, data }: EventOf<'draw.unstaffed'>): Wording {
  return {
    urgency: 'immediate',
    zh: {
      subject: '抽查无法匹配检查人员',
      text: `抽查 ${about.id} 无法匹配检查人员：${data.reason}`,
    },
    en: { subject: 'A draw can not be staffed', text: "The draw can't be staffed." },
  };
}

export function voided({ about, data }: EventOf<'draw.voided'>): Wording {
  return {
    urgency: 'digest',
    zh: { subject: '抽查作废', text: `抽查 ${about.id} 作废：${data.reason}` },
    en: { subject: 'A draw was voided', text: 'The draw was voided.' },
  };
}
