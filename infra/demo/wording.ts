import { catalogue } from '#contracts/catalogue.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import { deadlineLabels } from '#domain/deadline/deadline.ts';
import { resultLabels } from '#domain/inspection/record.ts';
import { triggerCategoryLabels } from '#domain/trigger/trigger.ts';
import { calendarWords } from './calendar-wording.ts';
import { correctionWords, type CorrectionEvent } from './correction-wording.ts';
import { deadlineWords } from './deadline-wording.ts';
import { deliveryWords } from './delivery-wording.ts';
import { directoryWords } from './directory-wording.ts';
import { followUpWords, type FollowUpEvent } from './follow-up-wording.ts';
import { riskWords } from './risk-wording.ts';
import { rehearsalWords } from './rehearsal-wording.ts';
import { submissionWords } from './submission-wording.ts';
import { staffingWords, type StaffingEvent } from './staffing-wording.ts';

/** An event's words: Chinese first, English beside it. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

const results = new Map<number, string>(
  Object.entries(resultLabels).map(([code, label]) => [Number(code), label]),
);

/** What happened, in one line, from what the event itself says. */
export function wordsOf(event: MingchouEvent): Words {
  const { zh, en } = detailsOf(event);
  return { zh: `${catalogue[event.type].zh}：${zh}`, en };
}

function detailsOf(event: MingchouEvent): Words {
  switch (event.type) {
    case 'trigger.received':
    case 'trigger.fired':
    case 'trigger.held':
    case 'trigger.dismissed':
    case 'trigger.merged':
    case 'trigger.extended':
      return triggerWords(event);
    case 'draw.proposed':
    case 'draw.approved':
    case 'draw.gathering':
    case 'draw.beacon-unavailable':
    case 'draw.freeze-requested':
    case 'draw.committed':
    case 'draw.beacon-entered':
    case 'draw.beacon-arrived':
    case 'draw.drawn':
    case 'draw.matched':
    case 'draw.match-requested':
    case 'draw.unstaffed':
    case 'draw.voided':
    case 'draw.replaced':
    case 'draw.closed':
    case 'draw.dispatched':
      return drawWords(event);
    case 'inspection.assigned':
    case 'inspection.accepted':
    case 'inspection.begun':
    case 'inspection.ended':
    case 'inspection.evidence-stored':
    case 'inspection.recorded':
    case 'inspection.published':
      return inspectionWords(event);
    case 'draw.staffing-requested':
    case 'draw.teams-chosen':
    case 'draw.dispatching':
    case 'inspection.joined':
    case 'inspection.recused':
    case 'inspection.replaced':
    case 'inspection.assigned-directly':
    case 'inspection.expert-invited':
    case 'recusal.declared':
      return staffingWords(event);
    case 'correction.received':
    case 'correction.granted':
    case 'correction.refused':
    case 'inspection.republished':
    case 'inspection.withdrawn':
      return correctionWords(event);
    case 'follow-up.raised':
    case 'follow-up.due-set':
    case 'follow-up.noted':
    case 'follow-up.document-entered':
    case 'follow-up.evidence-entered':
    case 'follow-up.offered':
    case 'follow-up.accepted':
    case 'follow-up.declined':
    case 'follow-up.closed':
    case 'handover.raised':
    case 'handover.sent':
    case 'handover.received':
    case 'handover.returned':
    case 'handover.closed':
    case 'inspection.closed':
    case 'inspection.archived':
    case 'inspection.packaged':
      return followUpWords(event);
    case 'submission.made':
    case 'submission.confirmed':
    case 'submission.rejected':
      return submissionWords(event);
    case 'inspector.warned':
    case 'inspector.leave-set':
    case 'inspector.trained':
      return directoryWords(event);
    case 'signal.recorded':
    case 'warning.raised':
    case 'warning.changed':
    case 'warning.cleared':
    case 'warning.acknowledged':
    case 'warning.dismissed':
    case 'warning.check-due':
    case 'scan.started':
    case 'scan.continued':
    case 'scan.weighing':
    case 'scan.finished':
      return riskWords(event);
    case 'rehearsal.started':
    case 'rehearsal.continued':
    case 'rehearsal.finished':
      return rehearsalWords(event);
    case 'deadline.reminded':
      return reminderWords(event);
    case 'deadline.requested':
    case 'deadline.granted':
    case 'deadline.request-refused':
    case 'deadline.resumed':
      return deadlineWords(event);
    case 'calendar.adopted':
    case 'deadline-rules.adopted':
    case 'calendar.recounting':
    case 'calendar.recounted':
    case 'deadline.moved':
      return calendarWords(event);
    case 'message.posted':
      return { zh: event.data.subject, en: `message to ${event.data.to}` };
    case 'delivery.delivered':
    case 'delivery.dead':
    case 'delivery.doubtful':
    case 'delivery.resent':
    case 'delivery.accepted':
    case 'channel.set':
    case 'preferences.set':
    case 'dead-letters.redriven':
    case 'dead-letters.discarded':
      return deliveryWords(event);
    case 'library.imported':
    case 'library.import-started':
    case 'library.import-continued':
    case 'library.import-finished':
    case 'library.import-refused':
    case 'policy.adopted':
    case 'source.registered':
    case 'source.rotated':
      return administrationWords(event);
  }
}

type Of<Prefix extends string> = Extract<MingchouEvent, { type: `${Prefix}.${string}` }>;

function triggerWords(event: Of<'trigger'>): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'trigger.received': {
      const { source, category, title } = event.data;
      return {
        zh: `${triggerCategoryLabels[category]}“${title}”（${id}，来源 ${source}）`,
        en: `${category} ${id} received from ${source}, signature verified`,
      };
    }
    case 'trigger.fired': {
      const { policy, policyVersion } = event.data;
      return {
        zh: `规则 ${policy} 第 ${policyVersion} 版`,
        en: `rule ${policy} version ${policyVersion} fires a draw`,
      };
    }
    case 'trigger.held':
      return {
        zh: `“${event.data.title}”：${event.data.reason}`,
        en: `${id} is held for a person to decide`,
      };
    case 'trigger.dismissed':
      return { zh: event.data.reason, en: `${id} is dismissed` };
    case 'trigger.merged':
      return {
        zh: `“${event.data.title}”并入 ${event.data.into}`,
        en: `${id} is dealt with together with ${event.data.into}`,
      };
    case 'trigger.extended':
      return {
        zh: `${id} 已并入 ${event.data.reports} 条`,
        en: `${event.data.reports} report(s) are merged into ${id} by now`,
      };
  }
}

function drawWords(event: Exclude<Of<'draw'>, StaffingEvent>): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'draw.proposed': {
      const { plan, items } = event.data;
      return {
        zh: `${plan}，事项 ${items.join('、')}（${id}）`,
        en: `draw ${id} under plan number ${plan}, check items ${items.join(', ')}`,
      };
    }
    case 'draw.approved':
      return event.data.how === 'automatic'
        ? { zh: '按规则自动批准', en: 'approved by the rule itself' }
        : { zh: '牵头科室批准', en: 'approved by the lead section' };
    case 'draw.committed': {
      const { poolSize, quota, commitmentHash } = event.data;
      return {
        zh: `名单 ${poolSize} 户，应抽 ${quota} 户，承诺值 ${commitmentHash}`,
        en: `pool of ${poolSize} frozen, quota ${quota}, commitment published before the randomness`,
      };
    }
    case 'draw.drawn': {
      const { seed, selected } = event.data;
      return { zh: `抽出 ${selected} 户，种子 ${seed}`, en: `${selected} selected by the seed` };
    }
    case 'draw.matched': {
      const { teams, proofHash } = event.data;
      return {
        zh: `${teams} 个检查组，证明 ${proofHash}`,
        en: `${teams} teams drawn, proof published`,
      };
    }
    case 'draw.gathering':
      return {
        zh: `第 ${event.data.step} 步，${event.data.objects} 户`,
        en: `step ${event.data.step} of gathering the pool found ${event.data.objects} objects`,
      };
    case 'draw.freeze-requested':
      return { zh: id, en: `${id} tries again to commit` };
    case 'draw.beacon-entered':
      return {
        zh: `已有 ${event.data.entries} 人录入${event.data.agreed ? '，两人一致' : ''}`,
        en: `${event.data.entries} people entered the beacon's value`,
      };
    case 'draw.beacon-arrived':
      return { zh: event.data.value, en: `the beacon's value is there: ${event.data.value}` };
    case 'draw.replaced':
      return { zh: `改由 ${event.data.by}`, en: `${id} is drawn again as ${event.data.by}` };
    case 'draw.closed':
      return {
        zh: `${event.data.inspections} 项检查均已公示`,
        en: `all ${event.data.inspections} inspections of ${id} are published`,
      };
    case 'draw.match-requested':
      return { zh: id, en: `inspectors are drawn again for ${id}` };
    case 'draw.beacon-unavailable':
    case 'draw.unstaffed':
    case 'draw.voided':
      return { zh: event.data.reason, en: `${event.type} ${id}` };
    case 'draw.dispatched': {
      const { inspections: dispatched } = event.data;
      return { zh: `${dispatched} 项检查任务`, en: `${dispatched} inspections dispatched` };
    }
  }
}

function inspectionWords(
  event: Exclude<Of<'inspection'>, StaffingEvent | CorrectionEvent | FollowUpEvent>,
): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'inspection.assigned': {
      const { subjectName, team, acceptBy } = event.data;
      const people = team.map(({ inspector }) => inspector);
      return {
        zh: `${subjectName}（${id}），检查组 ${people.join('、')}`,
        en: `inspection ${id} to ${people.join(' and ')}, to accept by ${acceptBy}`,
      };
    }
    case 'inspection.accepted': {
      const { inspector, complete } = event.data;
      return {
        zh: `${id}，${inspector}${complete ? '，检查组已全部接受' : ''}`,
        en: `${inspector} accepts ${id}${complete ? ', the team is complete' : ''}`,
      };
    }
    case 'inspection.begun':
      return { zh: id, en: `visit ${id} begins` };
    case 'inspection.ended': {
      const { publishBy, provisional } = event.data;
      return {
        zh: `${id}，法定公示期限 ${publishBy}${provisional ? '（暂定）' : ''}`,
        en: `visit ${id} ends, its result must be published by ${publishBy}, the 20th working day`,
      };
    }
    case 'inspection.evidence-stored':
      return {
        zh: `${id}，留存证据 ${event.data.evidence}`,
        en: `${event.data.mediaType} of ${event.data.size} bytes is kept as evidence of ${id}`,
      };
    case 'inspection.recorded': {
      const { results: codes } = event.data;
      const labels = codes.map((code) => `${code} ${results.get(code) ?? ''}`);
      return { zh: `${id}，结果 ${labels.join('、')}`, en: `result ${codes.join(', ')} of ${id} recorded` };
    }
    case 'inspection.published':
      return event.data.onTime
        ? { zh: `${id}，按期`, en: `result of ${id} published on time` }
        : { zh: `${id}，逾期`, en: `result of ${id} published late` };
  }
}

function reminderWords(event: Extract<MingchouEvent, { type: 'deadline.reminded' }>): Words {
  const { deadline, of, due, remaining } = event.data;
  const days = Math.abs(remaining);
  const when =
    remaining === 0 ? '今日截止' : remaining > 0 ? `还剩 ${days} 个工作日` : `已逾期 ${days} 个工作日`;
  const to = remaining < 0 ? `${days} working day(s) overdue` : `${days} working day(s) left`;
  return {
    zh: `${deadlineLabels[deadline]} ${of.id}，${when}（${due}）`,
    en: `${deadline} ${of.id}: ${to}, due ${due}`,
  };
}

function administrationWords(event: Of<'library' | 'policy' | 'source'>): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'library.imported': {
      const { library, rows, rejected } = event.data;
      return {
        zh: `${library} ${rows} 行，退回 ${rejected} 行`,
        en: `library ${library}: ${rows} rows, ${rejected} rejected`,
      };
    }
    case 'library.import-started':
      return { zh: event.data.library, en: `import into ${event.data.library} started` };
    case 'library.import-continued':
      return { zh: `${event.data.rows} 行`, en: `${event.data.rows} rows imported so far` };
    case 'library.import-finished':
      return {
        zh: `新增 ${event.data.added}，变更 ${event.data.changed}，退回 ${event.data.rejected}`,
        en: `${event.data.added} added, ${event.data.changed} changed, ${event.data.rejected} rejected`,
      };
    case 'library.import-refused':
      return { zh: event.data.reason, en: `file refused: ${event.data.reason}` };
    case 'policy.adopted':
      return {
        zh: `${id} 第 ${event.data.policyVersion} 版`,
        en: `rule ${id} version ${event.data.policyVersion} adopted`,
      };
    case 'source.registered':
      return { zh: `${event.data.name}（${id}）`, en: `sender ${id} registered with a secret of its own` };
    case 'source.rotated':
      return {
        zh: `${id} 更换密钥，旧密钥有效至 ${event.data.olderUntil}`,
        en: `sender ${id} has a new secret; the older one is accepted until ${event.data.olderUntil}`,
      };
  }
}
