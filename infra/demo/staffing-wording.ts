import type { MingchouEvent } from '#contracts/events.ts';
import { recusalKindLabels } from '#domain/inspector/recusal.ts';
import type { Words } from './wording.ts';

/** The events that tell who goes where, and how that came about. */
export type StaffingEvent = Extract<
  MingchouEvent,
  {
    type:
      | 'draw.staffing-requested'
      | 'draw.teams-chosen'
      | 'draw.dispatching'
      | 'inspection.joined'
      | 'inspection.recused'
      | 'inspection.replaced'
      | 'inspection.assigned-directly'
      | 'inspection.expert-invited'
      | 'recusal.declared';
  }
>;

export function staffingWords(event: StaffingEvent): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'draw.staffing-requested': {
      const units = event.data.units.map(({ unit, objects }) => `${unit} ${objects} 户`);
      return { zh: `${id}：${units.join('、')}`, en: `the units choose the teams of ${id}` };
    }
    case 'draw.teams-chosen': {
      const { unit, teams, reason } = event.data;
      return { zh: `${unit} ${teams} 个检查组，理由：${reason}`, en: `${unit} chose ${teams} teams` };
    }
    case 'draw.dispatching':
      return { zh: `${id}，已派发 ${event.data.done}`, en: `${event.data.done} of ${id} handed out so far` };
    case 'inspection.joined': {
      const { draw, items, subjectName } = event.data;
      return {
        zh: `${subjectName}（${id}）增加事项 ${items.join('、')}（${draw}）`,
        en: `draw ${draw} joins ${id} with ${items.join(', ')}`,
      };
    }
    case 'inspection.recused': {
      const { inspector, kind, seatOpen } = event.data;
      return {
        zh: `${id}，${inspector}（${recusalKindLabels[kind]}）${seatOpen ? '，席位空缺' : ''}`,
        en: `${inspector} recuses from ${id}${seatOpen ? ', and nobody is left in line' : ''}`,
      };
    }
    case 'inspection.replaced': {
      const { inspector, successor } = event.data;
      return {
        zh: `${id}，${inspector} 由 ${successor} 递补`,
        en: `${successor} takes the seat of ${inspector} on ${id}`,
      };
    }
    case 'inspection.assigned-directly': {
      const { unit, team, reason } = event.data;
      return {
        zh: `${id}，${unit} 选派 ${team.join('、')}，理由：${reason}`,
        en: `${unit} assigns ${team.join(' and ')} to ${id}`,
      };
    }
    case 'inspection.expert-invited': {
      const { name, organisation, role } = event.data;
      return {
        zh: `${id}，${organisation} ${name}（${role}）`,
        en: `${name} of ${organisation} comes along`,
      };
    }
    case 'recusal.declared': {
      const { inspector, kind } = event.data;
      return {
        zh: `${inspector} 对 ${id}（${recusalKindLabels[kind]}）`,
        en: `${inspector} declares to avoid ${id}`,
      };
    }
  }
}
