import type { EventOf } from '#contracts/events.ts';
import { deadlineLabels } from '#domain/deadline/deadline.ts';

/** A message's words: Chinese first, English beside it. */
export interface Wording {
  readonly subject: string;
  readonly text: string;
}

export function assigned({ about, data }: EventOf<'inspection.assigned'>): Wording {
  const [zh, en] = data.direct === true ? ['您被选派', 'assigned'] : ['您被随机抽中', 'drawn'];
  return {
    subject: `新检查任务：${data.subjectName}`,
    text: `${zh}检查 ${data.subjectName}（${data.subjectId}），请于 ${data.acceptBy} 前接受。任务编号 ${about.id}。\nYou were ${en} to inspect ${data.subjectName}; accept by ${data.acceptBy}.`,
  };
}

export function reminded({ data }: EventOf<'deadline.reminded'>, about: string): Wording {
  const label = deadlineLabels[data.deadline];
  const days = Math.abs(data.remaining);
  if (data.remaining > 0) {
    return {
      subject: `还剩 ${days} 个工作日：${label}`,
      text: `${about}：${label}，截止 ${data.due}，还剩 ${days} 个工作日。\n${days} working day(s) left until ${data.due}.`,
    };
  }
  if (data.remaining === 0) {
    return {
      subject: `今日截止：${label}`,
      text: `${about}：${label}，今日（${data.due}）截止。\nDue today, ${data.due}.`,
    };
  }
  return {
    subject: `已逾期 ${days} 个工作日：${label}`,
    text: `${about}：${label}，已于 ${data.due} 到期，逾期 ${days} 个工作日，请立即办理。\nOverdue by ${days} working day(s) since ${data.due}; act now.`,
  };
}

export function held({ about, data }: EventOf<'trigger.held'>): Wording {
  return {
    subject: `触发信息待研判：${data.title}`,
    text: `${data.title}（${about.id}）没有自动触发抽查：${data.reason}。请于 2 个工作日内研判。\nTriage within two working days.`,
  };
}

/** To the lead section: a report came to a draw that names its businesses already. */
export function mergedLate({ about, data }: EventOf<'trigger.merged'>): Wording {
  return {
    subject: `并入的信息点名了企业：${data.title}`,
    text: `${data.title}（${about.id}）已并入 ${data.into}，其抽查已经拟定，所点名的 ${data.late ?? ''} 不在其中，请决定是否另行检查。
The report was merged when its draw was proposed already; decide whether ${data.late ?? ''} is to be checked.`,
  };
}

export function proposed({ about, data }: EventOf<'draw.proposed'>): Wording {
  return {
    subject: `抽查待批准：${data.title}`,
    text: `${data.title}（${data.plan}，${about.id}）待牵头科室批准，请于 2 个工作日内办理。\nA draw waits for the lead section's approval.`,
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
    subject: '抽查改用备用信标',
    text: `抽查 ${about.id} 公布承诺时无法取得原定的 ${beaconNames[beaconWanted]}，已按计划改用${beaconNames[beacon]}；承诺与证明均已写明。如不接受，可在匹配检查人员之前作废并重抽。${enter.zh}\nThe ${beaconWanted} beacon that the plan asks for could not be had: the draw was committed to its fallback, ${beacon}, as its commitment says. Void it and draw again if that is not good enough.${enter.en}`,
  };
}

/** To the lead section: an announced source has to be read, and its value entered by two people. */
export function awaited({ about, data }: EventOf<'draw.committed'>): Wording {
  return {
    subject: '抽查待录入公开信标',
    text: `抽查 ${about.id} 已公布承诺，请两人分别在 ${data.readyAt} 之后录入公开来源公布的原文，录入须一致。\nTwo people have to enter what the announced source publishes at ${data.readyAt}.`,
  };
}

export function entered({ about, data }: EventOf<'draw.beacon-entered'>): Wording {
  return data.entries === 1
    ? {
        subject: '公开信标待第二人录入',
        text: `抽查 ${about.id} 的公开信标已由一人录入，须由另一人录入相同原文。\nA second person has to enter the same value.`,
      }
    : {
        subject: '公开信标录入不一致',
        text: `抽查 ${about.id} 的公开信标已有 ${data.entries} 人录入，尚无两人一致，请核对来源原文后重新录入。\nNo two of the values that were entered agree; compare them with the source and enter again.`,
      };
}

export function beaconUnavailable({ about, data }: EventOf<'draw.beacon-unavailable'>): Wording {
  return {
    subject: '抽查无可用随机信标',
    text: `抽查 ${about.id} 无法公布承诺：${data.reason}\nThe draw can't be committed; try again or void it.`,
  };
}

export function unstaffed({ about, data }: EventOf<'draw.unstaffed'>): Wording {
  return {
    subject: '抽查无法匹配检查人员',
    text: `抽查 ${about.id} 无法匹配检查人员：${data.reason}\nThe draw can't be staffed.`,
  };
}

export function voided({ about, data }: EventOf<'draw.voided'>): Wording {
  return { subject: '抽查作废', text: `抽查 ${about.id} 作废：${data.reason}\nThe draw was voided.` };
}
