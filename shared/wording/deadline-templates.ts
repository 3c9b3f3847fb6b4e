import type { EventOf } from '#contracts/events.ts';
import { changeGranted, changeRefused, changeRequested, resumed } from './deadline-wording.ts';
import { day, facts, UNIT, type Template } from './template.ts';

const ABOUT = '示例餐饮有限公司（I-5f0c9a）';
const deadline = facts({ kind: 'deadline', id: 'L-77aa01', version: 3 });
const which = {
  deadline: 'finish',
  of: { kind: 'inspection', id: 'I-5f0c9a' },
  units: [UNIT],
} as const;
const reason = '企业停业检修，设备无法开启';

const request: EventOf<'deadline.requested'> = {
  ...deadline,
  type: 'deadline.requested',
  data: { ...which, units: [UNIT], due: day('2026-09-29'), what: 'extend', workingDays: 5, reason },
};
const grant: EventOf<'deadline.granted'> = {
  ...deadline,
  type: 'deadline.granted',
  data: {
    ...which,
    units: [UNIT],
    what: 'extend',
    workingDays: 5,
    reason,
    requestedBy: 'HP1001',
    from: day('2026-09-29'),
    to: day('2026-10-13'),
  },
};
const refusal: EventOf<'deadline.request-refused'> = {
  ...deadline,
  type: 'deadline.request-refused',
  data: {
    ...which,
    units: [UNIT],
    due: day('2026-09-29'),
    what: 'extend',
    requestedBy: 'HP1001',
    reason: '可以先查其余项目',
  },
};

/** Of longer days and pauses. */
export const deadlineTemplates: readonly Template[] = [
  {
    name: 'deadline.requested',
    by: changeRequested,
    samples: [
      changeRequested(request, ABOUT),
      changeRequested({ ...request, data: { ...request.data, what: 'pause' } }, ABOUT),
    ],
  },
  {
    name: 'deadline.granted',
    by: changeGranted,
    samples: [
      changeGranted(grant, ABOUT),
      changeGranted({ ...grant, data: { ...grant.data, what: 'pause' } }, ABOUT),
    ],
  },
  {
    name: 'deadline.request-refused',
    by: changeRefused,
    samples: [
      changeRefused(refusal, ABOUT),
      changeRefused({ ...refusal, data: { ...refusal.data, what: 'pause' } }, ABOUT),
    ],
  },
  {
    name: 'deadline.resumed',
    by: resumed,
    samples: [
      resumed(
        {
          ...deadline,
          type: 'deadline.resumed',
          data: {
            ...which,
            units: [UNIT],
            from: day('2026-09-29'),
            to: day('2026-10-16'),
            reason: '设备已恢复',
          },
        },
        ABOUT,
      ),
    ],
  },
];
