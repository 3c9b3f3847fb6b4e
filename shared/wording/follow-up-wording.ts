import type { EventOf } from '#contracts/events.ts';
import { receiverName } from '#domain/handover/handover.ts';
import { followUpLabels } from '#domain/inspection/record.ts';
import type { Wording } from './wording.ts';

/** To the unit that answers for it, and to its people who were on the visit. */
export function followUpRaised({ about, data }: EventOf<'follow-up.raised'>): Wording {
  const label = followUpLabels[data.kind];
  return {
    urgency: 'digest',
    zh: {
      subject: `后续处置：${data.subjectName} ${label}`,
      text: `${data.subjectName}（${data.inspection}）的检查结果已公示，须${label}，由 ${data.unit} 负责，默认期限 ${data.due}，可另行限期。编号 ${about.id}。`,
    },
    en: {
      subject: `Follow-up: ${data.subjectName}`,
      text: `A follow-up (${data.kind}) of ${data.subjectName} is ${data.unit}'s; it is due on ${data.due} unless another day is set.`,
    },
  };
}

/** To the unit that is asked to take it over. */
export function followUpOffered({ about, data }: EventOf<'follow-up.offered'>): Wording {
  return {
    urgency: 'digest',
    zh: {
      subject: `请确认接收后续处置：${data.subjectName}`,
      text: `${data.from} 将 ${data.subjectName} 的${followUpLabels[data.kind]}移交你单位，理由：${data.reason}。请接收或说明不予接收的理由。编号 ${about.id}。`,
    },
    en: {
      subject: `Take over a follow-up? ${data.subjectName}`,
      text: `${data.from} asks your unit to answer for a follow-up (${data.kind}) of ${data.subjectName}; accept or decline it.`,
    },
  };
}

/** To the unit that had it. */
export function followUpAccepted({ about, data }: EventOf<'follow-up.accepted'>): Wording {
  return {
    urgency: 'digest',
    zh: {
      subject: `后续处置已由 ${data.to} 接收：${data.subjectName}`,
      text: `${data.subjectName} 的${followUpLabels[data.kind]}（${about.id}）已由 ${data.to} 接收并负责。`,
    },
    en: {
      subject: `A follow-up was taken over: ${data.subjectName}`,
      text: `${data.to} answers for the follow-up (${data.kind}) of ${data.subjectName} from now on.`,
    },
  };
}

/** To the unit that still has it. */
export function followUpDeclined({ about, data }: EventOf<'follow-up.declined'>): Wording {
  return {
    urgency: 'digest',
    zh: {
      subject: `后续处置未被接收：${data.subjectName}`,
      text: `${data.to} 不予接收 ${data.subjectName} 的${followUpLabels[data.kind]}（${about.id}）：${data.reason}。仍由 ${data.from} 负责。`,
    },
    en: {
      subject: `A follow-up was declined: ${data.subjectName}`,
      text: `${data.to} declined the follow-up (${data.kind}) of ${data.subjectName}; it is still ${data.from}'s.`,
    },
  };
}

/** To the head of the unit whose people came upon the clue. */
export function handoverRaised({ about, data }: EventOf<'handover.raised'>): Wording {
  const receiver = receiverName(data.receiver);
  return {
    urgency: 'immediate',
    zh: {
      subject: `发现线索待移送：${data.subjectName}`,
      text: `检查 ${data.subjectName}（${data.inspection}）时发现涉及“${data.field}”的线索，拟移送 ${receiver}，须在 ${data.receiptBy} 前取得回执。编号 ${about.id}。`,
    },
    en: {
      subject: `A clue to hand over: ${data.subjectName}`,
      text: `A clue found at ${data.subjectName} is to be handed over to ${receiver}; its receipt is due on ${data.receiptBy}.`,
    },
  };
}

/** To the unit that receives it. */
export function handoverSent({ about, data }: EventOf<'handover.sent'>): Wording {
  return {
    urgency: 'immediate',
    zh: {
      subject: `收到移送线索：${data.subjectName}`,
      text: `${data.from} 移送 ${data.subjectName} 涉及“${data.field}”的线索，请在 ${data.receiptBy} 前登记回执或退回。编号 ${about.id}。`,
    },
    en: {
      subject: `A clue for your unit: ${data.subjectName}`,
      text: `${data.from} hands over a clue about ${data.subjectName}; enter its receipt by ${data.receiptBy}, or return it.`,
    },
  };
}

/** To whoever handed it over. */
export function handoverReturned({ about, data }: EventOf<'handover.returned'>): Wording {
  return {
    urgency: 'immediate',
    zh: {
      subject: `移送的线索被退回：${data.subjectName}`,
      text: `${data.subjectName} 的线索（${about.id}）被退回：${data.reason}。`,
    },
    en: {
      subject: `A clue was returned: ${data.subjectName}`,
      text: `The clue about ${data.subjectName} was returned: ${data.reason}.`,
    },
  };
}
