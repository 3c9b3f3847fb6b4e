import type { MingchouEvent } from '#contracts/events.ts';
import { outcomeLabels } from '#domain/follow-up/follow-up.ts';
import { receiverName } from '#domain/handover/handover.ts';
import { followUpLabels } from '#domain/inspection/record.ts';
import type { Words } from './wording.ts';

/** Events about what follows from an inspection until it is archived. */
export type FollowUpEvent = Extract<
  MingchouEvent,
  {
    type:
      | `follow-up.${string}`
      | `handover.${string}`
      | 'inspection.closed'
      | 'inspection.archived'
      | 'inspection.packaged';
  }
>;

/** Follow-ups, handovers and the archive (articles 11, 13, 15). */
export function followUpWords(event: FollowUpEvent): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'follow-up.raised': {
      const { subjectName, kind, unit, due } = event.data;
      return {
        zh: `${subjectName}：${followUpLabels[kind]}，${unit} 负责，${due} 前办结`,
        en: `follow-up ${kind} of ${unit}, due ${due}`,
      };
    }
    case 'follow-up.due-set':
      return { zh: `${id}，${event.data.due}：${event.data.reason}`, en: `due on ${event.data.due}` };
    case 'follow-up.noted':
      return { zh: `${id}：${event.data.text}`, en: `progress of ${id}` };
    case 'follow-up.document-entered':
      return { zh: `${id}：${event.data.number}`, en: `${event.data.document} of ${id}` };
    case 'follow-up.evidence-entered':
      return { zh: `${id}：${event.data.reference}`, en: `evidence of ${id}` };
    case 'follow-up.offered':
    case 'follow-up.accepted':
    case 'follow-up.declined':
      return {
        zh: `${event.data.from} → ${event.data.to}（${id}）`,
        en: `${id}: ${event.data.from} to ${event.data.to}`,
      };
    case 'follow-up.closed': {
      const { kind, outcome } = event.data;
      return {
        zh: `${followUpLabels[kind]}：${outcomeLabels[outcome]}`,
        en: `follow-up ${kind}: ${outcome}`,
      };
    }
    case 'handover.raised':
    case 'handover.sent': {
      const receiver = receiverName(event.data.receiver);
      return { zh: `${event.data.subjectName} → ${receiver}`, en: `clue ${id} to ${receiver}` };
    }
    case 'handover.received':
      return { zh: `${id}：${event.data.number}`, en: `receipt of clue ${id}` };
    case 'handover.returned':
      return { zh: `${id}：${event.data.reason}`, en: `clue ${id} returned` };
    case 'handover.closed':
      return { zh: `${id}：${event.data.note}`, en: `clue ${id} done with` };
    case 'inspection.closed': {
      const { followUps, handovers } = event.data;
      return {
        zh: `${id}，后续处置 ${followUps} 项、线索移送 ${handovers} 件`,
        en: `${id} is closed after ${followUps} follow-up(s) and ${handovers} handover(s)`,
      };
    }
    case 'inspection.archived':
      return { zh: `${id}，档号 ${event.data.archiveNumber}`, en: `${id} is archived` };
    case 'inspection.packaged':
      return {
        zh: `${id}，${event.data.files} 个文件`,
        en: `${id}: a package of ${event.data.files} files, ${event.data.packageHash.slice(0, 12)}…`,
      };
  }
}
