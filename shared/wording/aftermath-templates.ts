import type { EventOf } from '#contracts/events.ts';
import { ownShare } from './dispatch-wording.ts';
import {
  followUpAccepted,
  followUpDeclined,
  followUpOffered,
  followUpRaised,
  handoverRaised,
  handoverReturned,
  handoverSent,
} from './follow-up-wording.ts';
import { day, facts, HASH, shop, UNIT, type Template } from './template.ts';

const OTHER = '节能监察中心';
const followUp = facts({ kind: 'follow-up', id: 'U-31f2b7', version: 2 });
const handover = facts({ kind: 'handover', id: 'H-90ce14', version: 1 });
const ofCase = { inspection: 'I-5f0c9a', kind: 'rectification', ...shop } as const;
const ofClue = { inspection: 'I-5f0c9a', ...shop, from: UNIT };
const dispatched: EventOf<'draw.dispatched'> = {
  ...facts({ kind: 'draw', id: 'D-2b71e0', version: 9 }),
  type: 'draw.dispatched',
  data: { inspections: 21, title: '餐饮投诉触发抽查', units: [{ unit: UNIT, objects: 21 }] },
};
const clue: EventOf<'handover.raised'> = {
  ...handover,
  type: 'handover.raised',
  data: {
    ...ofClue,
    receiver: { kind: 'unit', unit: OTHER },
    field: '计量法',
    clueHash: HASH,
    receiptBy: day('2026-09-04'),
  },
};
const sent: EventOf<'handover.sent'> = {
  ...handover,
  type: 'handover.sent',
  data: { ...ofClue, receiver: { kind: 'unit', unit: OTHER }, field: '计量法', receiptBy: day('2026-09-04') },
};

/** Of lists that go out, and of what follows from what was found. */
export const aftermathTemplates: readonly Template[] = [
  { name: 'draw.dispatched', by: ownShare, samples: [ownShare(dispatched, { unit: UNIT, objects: 21 })] },
  {
    name: 'follow-up.raised',
    by: followUpRaised,
    samples: [
      followUpRaised({
        ...followUp,
        type: 'follow-up.raised',
        data: { ...ofCase, unit: UNIT, team: ['HP1001'], due: day('2026-09-29') },
      }),
    ],
  },
  {
    name: 'follow-up.offered',
    by: followUpOffered,
    samples: [
      followUpOffered({
        ...followUp,
        type: 'follow-up.offered',
        data: { ...ofCase, from: UNIT, to: OTHER, reason: '属其管辖' },
      }),
    ],
  },
  {
    name: 'follow-up.accepted',
    by: followUpAccepted,
    samples: [
      followUpAccepted({
        ...followUp,
        type: 'follow-up.accepted',
        data: { ...ofCase, from: UNIT, to: OTHER },
      }),
    ],
  },
  {
    name: 'follow-up.declined',
    by: followUpDeclined,
    samples: [
      followUpDeclined({
        ...followUp,
        type: 'follow-up.declined',
        data: { ...ofCase, from: UNIT, to: OTHER, reason: '不属管辖' },
      }),
    ],
  },
  { name: 'handover.raised', by: handoverRaised, samples: [handoverRaised(clue)] },
  { name: 'handover.sent', by: handoverSent, samples: [handoverSent(sent)] },
  {
    name: 'handover.returned',
    by: handoverReturned,
    samples: [
      handoverReturned({
        ...handover,
        type: 'handover.returned',
        data: { ...ofClue, raisedBy: 'HP1001', reason: '不属职责' },
      }),
    ],
  },
];
