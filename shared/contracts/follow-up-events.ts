import * as z from 'zod';
import { DocumentKind, FollowUpKind, OutcomeKind } from '#domain/follow-up/follow-up.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { entry } from './entry.ts';

/** Of which inspection, and whom it is about, for those who are told of it. */
const of = { inspection: z.string(), kind: FollowUpKind, subjectId: z.string(), subjectName: z.string() };

/** What happens to follow-ups (后续处置, article 15). */
export const followUpEvents = {
  'follow-up.raised': entry('follow-up.raised', {
    zh: '提出后续处置',
    article: '15',
    audience: 'inside',
    data: z.strictObject({
      ...of,
      unit: z.string(),
      /** The unit's people who were on the visit. */
      team: z.array(z.string()),
      due: CalendarDate,
    }),
  }),
  'follow-up.due-set': entry('follow-up.due-set', {
    zh: '限定处置期限',
    article: '15',
    audience: 'outside',
    data: z.strictObject({ due: CalendarDate, reason: z.string() }),
  }),
  'follow-up.noted': entry('follow-up.noted', {
    zh: '记录处置进展',
    article: '15',
    audience: 'outside',
    data: z.strictObject({ text: z.string() }),
  }),
  'follow-up.document-entered': entry('follow-up.document-entered', {
    zh: '登记处置文书',
    article: '13',
    audience: 'outside',
    data: z.strictObject({ document: DocumentKind, number: z.string(), on: CalendarDate }),
  }),
  'follow-up.evidence-entered': entry('follow-up.evidence-entered', {
    zh: '登记整改证据',
    article: '13',
    audience: 'outside',
    data: z.strictObject({ reference: z.string() }),
  }),
  'follow-up.offered': entry('follow-up.offered', {
    zh: '移交后续处置',
    article: '15',
    audience: 'inside',
    data: z.strictObject({ ...of, from: z.string(), to: z.string(), reason: z.string() }),
  }),
  'follow-up.accepted': entry('follow-up.accepted', {
    zh: '接收后续处置',
    article: '15',
    audience: 'inside',
    data: z.strictObject({ ...of, from: z.string(), to: z.string() }),
  }),
  'follow-up.declined': entry('follow-up.declined', {
    zh: '不予接收后续处置',
    article: '15',
    audience: 'inside',
    data: z.strictObject({ ...of, from: z.string(), to: z.string(), reason: z.string() }),
  }),
  'follow-up.closed': entry('follow-up.closed', {
    zh: '办结后续处置',
    article: '15',
    audience: 'inside',
    data: z.strictObject({ ...of, outcome: OutcomeKind }),
  }),
};
