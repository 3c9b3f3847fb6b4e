import type { EventOf } from '#contracts/events.ts';
import type { Wording } from './wording.ts';

/** To the unit, which answers. */
export function asked({ about, data }: EventOf<'correction.received'>): Wording {
  const [zh, en] = data.from === 'public' ? ['公众', 'Somebody of the public'] : ['工作人员', 'Staff'];
  return {
    urgency: 'digest',
    zh: {
      subject: `更正申请待答复：${data.subjectName}`,
      text: `${zh}申请更正 ${data.subjectName}（${data.inspection}）的公示信息，受理编号 ${about.id}，请于 ${data.answerBy} 前答复。`,
    },
    en: {
      subject: `Correction to be answered: ${data.subjectName}`,
      text: `${en} asked for a correction of the published result; answer by ${data.answerBy}.`,
    },
  };
}

/** To the lead section: what was public is not any more. */
export function withdrawn({ about, data }: EventOf<'inspection.withdrawn'>): Wording {
  return {
    urgency: 'digest',
    zh: {
      subject: `公示信息已撤下：${data.subjectName}`,
      text: `${data.subjectName}（${about.id}）的公示信息已依法撤下：${data.legalReason}。更正申请 ${data.correction}。`,
    },
    en: {
      subject: `Published result withdrawn: ${data.subjectName}`,
      text: `The published result was withdrawn by law: ${data.legalReason}.`,
    },
  };
}
